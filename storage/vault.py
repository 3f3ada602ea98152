"""The keys, and what they do: seal a personal field, open it, and find a number without reading it.

AES-256-GCM with the key's id in front and the row and column as associated data, so that a value
copied into another person's row does not open. Blind indexes are keyed (HMAC-SHA256): an unkeyed
hash of a phone number falls to guessing in minutes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# What a field that does not open reads as, wherever it is only shown.
DAMAGED = "▒▒"
_NONCE = 12
KEY_BYTES = 32


class KeyFileWrong(Exception):
    """密钥文件缺失或损坏 / the key file is missing or damaged."""


class KeyFileShut(KeyFileWrong):
    """It is there and may not be read by whoever runs this."""


class SealBroken(Exception):
    """A sealed value does not open: wrong key, wrong row, or changed bytes."""


@dataclass(frozen=True, slots=True)
class Vault:
    """`keys` by id; new values are sealed with `current`. `index_key` never changes with rotation.

    `retired` are those kept for old backups alone. `newest` tells what the key file holds by now, for a
    value that another process has just sealed with a key that is not here yet.
    """

    keys: Mapping[int, bytes] = field(repr=False)
    current: int
    index_key: bytes = field(repr=False)
    retired: frozenset[int] = frozenset()
    newest: Callable[[], Vault] | None = field(default=None, repr=False, compare=False)

    def seal(self, text: str, row: str, column: str) -> bytes:
        nonce = os.urandom(_NONCE)
        sealed = _cipher(self.keys[self.current]).encrypt(nonce, text.encode(), _place(row, column))
        return bytes([self.current]) + nonce + sealed

    def open(self, sealed: bytes, row: str, column: str) -> str:
        try:
            key = _cipher(self._key(sealed[0]))
            return key.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], _place(row, column)).decode()
        except (InvalidTag, ValueError, KeyError, IndexError):
            raise SealBroken(f"{column} of row {row} does not open") from None

    def _key(self, number: int) -> bytes:
        if number not in self.keys and self.newest:
            return self.newest().keys[number]
        return self.keys[number]

    def blind(self, channel: str, value: str) -> bytes:
        """A fixed fingerprint of an address, by which it is found again but cannot be read."""
        return hmac.digest(self.index_key, f"{channel}:{value}".encode(), "sha256")

    def code_hash(self, code: str) -> bytes:
        """What is kept of a one-time code: nothing that opens a door."""
        return hmac.digest(self.index_key, f"code:{code}".encode(), hashlib.sha256)


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def new_vault() -> Vault:
    return Vault(keys={1: os.urandom(KEY_BYTES)}, current=1, index_key=os.urandom(KEY_BYTES))


def read_vault(path: Path) -> Vault:
    """The vault kept in `path`. Raises KeyFileWrong with what to do."""
    try:
        kept = json.loads(path.read_text())
        keys = {int(number): base64.b64decode(key) for number, key in kept["keys"].items()}
        index_key, retired = base64.b64decode(kept["index_key"]), frozenset(kept.get("retired", ()))
        vault = Vault(keys, int(kept["current"]), index_key, retired)
    except FileNotFoundError:
        raise KeyFileWrong(
            f"找不到密钥文件 {path}。新装请先运行 python -m bot migrate；已有数据请把备份的密钥放回原处。\n"
            f"The key file {path} is missing. On a new system run python -m bot migrate; otherwise put "
            "your backup of it in its place."
        ) from None
    except OSError as refused:
        raise KeyFileShut(
            f"密钥文件 {path} 读不出来（{refused.strerror}）。它要归运行联动的用户：chown liandong: {path}\n"
            f"The key file {path} cannot be read ({refused.strerror}). It must belong to the user that runs "
            f"Liandong: chown liandong: {path}"
        ) from None
    except (ValueError, KeyError, AttributeError, TypeError):
        raise KeyFileWrong(_damaged(path)) from None
    whole = all(len(key) == KEY_BYTES for key in (*keys.values(), vault.index_key))
    if (
        not whole
        or vault.current not in keys.keys() - retired
        or not all(0 <= number < 256 for number in keys)
    ):
        raise KeyFileWrong(_damaged(path))
    return vault


def _damaged(path: Path) -> str:
    return (
        f"密钥文件 {path} 已损坏，请换回备份。\n"
        f"The key file {path} is damaged: put your copy of it in its place."
    )


def write_vault(vault: Vault, path: Path) -> None:
    """Keep the vault in a new file that only its owner can read. Refuses to write over another."""
    kept: dict[str, object] = {
        "keys": {str(number): base64.b64encode(key).decode() for number, key in vault.keys.items()},
        "current": vault.current,
        "index_key": base64.b64encode(vault.index_key).decode(),
    }
    if vault.retired:
        kept["retired"] = sorted(vault.retired)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            json.dump(kept, file)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # Half a key would be taken for one that was damaged, and no new one made in its place.
        path.unlink()
        raise


def _place(row: str, column: str) -> bytes:
    return f"{column}|{row}".encode()
