"""The real program between the pretend world and a database in a folder: what the demo and the tests run."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.routing import BaseRoute

from bot.app import App, running
from bot.channels.gateways.kannel import INBOUND_QUERY
from bot.clock import Clock
from bot.sandbox.gateway_line import gateway_line
from bot.sandbox.kept_port import kept_port
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.sms_centre import SmsAccount
from bot.sandbox.world import World
from bot.serving import LOOPBACK
from bot.settings import Settings, read_settings
from storage import migrations
from storage.vault import new_vault, write_vault

_TICK = 1.0


@dataclass(frozen=True, slots=True)
class Rehearsal:
    app: App
    url: str
    world: World

    async def calm(self) -> bool:
        """Whether everybody has heard all that was said, and all answers have arrived."""
        await self.world.settled()
        return not self.world.telegram.updates.waiting and await self.app.idle()

    async def until_calm(self, patience: float) -> None:
        """Returns when it has been calm twice running; TimeoutError after `patience` seconds."""
        async with asyncio.timeout(patience):
            calm = 0
            while calm < 2:
                calm = calm + 1 if await self.calm() else 0
                await asyncio.sleep(0.002)


@asynccontextmanager
async def rehearsing(
    world: World,
    folder: Path,
    clock: Clock,
    port: int = 0,
    more_routes: Sequence[BaseRoute] = (),
    *,
    sms_connected: bool = True,
    paced: bool = False,
    breakable: bool = False,
) -> AsyncIterator[Rehearsal]:
    """The world at `port`, and the program connected to it as it would be to the real one.

    Without `sms_connected` there is no gateway, as where a place begins with the chat alone. Only where it
    is `paced` does it keep to Telegram's limits: people in a pretend world speak faster than real ones.
    Where it is `breakable` the SMS centre has a line of its own, which `world.gateway` may cut.
    """
    path_secret = secrets.token_urlsafe(24)
    async with AsyncExitStack() as open_until_done:
        door = f"http://{LOOPBACK}:{open_until_done.enter_context(kept_port())}"
        account = SmsAccount(inbound_url=f"{door}/sms/{path_secret}/inbound?{INBOUND_QUERY}")
        outside = serving(sandbox_app(world, account, more_routes), port)
        url = await open_until_done.enter_async_context(outside)
        centre = await open_until_done.enter_async_context(gateway_line(world, url)) if breakable else url
        gateway = "kannel" if sms_connected else "none"
        settings = _settings(world, account, folder, url, centre, door, path_secret, gateway, paced)
        await prepare(settings)
        app = await open_until_done.enter_async_context(running(settings, clock, _TICK))
        yield Rehearsal(app, url, world)


async def prepare(settings: Settings) -> None:
    """A key and an up-to-date database where the settings want them."""
    if not settings.key_file.exists():
        write_vault(new_vault(), settings.key_file)
    await migrations.bring_up_to_date(settings.database_url)


def _settings(
    world: World,
    account: SmsAccount,
    folder: Path,
    url: str,
    centre: str,
    door: str,
    path_secret: str,
    gateway: str,
    paced: bool,
) -> Settings:
    return read_settings(
        {
            "LIANDONG_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'liandong.db'}",
            "LIANDONG_KEY_FILE": str(folder / "liandong.key"),
            "LIANDONG_TELEGRAM_TOKEN": world.telegram.account.token,
            "LIANDONG_TELEGRAM_API": url,
            "LIANDONG_TELEGRAM_RATE": "30" if paced else "0",
            "LIANDONG_SMS_GATEWAY": gateway,
            "LIANDONG_KANNEL_URL": centre,
            "LIANDONG_KANNEL_USERNAME": account.username,
            "LIANDONG_KANNEL_PASSWORD": account.password,
            "LIANDONG_KANNEL_FROM": world.service_number,
            "LIANDONG_SMS_PATH_SECRET": path_secret,
            "LIANDONG_PUBLIC_URL": door,
            "LIANDONG_HTTP_PORT": door.rpartition(":")[2],
        },
        folder,
    )
