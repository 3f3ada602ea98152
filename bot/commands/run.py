"""`run`: the program at work, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal

import click
import structlog

from bot.app import running
from bot.clock import WallClock
from bot.commands.opening import carry_out, settings_of_this_place
from bot.settings import Settings

log = structlog.get_logger()


@click.command(help="运行 / run the program")
def run() -> None:
    settings = settings_of_this_place()
    if not settings.telegram_token.get_secret_value() and settings.sms_gateway == "none":
        raise click.ClickException(
            "一条路也没接通：请设置 LIANDONG_TELEGRAM_TOKEN（聊天）或 LIANDONG_SMS_GATEWAY（短信）。\n"
            "No door is open: set LIANDONG_TELEGRAM_TOKEN (chat) or LIANDONG_SMS_GATEWAY (SMS)."
        )
    carry_out(_until_told(settings))


async def _until_told(settings: Settings) -> None:
    told = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    async with running(settings, WallClock()):
        log.info("running", http_port=settings.http_port, mode=settings.telegram_mode)
        await told.wait()
    log.info("stopped")
