"""Serving an application over HTTP in our own event loop: uvicorn's home."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

LOOPBACK = "127.0.0.1"
GRACE = 1.0
_TICK = 1.0
# A gateway brings a long text in its address, each Chinese sign in nine: 10,000 of them must still come in.
LONGEST_LINE = 256 * 1024
# Seconds in which the head of a request has to be there. Without an end to it a thousand connections that
# say nothing keep every company and every chat outside. A body has its own time, in bot/bodies.py.
PATIENCE = 10.0


class HostNotOurs(OSError):
    """No network card of this machine has this address."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is no address of this machine")
        self.host = host


class PortBusy(OSError):
    """Another program listens on this port already."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is in use")
        self.port = port


@asynccontextmanager
async def serving(app: Starlette, port: int = 0, host: str = LOOPBACK) -> AsyncIterator[str]:
    """Serves in this event loop, on a free port for 0; yields http://HOST:PORT.

    Raises PortBusy, HostNotOurs. When it ends, `app.state.send_home` is called, where there is one: long
    polls and streams are to be answered at once.
    """
    with _listen(host, port) as listener:
        server = _Server(app)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await server.ready.wait()
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            getattr(app.state, "send_home", _nobody_waits)()
            server.leaving.set()
            await task


def _nobody_waits() -> None:
    """For an app that keeps nobody waiting."""


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortBusy(port) from None
        if error.errno == errno.EADDRNOTAVAIL:
            raise HostNotOurs(host) from None
        raise


class _Server(uvicorn.Server):
    """Uvicorn without its signal handlers and its ten ticks a second: it leaves the moment it is told to."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=_HangsUp,
                lifespan="on",
                log_config=None,
                access_log=False,
                ws="none",
                # Uvicorn would believe all of loopback about who calls. bot/callers.py says whom to believe.
                proxy_headers=False,
                h11_max_incomplete_event_size=LONGEST_LINE,
            )
        )
        self.ready, self.leaving = asyncio.Event(), asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.ready.set()

    async def main_loop(self) -> None:
        """One tick a second: it sets the time that each answer carries; others check their clocks by it."""
        while not self.leaving.is_set():
            await self.on_tick(0)
            with suppress(TimeoutError):
                async with asyncio.timeout(_TICK):
                    await self.leaving.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await self._last_answers()
        await self.lifespan.shutdown()

    async def _last_answers(self) -> None:
        try:
            async with asyncio.timeout(GRACE):
                # Uvicorn rings no bell when the last one is gone.
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110
                    await asyncio.sleep(0.002)
        except TimeoutError:
            for task in (stuck := list(self.server_state.tasks)):
                task.cancel()
            await asyncio.gather(*stuck, return_exceptions=True)


class _HangsUp(H11Protocol):
    """Hangs up on whoever lets their question drip, or asks nothing. Whoever is being answered stays."""

    _look: asyncio.TimerHandle | None = None
    _seen: object = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._look:
            self._look.cancel()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        self._look = self.loop.call_later(PATIENCE, self._look_now)

    def _look_now(self) -> None:
        is_idle = self.cycle is None or self.cycle.response_complete
        if is_idle and self.cycle is self._seen:
            self.transport.close()
            return
        self._seen = self.cycle if is_idle else None
        self._look_later()
