"""What Prometheus reads: how much waits, how much was done and how fast. Nobody is in it. Its only home.

The roof counts: doors, turns and the clock know nothing of this, and nothing here is global.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.exposition import generate_latest

from bot.readings import Reading

__all__ = ["CONTENT_TYPE", "Metrics"]

# Seconds: from a commit on a good disk to a Telegram that is out of reach for half a day.
_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_PATIENT = (*_QUICK, 120, 600, 3600, 6 * 3600, 24 * 3600)
_OTHER = "other"


class Metrics:
    """`intents` are the labels there can be: whatever else is meant is counted as one."""

    def __init__(self, intents: Iterable[str]) -> None:
        self._intents = frozenset(intents)
        ours = self._registry = CollectorRegistry()
        ProcessCollector(registry=ours)
        turns = Counter("liandong_turns", "Turns taken", ["door", "outcome"], registry=ours)
        meant = Counter("liandong_meanings", "What was meant", ["intent"], registry=ours)
        answered = Histogram(
            "liandong_turn_seconds", "From the inbox to the answer promised", ["door"],
            buckets=_PATIENT, registry=ours,
        )  # fmt: skip
        sends = Counter("liandong_sends", "Attempts to send", ["door", "outcome"], registry=ours)
        request = Histogram(
            "liandong_send_seconds", "One attempt to send", ["door"], buckets=_QUICK, registry=ours
        )
        kept = Histogram(
            "liandong_promise_seconds", "From a letter promised to its acceptance", ["door"],
            buckets=_PATIENT, registry=ours,
        )  # fmt: skip
        # The library locks and looks up a labelled one anew each time: more than the counting itself.
        self._turns, self._meant, self._sends = cache(turns.labels), cache(meant.labels), cache(sends.labels)
        self._answered, self._request = cache(answered.labels), cache(request.labels)
        self._kept = cache(kept.labels)
        self._standing = _Standing(ours)

    def turn_taken(self, door: str, outcome: str, waited: timedelta) -> None:
        self._turns(door, outcome).inc()
        if outcome == "done":
            self._answered(door).observe(_seconds(waited))

    def meant(self, intent: str) -> None:
        self._meant(intent if intent in self._intents else _OTHER).inc()

    def tried_to_send(self, door: str, outcome: str, took: float, letters: int = 1) -> None:
        """`took` is in seconds."""
        self._sends(door, outcome).inc(letters)
        self._request(door).observe(took)

    def promise_kept(self, door: str, after: timedelta) -> None:
        self._kept(door).observe(_seconds(after))

    def text(self, reading: Reading | None, now: datetime) -> bytes:
        """All of it in Prometheus's text format; None where the database could not be read."""
        self._standing.show(reading, now)
        return generate_latest(self._registry)


class _Standing:
    """The gauges: how things stand now, as the database tells it."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, says: str, *labels: str) -> Gauge:
            return Gauge(f"liandong_{name}", says, labels, registry=registry)

        self._readable = gauge("database_readable", "1 where the database could be read")
        self._inbox = gauge("inbox_messages", "Messages not done", "state")
        self._inbox_age = gauge("inbox_oldest_seconds", "How long the oldest waits", "state")
        self._outbox = gauge("outbox_letters", "Letters not settled", "door", "state")
        self._outbox_age = gauge("outbox_oldest_seconds", "How long ago it was promised", "door", "state")
        self._away = gauge("members_away", "Members away, by how lately they were heard", "standing")
        self._tick_age = gauge("tick_age_seconds", "Since the clock's work was last done")
        self._slot_age = gauge("slot_age_seconds", "Since the job's last slot", "job")
        self._labelled = (
            self._inbox, self._inbox_age, self._outbox, self._outbox_age, self._away, self._slot_age
        )  # fmt: skip
        self._bytes = gauge("database_bytes", "Size of the database")
        self._keys = gauge("keys", "Keys in the key file")

    def show(self, reading: Reading | None, now: datetime) -> None:
        self._readable.set(reading is not None)
        # What is no longer there must not be shown as it was.
        for gauge in self._labelled:
            gauge.clear()
        if reading is None:
            return
        for state, waiting in reading.pulse.inbox.items():
            self._inbox.labels(state).set(waiting.count)
            self._inbox_age.labels(state).set(_age(waiting.since, now))
        for (door, state), waiting in reading.pulse.outbox.items():
            self._outbox.labels(door, state).set(waiting.count)
            self._outbox_age.labels(door, state).set(_age(waiting.since, now))
        _show_each(self._away, reading.away)
        _show_each(self._slot_age, {job: _age(at, now) for job, at in reading.pulse.last_slots.items()})
        self._tick_age.set(_age(reading.last_tick, now))
        self._bytes.set(reading.database_bytes)
        self._keys.set(reading.keys)


def _show_each(gauge: Gauge, values: Mapping[str, float]) -> None:
    for label, value in values.items():
        gauge.labels(label).set(value)


def _age(since: datetime | None, now: datetime) -> float:
    return _seconds(now - since) if since else 0.0


def _seconds(span: timedelta) -> float:
    """A clock that was set back meanwhile is no negative wait."""
    return max(0.0, span.total_seconds())
