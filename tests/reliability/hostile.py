"""An SMS gateway on a bad day, over real sockets: it speaks Kannel's words, when it speaks at all."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import httpx

from bot.channels.contract import Receipt
from bot.channels.gateways.contract import Sought
from bot.clock import Clock
from tests.bot.company import Company

Mood = Literal["held back", "stumbles", "resets", "garbage", "silence", "works"]
# A fifth of each: nothing is ever answered as it should be.
HOSTILE: tuple[Mood, ...] = ("held back", "stumbles", "resets", "garbage", "silence")

_GARBAGE = (
    b"\x00\xff\xfe\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n<html>Log in</html>",
    b"HTTP/1.1 202 Accepted\r\nContent-Length: 500\r\n\r\n0: Acc",
    b"HTTP/1.1 2",
)
# Seconds it asks for: shorter and longer than what the program would wait by itself.
_WAITS = (1, 7, 45, 900)
# Receipts under way at a time.
_LINES = 10
_RESET = struct.pack("ii", 1, 0)


@dataclass
class Said:
    """One letter as the gateway knows it: how often it was asked, and took it."""

    receipts_at: str = ""
    asked: int = 0
    taken: int = 0
    not_before: datetime | None = None
    reported: bool = False


@dataclass
class HostileGateway:
    """What it does with the n-th request for a letter hangs on `seed`, the letter's words and n alone."""

    clock: Clock
    seed: int
    moods: tuple[Mood, ...] = HOSTILE
    url: str = ""
    letters: dict[str, Said] = field(default_factory=dict)
    met: Counter[Mood] = field(default_factory=Counter)
    too_early: list[str] = field(default_factory=list)

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                if not await self._answer(head.decode("ascii").split(" ", 2)[1], reader, writer):
                    break
        writer.close()

    async def _answer(self, url: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection stays open."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        letter = self.letters.setdefault(f"{query['to']} {query['text']}", Said(query.get("dlr-url", "")))
        letter.asked += 1
        dice = random.Random(f"{self.seed} {query['to']} {query['text']} {letter.asked}")
        if letter.not_before and self.clock.now() < letter.not_before:
            self.too_early.append(query["to"])
        mood = dice.choice(self.moods)
        self.met[mood] += 1
        return await getattr(self, f"_{mood.replace(' ', '_')}")(letter, dice, reader, writer) is None

    async def _held_back(
        self, letter: Said, dice: random.Random, _: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        seconds = dice.choice(_WAITS)
        letter.not_before = self.clock.now() + timedelta(seconds=seconds)
        writer.write(_http("429 Too Many Requests", f"Retry-After: {seconds}"))

    async def _stumbles(
        self, _letter: Said, dice: random.Random, _: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(_http(dice.choice(("500 Oops", "502 Bad Gateway", "503 Down", "504 Late"))))

    async def _resets(
        self, letter: Said, dice: random.Random, _: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        letter.taken += dice.random() < 0.5
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        writer.transport.abort()
        return False

    async def _garbage(
        self, letter: Said, dice: random.Random, _: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        letter.taken += dice.random() < 0.5
        writer.write(dice.choice(_GARBAGE))
        return False

    async def _silence(
        self, letter: Said, _dice: random.Random, reader: asyncio.StreamReader, _: asyncio.StreamWriter
    ) -> bool:
        letter.taken += 1
        await reader.read()
        return False

    async def _works(
        self, letter: Said, _dice: random.Random, _: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        letter.taken += 1
        writer.write(_http("202 Accepted"))

    async def report(self) -> None:
        """The receipts of all that it took, every tenth twice, as gateways do."""
        urls = [one.receipts_at for one in self.letters.values() if one.taken and not one.reported]
        for one in self.letters.values():
            one.reported = bool(one.taken)
        limits = httpx.Limits(max_connections=_LINES)
        async with httpx.AsyncClient(limits=limits, timeout=httpx.Timeout(30, pool=None)) as line:

            async def call(url: str) -> None:
                answer = await line.get(url.replace("%d", "1").replace("%A", "stat:DELIVRD+err:000"))
                answer.raise_for_status()

            urls += urls[::10]
            for at in range(0, len(urls), _LINES):
                await asyncio.gather(*map(call, urls[at : at + _LINES]))


class Ledger(Company):
    """The gateway where it is asked what became of a letter."""

    def __init__(self, gateway: HostileGateway) -> None:
        super().__init__()
        self._gateway = gateway

    async def look_up(self, sought: Sought) -> Receipt | None:
        [letter] = [one for one in self._gateway.letters.values() if sought.reference in one.receipts_at]
        return Receipt("", "delivered" if letter.taken else "never_taken", "")


def _http(status: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", "Content-Length: 0", *headers, "", ""]).encode()


@asynccontextmanager
async def hostile_gateway(
    clock: Clock, seed: int, moods: tuple[Mood, ...] = HOSTILE
) -> AsyncIterator[HostileGateway]:
    gateway = HostileGateway(clock, seed, moods)
    server = await asyncio.start_server(gateway.meet, "127.0.0.1", 0)
    gateway.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield gateway
    finally:
        server.close()
        await server.wait_closed()
