"""A door with somebody beside it who counts what goes out, how it ended and how long it took."""

from __future__ import annotations

import time
from collections.abc import Mapping
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


class Counted:
    """A `Channel` like the one it stands before."""

    def __init__(self, name: str, channel: Channel, metrics: Metrics, clock: Clock) -> None:
        self._name = name
        self._channel = channel
        self._metrics = metrics
        self._clock = clock

    async def send(self, outgoing: Outgoing) -> Sent:
        started, outcome = time.perf_counter(), "broke"
        try:
            sent = await self._channel.send(outgoing)
            outcome = "sent"
            self._metrics.promise_kept(self._name, self._clock.now() - made_at(outgoing.reference))
        except SendingFailed as failure:
            outcome = _outcome_of(failure)
            raise
        finally:
            self._metrics.tried_to_send(self._name, outcome, time.perf_counter() - started)
        return sent

    def read(self, raw: Mapping[str, Any]) -> Incoming | None:
        return self._channel.read(raw)

    async def download(self, file_id: str, limit: int) -> bytes:
        return await self._channel.download(file_id, limit)

    async def close(self) -> None:
        await self._channel.close()


def _outcome_of(failure: SendingFailed) -> str:
    return next((word for kind, word in _OUTCOMES if isinstance(failure, kind)), "failed")
