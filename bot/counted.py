"""A door with somebody beside it who counts what goes out, how it ended and how long it took."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.channels.contract import (
    AddressFailed,
    Channel,
    Incoming,
    MessageRefused,
    OutcomeUnknown,
    Outgoing,
    SendingFailed,
    Sent,
    TryLater,
)
from bot.clock import Clock
from bot.metrics import Metrics
from storage.ids import made_at

_OUTCOMES: tuple[tuple[type[SendingFailed], str], ...] = (
    (AddressFailed, "address_failed"),
    (MessageRefused, "refused"),
    (TryLater, "later"),
    (OutcomeUnknown, "unknown"),
)


# How an attempt by a channel ended: None where it was taken.
Ended = Callable[[str, SendingFailed | None], None]


def _nobody_asks(_name: str, _failure: SendingFailed | None) -> None:
    """Where nobody watches over the doors."""


class Counted:
    """A `Channel` like the one it stands before."""

    def __init__(
        self, name: str, channel: Channel, metrics: Metrics, clock: Clock, ended: Ended = _nobody_asks
    ) -> None:
        self._ended = ended
        self._name = name
        self._channel = channel
        self._metrics = metrics
        self._clock = clock

    async def send(self, outgoing: Outgoing) -> Sent:
        started, outcome = time.perf_counter(), "broke"
        try:
            sent = await self._channel.send(outgoing)
            outcome = "sent"
            self._ended(self._name, None)
            if not outgoing.can_wait:
                self._metrics.promise_kept(self._name, self._clock.now() - made_at(outgoing.reference))
        except SendingFailed as failure:
            outcome = _outcome_of(failure)
            self._ended(self._name, failure)
            raise
        finally:
            self._metrics.tried_to_send(self._name, outcome, time.perf_counter() - started)
        return sent

    @property
    def most_at_once(self) -> int:
        return self._channel.most_at_once

    @property
    def side_by_side(self) -> int:
        return self._channel.side_by_side

    @property
    def rests_as_one(self) -> bool:
        return self._channel.rests_as_one

    async def send_batch(self, letters: Sequence[Outgoing]) -> list[Sent | SendingFailed]:
        started = time.perf_counter()
        outcomes = await self._channel.send_batch(letters)
        seconds = time.perf_counter() - started
        ends = Counter(_outcome_of(one) if isinstance(one, SendingFailed) else "sent" for one in outcomes)
        for word, n in ends.items():
            self._metrics.tried_to_send(self._name, word, seconds, n)
        failures = [one for one in outcomes if isinstance(one, SendingFailed)]
        self._ended(self._name, failures[0] if len(failures) == len(outcomes) else None)
        return outcomes

    def read(self, raw: Mapping[str, Any]) -> Incoming | None:
        return self._channel.read(raw)

    async def download(self, file_id: str, limit: int) -> bytes:
        return await self._channel.download(file_id, limit)

    async def close(self) -> None:
        await self._channel.close()


def _outcome_of(failure: SendingFailed) -> str:
    return next((word for kind, word in _OUTCOMES if isinstance(failure, kind)), "failed")
