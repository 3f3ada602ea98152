"""Telegram's limits: how much a bot may say before it hears 429. A `gate` of TelegramSide.

Source of the numbers: core.telegram.org/bots/faq, "My bot is hitting limits"; that edits count as
messages and answers to presses do not: Telegram's own word in tdlib/td issue 3034 and
tdlib/telegram-bot-api issue 648. How short a "short burst" to one chat is, is not told: here five.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from math import ceil
from typing import Any

from bot.sandbox.bot_api.refusals import too_many

A_SECOND, FOR_A_FEE, A_GROUPS_MINUTE, A_BURST = 30, 1000, 20, 5


class Flood:
    """`refused` are the chats that were refused, one entry for each 429."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._free, self._paid = _Window(A_SECOND, 1), _Window(FOR_A_FEE, 1)
        self._groups: defaultdict[str, _Window] = defaultdict(lambda: _Window(A_GROUPS_MINUTE, 60))
        self._chats: defaultdict[str, _Bucket] = defaultdict(_Bucket)
        self.let_through = 0
        self.refused: list[str] = []

    def __call__(self, method: str, said: Mapping[str, Any]) -> None:
        """Raises Refused. What is refused does not count."""
        if not _is_counted(method):
            return
        chat, now = str(said.get("chat_id", "")), self._now()
        paid = str(said.get("allow_paid_broadcast", "")).lower() == "true"
        limits: list[_Window | _Bucket] = [self._paid if paid else self._free, self._chats[chat]]
        if chat.startswith("-"):
            limits.append(self._groups[chat])
        wait = max(limit.wait(now) for limit in limits)
        if wait > 0:
            self.refused.append(chat)
            raise too_many(ceil(wait))
        for limit in limits:
            limit.take(now)
        self.let_through += 1


def _is_counted(method: str) -> bool:
    """Whatever puts words in a chat; that somebody is typing does not."""
    return method.startswith(("send", "edit", "forward", "copy")) and method != "sendchataction"


class _Window:
    """No more than `most` within any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._times: deque[float] = deque(maxlen=most)

    def wait(self, now: float) -> float:
        full = len(self._times) == self._times.maxlen
        return self._times[0] + self._seconds - now if full else 0

    def take(self, now: float) -> None:
        self._times.append(now)


class _Bucket:
    """One a second on the whole, and a short burst over that."""

    def __init__(self) -> None:
        self._level, self._at = 0.0, float("-inf")

    def wait(self, now: float) -> float:
        return self._level_at(now) + 1 - A_BURST

    def take(self, now: float) -> None:
        self._level, self._at = self._level_at(now) + 1, now

    def _level_at(self, now: float) -> float:
        return max(0.0, self._level - (now - self._at))
