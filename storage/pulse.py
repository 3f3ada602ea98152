"""How the program is doing, in numbers: what waits and since when, what was put aside, what struck last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text

from storage.database import Transaction
from storage.inbox import inbox
from storage.occurrences import THE_PROGRAM, LetGo, let_go, occurrences
from storage.outbox import outbox
from storage.running import StoodStill, last_stillness


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait, and since when the oldest does; None where none waits."""

    count: int
    since: datetime | None


_NONE = Waiting(0, None)
# Whoever looks in on Mondays still hears of it.
LATELY = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Pulse:
    """What is not done: messages by state (`dead` nobody could take), letters by door and state.

    `last_slots` has the last slot of each job by its name, `let_go` what was missed lately and not made up,
    `stood_still` the last time in which nothing was done, where that was lately.
    """

    inbox: Mapping[str, Waiting]
    outbox: Mapping[tuple[str, str], Waiting]
    last_slots: Mapping[str, datetime]
    let_go: Mapping[str, LetGo]
    stood_still: StoodStill | None = None

    @property
    def to_send(self) -> Waiting:
        """What is due and not out, by whatever door."""
        waits = [waiting for (_, state), waiting in self.outbox.items() if state != "unknown"]
        since = min((waiting.since for waiting in waits if waiting.since), default=None)
        return Waiting(sum(waiting.count for waiting in waits), since)

    @property
    def unknown(self) -> int:
        """How many letters may have gone out or not."""
        return sum(waiting.count for (_, state), waiting in self.outbox.items() if state == "unknown")

    @property
    def dead(self) -> int:
        """How many messages nobody could take."""
        return self.inbox["dead"].count


async def pulse(tx: Transaction, now: datetime) -> Pulse:
    """Nobody is in it. A letter that is to go out later does not wait yet."""
    return Pulse(
        inbox=await _messages(tx),
        outbox=await _letters(tx, now),
        last_slots=await _last_slots(tx),
        let_go=await let_go(tx, now - LATELY),
        stood_still=await last_stillness(tx, now - LATELY),
    )


async def database_bytes(tx: Transaction) -> int:
    """How large the database is, without what SQLite has not yet brought home from its log."""
    if tx.conn.dialect.name == "sqlite":
        of_sqlite = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        return int((await tx.conn.execute(text(of_sqlite))).scalar_one())
    size = select(func.pg_database_size(func.current_database()))
    return int((await tx.conn.execute(size)).scalar_one())


async def _messages(tx: Transaction) -> dict[str, Waiting]:
    query = (
        select(inbox.c.state, func.count().label("n"), func.min(inbox.c.received_at).label("since"))
        .where(inbox.c.state.in_(["new", "dead"]))
        .group_by(inbox.c.state)
    )
    found = {row.state: Waiting(row.n, row.since) for row in await tx.conn.execute(query)}
    return {state: found.get(state, _NONE) for state in ("new", "dead")}


async def _letters(tx: Transaction, now: datetime) -> dict[tuple[str, str], Waiting]:
    due = outbox.c.state.in_(["pending", "sending"]) & (outbox.c.not_before <= now)
    query = (
        select(
            outbox.c.channel,
            outbox.c.state,
            func.count().label("n"),
            func.min(outbox.c.made_at).label("since"),
        )
        .where(due | (outbox.c.state == "unknown"))
        .group_by(outbox.c.channel, outbox.c.state)
    )
    return {(row.channel, row.state): Waiting(row.n, row.since) for row in await tx.conn.execute(query)}


async def _last_slots(tx: Transaction) -> dict[str, datetime]:
    query = select(occurrences.c.job, func.max(occurrences.c.slot)).where(occurrences.c.job != THE_PROGRAM)
    query = query.group_by(occurrences.c.job)
    return {row[0]: row[1] for row in await tx.conn.execute(query)}
