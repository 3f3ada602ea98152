"""A bot of the library's that keeps to Telegram's pace, request by request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import ceil
from typing import Any

from telegram import Bot
from telegram.error import RetryAfter

from bot.channels.telegram.failures import wait_asked_for
from bot.channels.telegram.pacing import Pacer, TooLong

# More than this a second Telegram takes only for a fee (Bot API, `allow_paid_broadcast`).
FREE_RATE = 30

_can_wait: ContextVar[bool] = ContextVar("can_wait", default=False)


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
        return await self._in_turn(self._pacer, chat, endpoint, data, options)

    async def _in_turn(
        self, pacer: Pacer, chat: str, endpoint: str, data: dict[str, Any], options: dict[str, Any]
    ) -> Any:
        try:
            await pacer.slot(chat, _can_wait.get())
        except TooLong as wait:
            # What Telegram would say, without asking it: whoever would forgive it that, forgives us.
            raise RetryAfter(ceil(wait.seconds)) from None
        try:
            answer = await super()._do_post(endpoint, data, **options)
        except RetryAfter as refusal:
            pacer.refused(chat, wait_asked_for(refusal).total_seconds())
            raise
        pacer.went_through()
        return answer


@contextmanager
def behind_others(can_wait: bool) -> Iterator[None]:
    """Whether the requests made inside let those that cannot wait go first."""
    before = _can_wait.set(can_wait)
    try:
        yield
    finally:
        _can_wait.reset(before)


def _is_counted(endpoint: str) -> bool:
    """Sending and editing share their limits; answers to presses have none.

    Source: Telegram's own word in tdlib/td issue 3034 and tdlib/telegram-bot-api issue 648.
    """
    return endpoint.startswith(("send", "edit", "copy", "forward")) and endpoint != "sendChatAction"
