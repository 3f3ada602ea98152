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
from bot.hearing import Hearing
from bot.intake import Intake
from storage.inbox import Raw

LONG_POLL = 25
_PAUSE = 3.0

_REACH = "look at LIANDONG_TELEGRAM_API, at the network and its proxy; SMS works meanwhile"
_HINTS = {
    "bot_token": "LIANDONG_TELEGRAM_TOKEN is not accepted: ask @BotFather for the right one",
    "webhook_refused": "LIANDONG_TELEGRAM_WEBHOOK_URL is not accepted: Telegram must reach it by https",
}

log = structlog.get_logger()


async def listen(
    telegram: Telegram, intake: Intake, wake: Callable[[], None], hearing: Hearing, by_polling: bool = True
) -> None:
    """Until cancelled. Whatever fails, nothing is confirmed that is not in the inbox.

    Telegram is often out of reach: the rest of the program does not wait for it.
    """
    await _reach(telegram, hearing)
    offset = 0
    while by_polling:
        try:
            updates = await telegram.updates(offset, LONG_POLL)
            hearing.regained()
            raws = [raw for update in updates if (raw := _raw(update))]
            if raws:
                await intake.keep(raws)
                offset = max(int(raw.external_id) for raw in raws) + 1
                wake()
            elif updates:
                await asyncio.sleep(_PAUSE)
        except TryLater as failure:
            asked = failure.after.total_seconds() if failure.after else _PAUSE
            await asyncio.sleep(hearing.lost(failure.reason, _REACH, asked))
        except Exception as error:
            log.error("not_kept", exc_info=error)
            await asyncio.sleep(_PAUSE)


async def _reach(telegram: Telegram, hearing: Hearing) -> None:
    while True:
        try:
            await telegram.start()
        except TryLater as failure:
            hint = _HINTS.get(failure.reason, _REACH)
            await asyncio.sleep(hearing.lost(failure.reason, hint, _PAUSE))
        except Exception as error:
            # Whatever it is, a program that stopped trying would be deaf and look well.
            log.error("telegram_not_reached", exc_info=error)
            await asyncio.sleep(_PAUSE)
        else:
            hearing.regained()
            return


def _raw(update: Any) -> Raw | None:
    """None for what carries no number of its own: it cannot be confirmed, and keeps nobody waiting."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if type(number) is not int:
        log.warning("update_without_id")
        return None
    return Raw("telegram", str(number), update)
