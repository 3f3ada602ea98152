"""The sandbox as one web application on loopback: Telegram, the SMS centre, and whatever page is added."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.sandbox.bot_api.door import BotApi
from bot.sandbox.line_out import line_out
from bot.sandbox.sms_centre import SmsAccount, SmsCentre
from bot.sandbox.world import World
from bot.serving import PortBusy, serving

__all__ = ["PortBusy", "sandbox_app", "serving"]


def sandbox_app(
    world: World, sms_account: SmsAccount | None = None, more_routes: Sequence[BaseRoute] = ()
) -> Starlette:
    """Telegram at /bot and /file, the SMS centre at /cgi-bin/sendsms, and `more_routes` beside them."""
    bot_api = BotApi(world.telegram)
    centre = SmsCentre(world, sms_account or SmsAccount())

    @asynccontextmanager
    async def open_for_business(app: Starlette) -> AsyncIterator[None]:
        world.changes.open()
        async with line_out() as line, world.errands.running(line.call):
            bot_api.fetch = line.fetch
            yield

    routes = [*bot_api.routes(), *centre.routes(), *more_routes]
    app = Starlette(routes=routes, lifespan=open_for_business)
    app.state.send_home = world.changes.close
    return app
