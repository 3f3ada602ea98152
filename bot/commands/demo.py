"""`demo`: the page with phones on it, for this machine's browser alone."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot.commands.opening import carry_out
from bot.logs import configure_logs

if TYPE_CHECKING:
    from bot.sandbox.demo.opening import OpenDemo

HOME = ZoneInfo("Asia/Shanghai")


@click.command(help="演示：浏览器里的几部手机 / phones in a browser, nothing to configure")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True)
@click.option("--reset", is_flag=True, help="从头开始 / start from the beginning")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("demo-town"), show_default=True)
@click.option("--at", type=click.DateTime(), help="从哪一刻演起 / when the demo's clock starts")
@click.option("--flood", is_flag=True, help="像 Telegram 一样限速 / refuse what comes too fast")
def demo(port: int, reset: bool, folder: Path, at: datetime | None, flood: bool) -> None:
    configure_logs("WARNING", ())
    # Here, so that `run` and the rest do not load the page, the district and their libraries.
    from bot.sandbox.demo import FolderUnusable, opened_demo  # noqa: PLC0415

    try:
        start = at.replace(tzinfo=HOME) if at else None
        carry_out(_until_told(opened_demo(folder, port, reset, start, flood)))
    except FolderUnusable as unusable:
        raise click.ClickException(str(unusable)) from None


async def _until_told(demo: AbstractAsyncContextManager[OpenDemo]) -> None:
    told = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    async with demo as (rehearsal, _):
        click.echo(f"联动演示已打开 / the demo is open: {rehearsal.url}   （Ctrl-C 结束 / to end）")
        await told.wait()
