"""A GSM modem with a SIM card at the end of a serial line: AT commands of 3GPP 27.005, messages of 23.040."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import tty
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_TIME = "62113211000023"
# Seconds until a test is given up; a machine with too much to do may take that long.
_PATIENCE = 90
_SUBMIT_UDH, _ARRIVED, _FAILED = 0x40, "00", "46"


@dataclass(frozen=True)
class Sent:
    number: str
    words: str
    reference: int
    place: int
    of: int


@dataclass
class Modem:
    """`device` is its line. `sim` holds what came while nobody listened. `lost`: numbers switched off."""

    device: str
    _line: int
    sim: dict[int, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    sent: list[Sent] = field(default_factory=list)
    _read: bytes = b""
    _count: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def texts(self, many: int) -> list[str]:
        """What it put on the air, once so many texts are whole.

        Where we were slow to answer, Kannel hands a part over again; it is the same text.
        """
        async with asyncio.timeout(_PATIENCE):
            while len(whole := self._whole()) < many:
                self._changed.clear()
                await self._changed.wait()
        return whole

    def _whole(self) -> list[str]:
        texts: dict[tuple[str, int, str], dict[int, str]] = {}
        for part in self.sent:
            known_by = (part.number, part.reference, "" if part.of > 1 else part.words)
            texts.setdefault(known_by, dict.fromkeys(range(1, part.of + 1), ""))[part.place] = part.words
        return ["".join(parts.values()) for parts in texts.values() if all(parts.values())]

    def text_from(self, number: str, words: str) -> None:
        pdu = _deliver(number, words)
        self._say(f"+CMT: ,{len(pdu) // 2 - 1}\r\n{pdu}")

    def kept_on_sim(self, number: str, words: str) -> None:
        self.sim[len(self.sim) + 1] = _deliver(number, words)

    def hear(self) -> None:
        self._read += os.read(self._line, 4096)
        while found := re.match(rb"[^\r\x1a]*[\r\x1a]", self._read):
            self._read = self._read[found.end() :]
            said = found[0].decode().strip()
            if said.endswith("\x1a") or found[0].endswith(b"\x1a"):
                self._submitted(said.removesuffix("\x1a"))
            elif said:
                self._obey(said)

    def _obey(self, command: str) -> None:
        if command.startswith("AT+CMGS="):
            os.write(self._line, b"\r\n> ")
        elif command == "AT+CPIN?":
            self._say("+CPIN: READY\r\n\r\nOK")
        elif command.startswith("AT+CPMS"):
            used = f'"SM",{len(self.sim)},20'
            self._say(f"+CPMS: {used},{used},{used}\r\n\r\nOK")
        elif command.startswith("AT+CMGR="):
            pdu = self.sim.get(int(command.partition("=")[2]))
            self._say(f"+CMGR: 0,,{len(pdu) // 2 - 1}\r\n{pdu}\r\n\r\nOK" if pdu else "OK")
        elif command.startswith("AT+CMGD="):
            self.sim.pop(int(command.partition("=")[2]), None)
            self._say("OK")
        else:
            self._say("OK")

    def _submitted(self, pdu: str) -> None:
        self._count += 1
        part, wants_report = _submit(pdu)
        self.sent.append(part)
        self._changed.set()
        self._say(f"+CMGS: {self._count}\r\n\r\nOK")
        if wants_report:
            ended = _FAILED if part.number in self.lost else _ARRIVED
            report = f"0006{self._count:02X}{_address(part.number)}{_TIME}{_TIME}{ended}"
            self._say(f"+CDS: {len(report) // 2 - 1}\r\n{report}")

    def _say(self, words: str) -> None:
        os.write(self._line, f"\r\n{words}\r\n".encode())


@asynccontextmanager
async def modem() -> AsyncIterator[Modem]:
    line, far_end = pty.openpty()
    tty.setraw(far_end)
    one = Modem(os.ttyname(far_end), line)
    loop = asyncio.get_running_loop()
    loop.add_reader(line, one.hear)
    try:
        yield one
    finally:
        loop.remove_reader(line)
        os.close(line)
        os.close(far_end)


def _submit(pdu: str) -> tuple[Sent, bool]:
    """23.040, 9.2.2.2. The centre's own address before it is empty: the SIM knows it."""
    octets = bytes.fromhex(pdu)
    first, digits = octets[1], octets[3]
    number = _swapped(octets[5 : 5 + (digits + 1) // 2].hex())[:digits]
    said = octets[5 + (digits + 1) // 2 + 4 :]
    reference, of, place = 0, 1, 1
    if first & _SUBMIT_UDH:
        reference, of, place, said = said[3], said[4], said[5], said[said[0] + 1 :]
    return Sent(f"+{number}", said.decode("utf-16-be"), reference, place, of), bool(first & 0x20)


def _deliver(number: str, words: str) -> str:
    """9.2.2.1, in one part."""
    said = words.encode("utf-16-be")
    return f"0004{_address(number)}0008{_TIME}{len(said):02X}{said.hex().upper()}"


def _address(number: str) -> str:
    digits = number.removeprefix("+")
    return f"{len(digits):02X}91{_swapped(digits + 'F' * (len(digits) % 2))}"


def _swapped(digits: str) -> str:
    """Each octet holds two digits, the second one first."""
    return "".join(digits[n + 1] + digits[n] for n in range(0, len(digits), 2))
