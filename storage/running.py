"""When the program was at work, a row for each time without a break: between two of them it stood still.

They stand among the occurrences, as one more thing that strikes: `slot` is the beginning of such a time and
`struck_at` when it was last seen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, update

from storage.database import Transaction
from storage.occurrences import THE_PROGRAM, mark, occurrences
from storage.once import insert_once


class Stillness(NamedTuple):
    """From when to when nothing was done."""

    began: datetime
    ended: datetime


class StoodStill(NamedTuple):
    """The same, and how many slots of the timetable that fell into it were struck late, were made up for by
    one for several, or were let go.
    """

    began: datetime
    ended: datetime
    late: int
    made_up: int
    let_go: int


async def seen(tx: Transaction, now: datetime, at_most: timedelta) -> Stillness | None:
    """Note that it is at work. Last seen longer than `at_most` ago, it stood still; one process hears so."""
    last = (await tx.conn.execute(_times().limit(1).with_for_update())).first()
    if last is None:
        await _begin(tx, now)
        return None
    # Another process that held the row may have begun the next one: this one hears of no break.
    if (await tx.conn.execute(_times().limit(1))).one().local_slot != last.local_slot:
        return None
    is_last = (occurrences.c.job == THE_PROGRAM) & (occurrences.c.local_slot == last.local_slot)
    if now - last.struck_at <= at_most:
        await tx.conn.execute(update(occurrences).where(is_last).values(struck_at=now))
        return None
    await _begin(tx, now)
    return Stillness(last.struck_at, now)


async def last_stillness(tx: Transaction, since: datetime) -> StoodStill | None:
    """The last break, where it ended since then, and what became of the slots that fell into it."""
    times = (await tx.conn.execute(_times().limit(2))).all()
    if len(times) < 2 or times[0].slot < since:
        return None
    began, ended = times[1].struck_at, times[0].slot
    within = occurrences.c.slot.between(began, ended) & (occurrences.c.job != THE_PROGRAM)
    counted = select(occurrences.c.outcome, func.count().label("n")).where(within)
    found = counted.where(occurrences.c.struck_at >= ended).group_by(occurrences.c.outcome)
    by_outcome = {row.outcome: row.n for row in await tx.conn.execute(found)}
    return StoodStill(
        began,
        ended,
        late=by_outcome.get("done", 0),
        made_up=by_outcome.get("made up", 0),
        let_go=by_outcome.get("let go", 0),
    )


async def _begin(tx: Transaction, now: datetime) -> None:
    here = mark(now)
    row = {"job": THE_PROGRAM, "local_slot": here.local, "slot": now, "struck_at": now}
    await insert_once(tx, occurrences, row | {"outcome": "from here"})


def _times() -> Select[Any]:
    """Newest first."""
    return (
        select(occurrences.c.local_slot, occurrences.c.slot, occurrences.c.struck_at)
        .where(occurrences.c.job == THE_PROGRAM)
        .order_by(occurrences.c.slot.desc())
    )
