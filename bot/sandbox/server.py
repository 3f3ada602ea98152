"""The sandbox as one web application on loopback: Telegram, the SMS centre, and whatever page is added."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.sandbox.bot_api.door import BotApi
from bot.sandbox.sms_centre import SmsAccount, SmsCentre, line_out
from bot.sandbox.world import World

HOST = "127.0.0.1"
GRACE = 1.0


class PortBusy(OSError):
    """Another program listens on this port already."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is in use")
        self.port = port


def sandbox_app(
    world: World, sms_account: SmsAccount | None = None, more_routes: Sequence[BaseRoute] = ()
) -> Starlette:
    """Telegram at /bot and /file, the SMS centre at /cgi-bin/sendsms, and `more_routes` beside them."""
    bot_api = BotApi(world.telegram)
    centre = SmsCentre(world, sms_account or SmsAccount())

    @asynccontextmanager
    async def open_for_business(app: Starlette) -> AsyncIterator[None]:
        world.changes.open()
        async with line_out() as call, world.errands.running(call):
            yield

    routes = [*bot_api.routes(), *centre.routes(), *more_routes]
    app = Starlette(routes=routes, lifespan=open_for_business)
    app.state.send_home = world.changes.close
    return app


@asynccontextmanager
async def serving(app: Starlette, port: int = 0) -> AsyncIterator[str]:
    """Serves on loopback in this event loop, on a free port for 0; yields http://127.0.0.1:PORT.

    Raises PortBusy. When it ends, long polls and streams that follow the world are answered at once.
    """
    with _listen(port) as listener:
        server = _Server(app)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await server.ready.wait()
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            getattr(app.state, "send_home", _nobody_waits)()
            server.leaving.set()
            await task


def _nobody_waits() -> None:
    """For an app that keeps nobody waiting."""


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortBusy(port) from None
        raise


class _Server(uvicorn.Server):
    """Uvicorn without its signal handlers and its ten ticks a second: it leaves the moment it is told to."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(uvicorn.Config(app, lifespan="on", log_config=None, access_log=False, ws="none"))
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
        await self.on_tick(0)
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
