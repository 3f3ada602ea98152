"""An operator's SMS centre at the other end of an SMPP 3.4 line: what Kannel hands over, and what it hears.

SMPP 3.4: 3.2 (headers), 4.4.1 (submit_sm), 4.6.1 (deliver_sm), Appendix B (the words of a receipt).
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import smsutil

_HEAD = struct.Struct(">IIII")
_BINDS, _SUBMIT, _DELIVER, _ENQUIRE = (0x1, 0x2, 0x9), 0x4, 0x5, 0x15
_ANSWER = 0x80000000
_UDH, _RECEIPT, _UCS2 = 0x40, 0x04, 8


@dataclass(frozen=True)
class Part:
    """One part as it would go over the air. `id` is the centre's own, `reference` is shared by all parts."""

    id: str
    number: str
    words: str
    wants_receipt: bool
    reference: int = 0
    place: int = 1
    of: int = 1


@dataclass
class Centre:
    """`refuses`: numbers that are not taken, and the status they get. `reports`: what is said of a part
    the moment it was taken, where it is not empty.
    """

    refuses: dict[str, int] = field(default_factory=dict)
    reports: str = ""
    parts: list[Part] = field(default_factory=list)
    _writer: asyncio.StreamWriter | None = None
    _count: int = 0
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def texts_to(self, number: str) -> list[str]:
        """Whole messages, in the order their first parts came; one that lacks a part is not there."""
        messages: dict[int | str, list[Part]] = {}
        for part in self.parts:
            if part.number == number:
                messages.setdefault(part.reference or part.id, []).append(part)
        whole = [sorted(parts, key=lambda part: part.place) for parts in messages.values()]
        return ["".join(part.words for part in parts) for parts in whole if len(parts) == parts[0].of]

    async def texts(self, number: str, count: int = 1) -> list[str]:
        """As above, once there are so many."""
        async with asyncio.timeout(15), self._changed:
            await self._changed.wait_for(lambda: len(self.texts_to(number)) >= count)
        return self.texts_to(number)

    async def connected(self) -> None:
        async with asyncio.timeout(15), self._changed:
            await self._changed.wait_for(lambda: self._writer is not None)

    async def report(self, part: Part, stat: str, err: str = "000") -> None:
        """A receipt for a part that was taken."""
        arrived = "001" if stat == "DELIVRD" else "000"
        said = f"id:{part.id} sub:001 dlvrd:{arrived} submit date:2611231000 done date:2611231001 "
        said += f"stat:{stat} err:{err} text:"
        await self._deliver(part.number, said.encode(), esm_class=_RECEIPT)

    async def text_from(self, number: str, words: str) -> None:
        """What somebody sends from their phone, in as many parts as it takes."""
        parts = [part.content.encode("utf-16-be") for part in smsutil.unicode_split(words).parts]
        if len(parts) == 1:
            await self._deliver(number, parts[0], coding=_UCS2)
            return
        reference = self._count % 256
        for place, octets in enumerate(parts, start=1):
            udh = bytes([5, 0, 3, reference, len(parts), place])
            await self._deliver(number, udh + octets, esm_class=_UDH, coding=_UCS2)

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.read(_HEAD.size):
            length, command, _, sequence = _HEAD.unpack(head)
            body = await reader.readexactly(length - _HEAD.size)
            async with self._changed:
                await self._take(writer, command, sequence, body)
                self._changed.notify_all()
        writer.close()

    async def _take(self, writer: asyncio.StreamWriter, command: int, sequence: int, body: bytes) -> None:
        if command in _BINDS:
            self._writer = writer
            _say(writer, command | _ANSWER, sequence, b"CENTRE\0")
        elif command == _SUBMIT:
            status, answer = self._submitted(body)
            _say(writer, _SUBMIT | _ANSWER, sequence, answer, status)
            if self.reports and not status and self.parts[-1].wants_receipt:
                await self.report(self.parts[-1], self.reports)
        elif command == _ENQUIRE:
            _say(writer, _ENQUIRE | _ANSWER, sequence, b"")

    def _submitted(self, body: bytes) -> tuple[int, bytes]:
        self._count += 1
        part = _part(f"{self._count:08}", body)
        if status := self.refuses.get(part.number):
            return status, b"\0"
        self.parts.append(part)
        return 0, part.id.encode() + b"\0"

    async def _deliver(self, number: str, said: bytes, esm_class: int = 0, coding: int = 0) -> None:
        assert self._writer is not None
        self._count += 1
        body = b"\0" + bytes([1, 1]) + number.removeprefix("+").encode() + b"\0"
        body += bytes([0, 1]) + b"10690\0" + bytes([esm_class, 0, 0]) + b"\0\0" + bytes([0, 0, coding, 0])
        _say(self._writer, _DELIVER, self._count, body + bytes([len(said)]) + said)
        await self._writer.drain()


@asynccontextmanager
async def sms_centre(port: int) -> AsyncIterator[Centre]:
    centre = Centre()
    server = await asyncio.start_server(centre.meet, "127.0.0.1", port)
    try:
        yield centre
    finally:
        server.close()


def _say(writer: asyncio.StreamWriter, command: int, sequence: int, body: bytes, status: int = 0) -> None:
    writer.write(_HEAD.pack(_HEAD.size + len(body), command, status, sequence) + body)


def _part(made: str, body: bytes) -> Part:
    _service, rest = body.split(b"\0", 1)
    _source, rest = rest[2:].split(b"\0", 1)
    number, rest = rest[2:].split(b"\0", 1)
    esm_class, rest = rest[0], rest[3:]
    _scheduled, _valid, rest = rest.split(b"\0", 2)
    wants, coding, said = rest[0], rest[2], rest[5 : 5 + rest[4]]
    reference, of, place = 0, 1, 1
    if esm_class & _UDH:
        udh, said = said[: said[0] + 1], said[said[0] + 1 :]
        reference, of, place = udh[3], udh[4], udh[5]
    words = said.decode("utf-16-be" if coding == _UCS2 else "latin-1")
    return Part(made, f"+{number.decode()}", words, bool(wants & 1), reference, place, of)
