"""The HTTP door alone, in a process of its own: `python -m tests.bench.sms_door PORT [FOLDER]`.

With a folder each text is in the inbox before its 200; without one the same server keeps nothing.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.gateways.contract import as_params
from bot.channels.gateways.kannel import Kannel
from bot.channels.sms import Sms
from bot.clock import WallClock
from bot.delivery import Delivery
from bot.intake import Intake
from bot.serving import serving
from bot.web import Door
from handlers.turn import House
from storage import migrations
from storage.database import Database
from storage.vault import new_vault

PATH = "/sms/an-unguessable-path-for-the-bench"


async def serve(port: int, folder: Path | None) -> None:
    app = await _keeps(folder) if folder else _forgets()
    async with serving(app, port):
        await asyncio.Event().wait()


async def _keeps(folder: Path) -> Starlette:
    url = f"sqlite+aiosqlite:///{folder / 'inbox.db'}"
    await migrations.bring_up_to_date(url)
    database, clock = Database(url, new_vault()), WallClock()
    gateway = Kannel("http://127.0.0.1:9", "nobody", "nothing")
    channels = {"sms": Sms(gateway, "【联动】")}
    intake = Intake(database, channels, House(lambda: "", "Asia/Shanghai"), clock)
    return Door(intake, Delivery(database, channels, clock), lambda: None, gateway, PATH).app()


def _forgets() -> Starlette:
    async def inbound(request: Request) -> Response:
        as_params(request.scope["query_string"].decode("ascii", "replace"))
        return Response(status_code=200)

    return Starlette(routes=[Route(f"{PATH}/inbound", inbound)])


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None))
