"""How fast we may speak: so many requests a second over all, so many to one chat, so many to a group.

Each limit is a meter that remembers one moment only: when the next request is due if all come evenly
(GCRA). Whoever is early waits, and who answers a person waits before none of those who tell many. Over
all, the requests of the last second are counted besides, by the moment in which each left: so what a busy
moment held up may be made up for, and no second ever has more than its share.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from heapq import heappop, heappush
from itertools import count

# Seconds. What leaves a second apart may arrive a little closer: a second of ours is that much longer.
_CROWDING = 0.009
# Seconds. A request that would wait longer is put off instead: its letter is under lease meanwhile.
LONGEST_WAIT = 30.0

# Seconds of a busy machine that may be made up for.
_MAKES_UP = 0.2
# So at high rates the line moves on in small steps, and each costs one timer.
_STEP = 0.005
# Source of the numbers: core.telegram.org/bots/faq, "My bot is hitting limits".
_CHAT = (1 / 0.9, 3)  # seconds between two, and how many at once
_GROUP = (60 / 17, 3)  # with three at once never more than 20 in a minute
# Whoever was not written to for a while is forgotten, once so many are remembered.
_MOST_REMEMBERED = 10_000


class TooLong(Exception):
    """No slot within LONGEST_WAIT; `seconds` until there is one."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Slot:
    """A place among those of a second: `at` the moment it was given, or when its request left."""

    __slots__ = ("_now", "at")

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self.at = now, now()

    def leaves(self) -> None:
        """What stood in line for a connection leaves together with those behind it."""
        self.at = self._now()


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


class _OverAll:
    """So many in any one second, and evenly as far as the machine lets them."""

    def __init__(self, rate: float) -> None:
        self._apart, self._due = 1 / rate, float("-inf")
        self._most = max(1, int(rate))
        self._last: deque[Slot] = deque(maxlen=self._most)

    def wait(self, now: float) -> float:
        full = len(self._last) == self._most
        return max(self._due, self._last[0].at + 1 + _CROWDING if full else self._due) - now

    def take(self, slot: Slot, late: bool = False) -> Slot:
        """`late`: it stood in line, and what it lost by our being busy is made up for."""
        self._due = max(self._due, slot.at - _MAKES_UP if late else slot.at) + self._apart
        self._last.append(slot)
        return slot

    def shut(self, until: float) -> None:
        self._due = max(self._due, until)


class Pacer:
    """One for each token. `rate` is in requests a second over all chats; time is in seconds."""

    def __init__(
        self,
        rate: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.rate, self._now, self._sleep = rate, now, sleep
        self._apart = 1 / rate
        self._over_all = _OverAll(rate)
        self._chats: dict[str, _Meter] = {}
        self._remembers = _MOST_REMEMBERED
        self._waiting: list[tuple[bool, int, asyncio.Future[Slot]]] = []
        self._tickets = count()
        self._porter: asyncio.Task[None] | None = None
        self._refused_last = ""

    async def slot(self, chat: str, can_wait: bool = False) -> Slot:
        """Returns when a request about this chat may leave, those that can wait last. Raises TooLong.

        The chat's own turn comes first: who waits for that takes up nobody else's place.
        """
        await self._turn_in(chat)
        if self._waiting or self._over_all.wait(self._now()) > 0:
            return await self._stand_in_line(can_wait)
        return self._over_all.take(Slot(self._now))

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

    async def _stand_in_line(self, can_wait: bool) -> Slot:
        called: asyncio.Future[Slot] = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (can_wait, next(self._tickets), called))
        if self._porter is None or self._porter.done():
            self._porter = asyncio.create_task(self._let_in())
        return await called

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
            called.set_result(self._over_all.take(Slot(self._now), late=True))

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
