"""Listens at Telegram: raw updates go to the inbox, and only then does the offset move.

The library's own polling confirms updates before they are worked off: a crash loses them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from bot.channels.contract import TryLater
from bot.channels.telegram import Telegram
from bot.intake import Intake
from storage.inbox import Raw

LONG_POLL = 25
_PAUSE = 3.0

log = structlog.get_logger()


async def listen(
    telegram: Telegram, intake: Intake, wake: Callable[[], None], by_polling: bool = True
) -> None:
    """Until cancelled. Whatever fails, nothing is confirmed that is not in the inbox.

    Telegram is often out of reach: the rest of the program does not wait for it.
    """
    await _reach(telegram)
    offset = 0
    while by_polling:
        try:
            updates = await telegram.updates(offset, LONG_POLL)
            if updates:
                await intake.keep([_raw(update) for update in updates])
                offset = max(int(update["update_id"]) for update in updates) + 1
                wake()
        except TryLater as failure:
            log.warning("not_listening", reason=failure.reason)
            await asyncio.sleep(failure.after.total_seconds() if failure.after else _PAUSE)
        except Exception as error:
            log.error("not_kept", exc_info=error)
            await asyncio.sleep(_PAUSE)


async def _reach(telegram: Telegram) -> None:
    while True:
        try:
            await telegram.start()
        except TryLater as failure:
            log.warning("telegram_not_reached", reason=failure.reason)
            await asyncio.sleep(_PAUSE)
        else:
            return


def _raw(update: dict[str, Any]) -> Raw:
    return Raw("telegram", str(update["update_id"]), update)
