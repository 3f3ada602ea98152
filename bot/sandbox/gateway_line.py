"""The line to the SMS centre: it can be cut while the page, at the same centre's address, stays open."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from bot.sandbox.kept_port import kept_port
from bot.sandbox.world import World
from bot.serving import LOOPBACK

# Seconds after which a silent centre hangs up. A real one leaves a caller to wait for half a minute, and
# so long the demo's clock would not turn.
SILENCE = 4.0
_PIECE = 64 * 1024


@asynccontextmanager
async def gateway_line(world: World, centre: str) -> AsyncIterator[str]:
    """Its address, as a program is given it: whoever calls there while the line is cut is refused."""
    with kept_port() as port:
        line = _Line(world, urlsplit(centre).port or 80, port)
        following = asyncio.create_task(line.follow())
        await line.up.wait()
        try:
            yield f"http://{LOOPBACK}:{port}"
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following
            await line.cut()


class _Line:
    def __init__(self, world: World, centre: int, port: int) -> None:
        self._world, self._centre, self._port = world, centre, port
        self._listener: asyncio.Server | None = None
        self._ends: set[StreamWriter] = set()
        self._calls: set[asyncio.Task[None]] = set()
        self.up = asyncio.Event()

    async def follow(self) -> None:
        """Up and cut, as the mood says."""
        await self._set()
        async for _ in self._world.subscribe():
            await self._set()

    async def cut(self) -> None:
        """Nobody comes in any more, and whoever was talking is cut short."""
        if self._listener:
            self._listener.close()
            self._listener = None
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*self._calls, return_exceptions=True)

    async def _set(self) -> None:
        if self._world.gateway.now == "down":
            await self.cut()
        elif self._listener is None:
            self._listener = await asyncio.start_server(self._answer, LOOPBACK, self._port)
        self.up.set()

    async def _answer(self, reader: StreamReader, writer: StreamWriter) -> None:
        call = asyncio.current_task()
        assert call
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)
        self._ends.add(writer)
        try:
            await self._put_through(reader, writer)
        except OSError:
            pass  # as on any line: somebody hung up
        finally:
            writer.close()
            self._ends.discard(writer)

    async def _put_through(self, reader: StreamReader, writer: StreamWriter) -> None:
        answers, asks = await asyncio.open_connection(LOOPBACK, self._centre)
        ways = [
            asyncio.create_task(self._carry(reader, asks, back=writer)),
            asyncio.create_task(self._carry(answers, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            asks.close()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _carry(self, said: StreamReader, to: StreamWriter, back: StreamWriter | None = None) -> None:
        """`back` is the caller's end: of a centre that falls silent they hear nothing, and the line goes."""
        while piece := await said.read(_PIECE):
            to.write(piece)
            await to.drain()
            if back and self._world.gateway.now == "silent":
                asyncio.get_running_loop().call_later(SILENCE, back.transport.abort)
