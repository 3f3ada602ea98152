"""The key file of a program that runs: looked at again when it changes, and changed in one piece."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import structlog

from storage.vault import KeyFileWrong, Vault, read_vault, write_vault

log = structlog.get_logger()

_Mark = tuple[int, int, int]


class KeyRing:
    """Hands out the vault as the file has it now. Raises KeyFileWrong when it is made, and not later."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = _mark(path)
        self._vault = replace(read_vault(path), newest=self.vault)

    def vault(self) -> Vault:
        """A stat each time. A file that cannot be read is no reason to forget the keys at hand."""
        mark = _mark(self._path)
        if mark not in (None, self._seen):
            self._seen = mark
            try:
                self._vault = replace(read_vault(self._path), newest=self.vault)
            except KeyFileWrong as wrong:
                log.error("key_file_unreadable", told=str(wrong))
        return self._vault


def replace_vault(vault: Vault, path: Path) -> None:
    """Put another vault in the file's place: whoever reads meanwhile has the old one or the new one.

    It stays its owner's, also when root changes it: a program that cannot read its key stands still.
    """
    fresh, kept = path.with_name(f".{path.name}.new"), path.stat()
    fresh.unlink(missing_ok=True)
    try:
        write_vault(vault, fresh)
        if (kept.st_uid, kept.st_gid) != (os.geteuid(), os.getegid()):
            os.chown(fresh, kept.st_uid, kept.st_gid)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    _keep_the_name(path.absolute().parent)


def _keep_the_name(folder: Path) -> None:
    """The new name is on the disk before anything is sealed that only the new file opens."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mark(path: Path) -> _Mark | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
