"""Which letters have left this process without a word of what became of them: on the disk's own page.

What is taken up is leased by hundreds, and most of it waits its turn. After a crash those that waited are
as good as untouched; without this page each of them would count as one that may have arrived, and a letter
that two crashes found waiting would be given up although nobody ever sent it.

The page is written without a sync: it outlives `kill -9`, and not a power cut. It names the boot it was
written in, and is believed in that one alone.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog

from bot.channels.wire import told_when_it_leaves

# The kernel makes a new one at each start of the machine; where there is none, no page is kept.
_BOOT = Path("/proc/sys/kernel/random/boot_id")
# Bytes. A campaign's letter is named by campaign, person and number.
_LINE = 64

log = structlog.get_logger()


class OnTheWire:
    """Beside SQLite's `file`, or in a berth of this process. Without one nothing is kept, and each letter
    that a crash caught counts as one that left.
    """

    def __init__(self, file: Path | None, boot: Path = _BOOT) -> None:
        self._path = file.with_name(f"{file.name}-wire") if file and boot.is_file() else None
        self._head = boot.read_bytes().strip().ljust(_LINE) if self._path else b""
        self._file: int | None = None
        self._end = _LINE
        # Places that are free again, by how many letters fit: always a power of two.
        self._free: dict[int, list[int]] = defaultdict(list)

    def of_the_dead(self) -> set[str] | None:
        """What was on the wire when the process before this one ended; None where nobody can say."""
        if self._path is None:
            return None
        with suppress(OSError):
            page = self._path.read_bytes()
            if page[:_LINE] == self._head:
                return set(page[_LINE:].decode("ascii", "replace").replace("\0", "\n").split())
        return None

    def begin(self) -> None:
        """A new page, once what stood on the old one is in the database."""
        if self._path is None:
            return
        with suppress(OSError):
            self.close()
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            os.pwrite(self._file, self._head, 0)
            return
        self._give_up()

    @contextmanager
    def request(self, ids: Sequence[str]) -> Iterator[Request]:
        """What is sent inside is about these letters."""
        request = Request(self, ids)
        with told_when_it_leaves(request.leaves):
            yield request

    def write(self, ids: Sequence[str]) -> tuple[int, int] | None:
        """Where they stand on the page, and how many fit there; None where none is kept."""
        if self._file is None:
            return None
        size = 1 << (len(ids) - 1).bit_length()
        place = self._free[size].pop() if self._free[size] else self._end
        self._end = max(self._end, place + size * _LINE)
        self._put(place, b"".join(one.encode().ljust(_LINE - 1) + b"\n" for one in ids), size)
        return place, size

    def wipe(self, place: int, size: int) -> None:
        if self._file is not None:
            self._put(place, b"", size)
            self._free[size].append(place)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
        self._file = None

    def _put(self, place: int, lines: bytes, size: int) -> None:
        assert self._file is not None
        try:
            os.pwrite(self._file, lines.ljust(size * _LINE, b"\n"), place)
        except OSError:
            self._give_up()

    def _give_up(self) -> None:
        """A page that is not whole must not be believed; none at all costs some copies, and no letter."""
        assert self._path
        log.warning("wire_not_noted", file=self._path.name)
        self.close()
        with suppress(OSError):
            self._path.unlink()


class Request:
    """Of one letter, or of as many as a company takes at once; it may be made in several steps."""

    def __init__(self, wire: OnTheWire, ids: Sequence[str]) -> None:
        self._wire, self._ids = wire, ids
        self._place: tuple[int, int] | None = None

    def leaves(self) -> None:
        if self._place is None:
            self._place = self._wire.write(self._ids)

    def is_settled(self) -> None:
        """What became of the letters is committed."""
        if self._place:
            self._wire.wipe(*self._place)
