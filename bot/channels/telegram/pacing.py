"""How fast we may speak: so many requests a second over all, so many to one chat, so many to a group.

Each limit is a meter that remembers one moment only: when the next request is due if all come evenly
(GCRA). Whoever is early waits, and who answers a person waits before none of those who tell many.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from heapq import heappop, heappush
from itertools import count

# Requests that leave evenly do not arrive evenly: a tenth is left for what the way does to them. With a
# twentieth, a machine that was busy for some 50 ms got them refused.
HEADROOM = 0.9
# Seconds. A request that would wait longer is put off instead: its letter is under lease meanwhile.
LONGEST_WAIT = 30.0

# Seconds by which a late timer may be made up for. At 1,000 a second asyncio's own timers are too coarse.
_MAKES_UP = 0.02
# So at high rates the line moves on in small steps, and each costs one timer.
_STEP = 0.005
# Source of the numbers: core.telegram.org/bots/faq, "My bot is hitting limits".
_CHAT = (1 / HEADROOM, 3)  # seconds between two, and how many at once
_GROUP = (60 / 17, 3)  # with three at once never more than 20 in a minute
# Whoever was not written to for a while is forgotten, once so many are remembered.
_MOST_REMEMBERED = 10_000


class TooLong(Exception):
    """No slot within LONGEST_WAIT; `seconds` until there is one."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class _Meter:
    """One request every `apart` seconds; those that come up to `early` seconds too soon pass as well."""

    __slots__ = ("_apart", "_due", "_early")

    def __init__(self, apart: float, early: float) -> None:
        self._apart, self._early, self._due = apart, early, float("-inf")

    def wait(self, now: float) -> float:
        """Seconds until the next may pass; not more than 0 where it may now."""
        return self._due - self._early - now

    def take(self, now: float) -> None:
        self._due = max(self._due, now) + self._apart

    def shut(self, until: float) -> None:
        self._due = max(self._due, until + self._early)

    def is_at_rest(self, now: float) -> bool:
        return self._due <= now


class Pacer:
    """One for each token. `rate` is in requests a second over all chats; time is in seconds."""

    def __init__(
        self,
        rate: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.rate, self._now, self._sleep = rate, now, sleep
        self._apart = 1 / (rate * HEADROOM)
        self._over_all = _Meter(self._apart, _MAKES_UP)
        self._chats: dict[str, _Meter] = {}
        self._remembers = _MOST_REMEMBERED
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._tickets = count()
        self._porter: asyncio.Task[None] | None = None
        self._refused_last = ""

    async def slot(self, chat: str, can_wait: bool = False) -> None:
        """Returns when a request about this chat may leave, those that can wait last. Raises TooLong.

        The chat's own turn comes first: who waits for that takes up nobody else's place.
        """
        await self._turn_in(chat)
        if self._waiting or self._over_all.wait(self._now()) > 0:
            await self._stand_in_line(can_wait)
        else:
            self._over_all.take(self._now())

    def refused(self, chat: str, seconds: float) -> None:
        """Telegram said 429 for this chat, which does not say what was too much.

        The chat alone rests. Where another was refused just before, with none let through between, it
        is the whole of it, and all rest.
        """
        until = self._now() + seconds
        self._meter(chat).shut(until)
        if self._refused_last not in ("", chat):
            self._over_all.shut(until)
        self._refused_last = chat

    def went_through(self) -> None:
        self._refused_last = ""

    async def _turn_in(self, chat: str) -> None:
        now, meter = self._now(), self._meter(chat)
        wait = meter.wait(now)
        in_line = len(self._waiting) * self._apart + self._over_all.wait(now)
        if (long := max(wait, in_line)) > LONGEST_WAIT:
            raise TooLong(long)
        meter.take(now)
        if wait > 0:
            await self._sleep(wait)

    async def _stand_in_line(self, can_wait: bool) -> None:
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (can_wait, next(self._tickets), called))
        if self._porter is None or self._porter.done():
            self._porter = asyncio.create_task(self._let_in())
        await called

    async def _let_in(self) -> None:
        """One after the other, until nobody waits. Whoever went away meanwhile takes up no slot."""
        while self._waiting:
            wait = self._over_all.wait(self._now())
            if wait > LONGEST_WAIT:
                self._send_away(wait)
            elif wait > 0:
                await self._sleep(max(wait, _STEP))
            else:
                self._call_the_next()

    def _call_the_next(self) -> None:
        _, _, called = heappop(self._waiting)
        if not called.done():
            self._over_all.take(self._now())
            called.set_result(None)

    def _send_away(self, seconds: float) -> None:
        """All rest for long: nobody's lease is to run out meanwhile."""
        for _, _, called in self._waiting:
            if not called.done():
                called.set_exception(TooLong(seconds))
        self._waiting.clear()

    def _meter(self, chat: str) -> _Meter:
        meter = self._chats.get(chat)
        if meter is None:
            self._forget_who_rests()
            # Telegram's groups and channels have ids below zero.
            apart, at_once = _GROUP if chat.startswith("-") else _CHAT
            meter = self._chats[chat] = _Meter(apart, apart * (at_once - 1))
        return meter

    def _forget_who_rests(self) -> None:
        if len(self._chats) >= self._remembers:
            now = self._now()
            self._chats = {chat: meter for chat, meter in self._chats.items() if not meter.is_at_rest(now)}
            self._remembers = max(_MOST_REMEMBERED, 2 * len(self._chats))
