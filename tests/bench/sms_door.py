"""The HTTP door alone, in a process of its own: `python -m tests.bench.sms_door PORT FOLDER [forgetful]`.

Each text is in the inbox before its 200; or the same server says so and keeps nothing. Both run as `bot run`
does: over uvloop, with a garbage collector that looks seldom.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import uvloop
from starlette.applications import Starlette

from bot.bringing import Bringing
from bot.channels.gateways.kannel import Kannel
from bot.channels.sms import Sms
from bot.clock import WallClock
from bot.commands.run import look_for_garbage_seldom
from bot.delivery import Delivery
from bot.intake import Intake
from bot.pushes import SmsDoor
from bot.serving import serving
from bot.web import Door
from handlers.turn import House
from storage import migrations
from storage.database import Database
from storage.inbox import Raw
from storage.vault import new_vault

PATH = "/sms/an-unguessable-path-for-the-bench"


async def serve(port: int, folder: Path, kind: type[Intake]) -> None:
    async with serving(await _door(folder, kind), port):
        look_for_garbage_seldom()
        await asyncio.Event().wait()


async def _door(folder: Path, kind: type[Intake]) -> Starlette:
    url = f"sqlite+aiosqlite:///{folder / 'inbox.db'}"
    await migrations.bring_up_to_date(url)
    database, clock = Database(url, new_vault()), WallClock()
    gateway = Kannel("http://127.0.0.1:9", "nobody", "nothing")
    channels = {"sms": Sms(gateway, "【联动】")}
    intake = kind(database, channels, House(lambda: "", "Asia/Shanghai"), clock)
    bringing = Bringing(intake, Delivery(database, channels, clock), lambda: None)
    return Door(intake, lambda: None, SmsDoor(gateway, bringing, PATH)).app()


class _Forgetful(Intake):
    async def keep(self, raws: Sequence[Raw]) -> None:
        """Says that it is safe, and keeps nothing."""


if __name__ == "__main__":
    kind = _Forgetful if "forgetful" in sys.argv else Intake
    uvloop.run(serve(int(sys.argv[1]), Path(sys.argv[2]), kind))
