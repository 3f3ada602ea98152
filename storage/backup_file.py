"""The file of a backup: lines of JSON in gzip. First what it is, then every row, last what there must be.

It is the same for both engines, so that a backup of one is restored into the other.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from storage.vault import KeyFileWrong, SealBroken, Vault

_FORM = 1
_SAID = "liandong"


class BackupDamaged(Exception):
    """It is no backup of ours, was cut off, or its bytes have changed."""


class BackupTooNew(Exception):
    """A newer program wrote it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was read through and is whole. `rows` are counted by table."""

    path: Path
    made_at: datetime
    revision: str
    rows: Mapping[str, int]
    seals: Mapping[int, bytes]
    index: bytes

    def check_key(self, vault: Vault) -> None:
        """Raises KeyFileWrong where a value in it would not open, or no number would be found again."""
        try:
            for seal in self.seals.values():
                vault.open(seal, self.made_at.isoformat(), "backup")
            fits = vault.blind("backup", self.made_at.isoformat()) == self.index
        except SealBroken:
            fits = False
        if not fits:
            raise KeyFileWrong(
                "密钥文件与这份备份不是一套，什么都没有改。请用做备份时的密钥文件（LIANDONG_KEY_FILE）。\n"
                "The key file does not belong to this backup, and nothing was changed: put the key file of "
                "that time in its place (LIANDONG_KEY_FILE)."
            )


class Writer:
    """Takes the lines of a backup; the digest goes over all of them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def head(self, made_at: datetime, revision: str, vault: Vault) -> None:
        when = made_at.isoformat()
        index = b64encode(vault.blind("backup", when)).decode()
        self.line({"form": _FORM, "what": _SAID, "made_at": when, "revision": revision, "index": index})

    def line(self, what: object) -> None:
        written = json.dumps(what, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._digest.update(written)
        self._file.write(written)

    def end(self, rows: Mapping[str, int], keys: set[int], made_at: datetime, vault: Vault) -> None:
        """`keys` are the ids of those that any value needs: each seals a word by which it is known again."""
        seals = {
            number: b64encode(_sealed_with(vault, number, made_at)).decode()
            for number in sorted(keys & vault.keys.keys())
        }
        self.line({"rows": dict(rows), "seals": seals})
        self._file.write(json.dumps({"sha256": self._digest.hexdigest()}).encode() + b"\n")


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file for its owner alone, which has its name only once it is whole. Raises FileExistsError."""
    if path.exists():
        raise FileExistsError(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1, filename="", mtime=0) as packed:
                yield packed  # type: ignore[misc]  # a GzipFile is written to as any file
            raw.flush()
            os.fsync(raw.fileno())
        _name_it(part, path)
    finally:
        part.unlink(missing_ok=True)


def _name_it(part: Path, path: Path) -> None:
    try:
        os.link(part, path)  # unlike a rename it never takes another's place
    except PermissionError:
        # A USB stick knows no links: its place is taken first, and then filled.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        part.replace(path)


def read_backup(path: Path) -> Backup:
    """Reads it all through once. Raises BackupDamaged, BackupTooNew."""
    digest, first, last, claimed = hashlib.sha256(), b"", b"", None
    for line in _lines(path):
        if claimed is not None:
            raise BackupDamaged
        if line.startswith(b'{"sha256":'):
            claimed = _object(line)["sha256"]
            continue
        digest.update(line)
        first, last = first or line, line
        if first is line:
            _check_form(_object(first))
    if claimed != digest.hexdigest():
        raise BackupDamaged
    return _backup(path, _object(first), _object(last))


def rows_in(backup: Backup) -> Iterator[tuple[str, list[str], list[Any]]]:
    """(table, columns, values) of each row, tables in an order in which they can be filled."""
    table, columns = "", list[str]()
    for line in _lines(backup.path):
        read = json.loads(line)
        if isinstance(read, list):
            yield table, columns, read
        elif "table" in read:
            table, columns = read["table"], read["columns"]


def _check_form(head: dict[str, Any]) -> None:
    if head.get("what") != _SAID:
        raise BackupDamaged
    if head.get("form") != _FORM:
        raise BackupTooNew


def _backup(path: Path, head: dict[str, Any], end: dict[str, Any]) -> Backup:
    return Backup(
        path=path,
        made_at=datetime.fromisoformat(head["made_at"]),
        revision=head["revision"],
        rows=end["rows"],
        seals={int(number): b64decode(seal) for number, seal in end["seals"].items()},
        index=b64decode(head["index"]),
    )


def _sealed_with(vault: Vault, number: int, made_at: datetime) -> bytes:
    alone = Vault(vault.keys, number, vault.index_key)
    return alone.seal(_SAID, made_at.isoformat(), "backup")


def _lines(path: Path) -> Iterator[bytes]:
    """Raises BackupDamaged where it is no gzip, or ends before its end."""
    try:
        with gzip.open(path) as file:
            yield from file
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise BackupDamaged from None


def _object(line: bytes) -> dict[str, Any]:
    try:
        read = json.loads(line)
    except ValueError:
        raise BackupDamaged from None
    if not isinstance(read, dict):
        raise BackupDamaged
    return read
