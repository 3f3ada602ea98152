"""A bot of the library's that keeps to Telegram's pace, request by request."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import ceil
from typing import Any

from telegram import Bot
from telegram.error import RetryAfter

from bot.channels.contract import NeverLeft
from bot.channels.telegram.failures import wait_asked_for
from bot.channels.telegram.pacing import Pacer, Slot, TooLong
from bot.channels.wire import told_when_it_leaves

# More than this a second Telegram takes only for a fee (Bot API, `allow_paid_broadcast`).
FREE_RATE = 30


@dataclass(slots=True)
class _Letter:
    """What is being said at the moment, in one request or several."""

    can_wait: bool = False
    has_begun: bool = False


_letter: ContextVar[_Letter | None] = ContextVar("letter", default=None)


class PacedBot(Bot):
    """Without a pacer it is as fast as it can be."""

    def __init__(self, token: str, *, pacer: Pacer | None = None, **options: Any) -> None:
        super().__init__(token, **options)
        self._pacer = pacer

    async def _do_post(self, endpoint: str, data: dict[str, Any], **options: Any) -> Any:
        chat = str(data.get("chat_id", ""))
        if self._pacer is None or not (chat and _is_counted(endpoint)):
            return await super()._do_post(endpoint, data, **options)
        if self._pacer.rate > FREE_RATE and endpoint.startswith("send"):
            data["allow_paid_broadcast"] = True
        slot = await _turn(self._pacer, chat)
        try:
            with told_when_it_leaves(slot.leaves):
                answer = await super()._do_post(endpoint, data, **options)
        except RetryAfter as refusal:
            self._pacer.refused(chat, wait_asked_for(refusal).total_seconds())
            raise
        self._pacer.went_through()
        return answer


@contextmanager
def one_letter(can_wait: bool) -> Iterator[None]:
    """The requests made inside belong together; those of a letter that can wait let others go first."""
    before = _letter.set(_Letter(can_wait))
    try:
        yield
    finally:
        _letter.reset(before)


async def _turn(pacer: Pacer, chat: str) -> Slot:
    letter = _letter.get() or _Letter()
    try:
        slot = await pacer.slot(chat, letter.can_wait)
    except TooLong as wait:
        # What Telegram would say, without asking it: whoever would forgive it that, forgives us.
        raise RetryAfter(ceil(wait.seconds)) from None
    except asyncio.CancelledError:
        if letter.has_begun:
            raise
        raise NeverLeft from None
    letter.has_begun = True
    return slot


def _is_counted(endpoint: str) -> bool:
    """Sending and editing share their limits; answers to presses have none.

    Source: Telegram's own word in tdlib/td issue 3034 and tdlib/telegram-bot-api issue 648.
    """
    return endpoint.startswith(("send", "edit", "copy", "forward")) and endpoint != "sendChatAction"
