"""`run`: the program at work, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import signal

import click
import structlog

from bot.app import running
from bot.clock import WallClock
from bot.commands.opening import carry_out, settings_of_this_place
from bot.settings import Settings

try:
    import uvloop
except ImportError:  # Windows has none
    _RUN = asyncio.run
else:
    # A fifth more messages a second than with asyncio's own loop.
    _RUN = uvloop.run

_TO_STOP = (signal.SIGINT, signal.SIGTERM)

log = structlog.get_logger()


@click.command(help="运行 / run the program")
def run() -> None:
    settings = settings_of_this_place()
    if not settings.telegram_token.get_secret_value() and settings.sms_gateway == "none":
        raise click.ClickException(
            "一条路也没接通：请设置 LIANDONG_TELEGRAM_TOKEN（聊天）或 LIANDONG_SMS_GATEWAY（短信）。\n"
            "No door is open: set LIANDONG_TELEGRAM_TOKEN (chat) or LIANDONG_SMS_GATEWAY (SMS)."
        )
    try:
        carry_out(_until_told(settings), _RUN)
    finally:
        # An impatient second one would else end us, on the last inch, as a crash does.
        for name in _TO_STOP:
            signal.signal(name, signal.SIG_IGN)


async def _until_told(settings: Settings) -> None:
    told, loop = asyncio.Event(), asyncio.get_running_loop()

    def tell(*_: object) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(told.set)

    for name in _TO_STOP:
        # Not by the loop: it takes its handlers away again before the process has ended.
        signal.signal(name, tell)
    async with running(settings, WallClock()):
        look_for_garbage_seldom()
        log.info("running", http_port=settings.http_port, mode=settings.telegram_mode)
        await told.wait()
    log.info("stopped")


def look_for_garbage_seldom() -> None:
    """What was built at the start stays: to look through it again and again costs a tenth of the speed."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
