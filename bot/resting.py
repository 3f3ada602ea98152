"""How long a door is left alone: because it asked for it, or because nothing goes out by it anyway."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.channels.contract import Channel, SendingFailed, Sent, TryLater
from bot.clock import Clock
from content.rules.receipts import OF_ONE_MESSAGE, is_ours, meaning_of

# An account that is empty or shut refuses each of twenty thousand: a few ask again after so long.
_SHUT = timedelta(minutes=1)


class Rest:
    """Of one channel, where a wish to wait is meant of all of it: see `Channel.rests_as_one`."""

    def __init__(self, channel: Channel, clock: Clock) -> None:
        self._counts, self._clock = channel.rests_as_one, clock
        self._until: datetime | None = None

    def note(self, outcomes: Iterable[Sent | SendingFailed]) -> None:
        for outcome in outcomes:
            if self._counts and (wish := _wish(outcome)):
                self._until = max(self._clock.now() + wish, self._until or self._clock.now())

    def left(self) -> timedelta:
        """How long it is to be left alone from now on; nothing where it may be asked."""
        if self._until is None:
            return timedelta()
        return max(self._until - self._clock.now(), timedelta())


def _wish(outcome: Sent | SendingFailed) -> timedelta | None:
    if isinstance(outcome, TryLater) and outcome.after:
        return outcome.after
    if isinstance(outcome, SendingFailed) and is_ours(outcome.reason):
        return None if meaning_of(outcome.reason).word in OF_ONE_MESSAGE else _SHUT
    return None
