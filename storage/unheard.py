"""Cries for help: whom they reached, and those of which every letter failed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, and_, case, func, select

from storage.database import Transaction
from storage.outbox import outbox
from storage.vault import SealBroken

_CAUSE, _END = "help", "over"
# Whoever was not reached for three days was looked for by other ways.
_LOOKED_AT = timedelta(days=3)
_IS_URGENT = case((outbox.c.kind == "urgent", 1), else_=0)


@dataclass(frozen=True, slots=True)
class Unheard:
    """`tried` are those whose letters failed; `chat` and `sms` is what they would have read.

    `urgent`: it may wake people.
    """

    cause: str
    member_id: str
    tried: frozenset[str]
    chat: str
    sms: str
    urgent: bool


def cause_of(member_id: str, word_id: str) -> str:
    """What all letters about one cry for help have in common."""
    return f"{_CAUSE}:{member_id}:{word_id}"


def end_of(member_id: str) -> str:
    """What the letters have in common that call a member's cries off."""
    return f"{_END}:{member_id}"


async def told_of_cry(tx: Transaction, member_id: str, since: datetime) -> dict[str, bool]:
    """Who was written to about this member's cries since then, and not that they are over: urgently?"""
    ended = await tx.conn.execute(
        select(func.max(outbox.c.made_at)).where(outbox.c.cause == end_of(member_id))
    )
    after = max(since, ended.scalar() or since)
    rows = await tx.conn.execute(
        select(outbox.c.person_id, func.max(_IS_URGENT))
        .where(
            outbox.c.cause > f"{_CAUSE}:{member_id}:",
            outbox.c.cause < f"{_CAUSE}:{member_id};",
            outbox.c.made_at > after,
            outbox.c.person_id != member_id,
        )
        .group_by(outbox.c.person_id)
        .order_by(outbox.c.person_id)
    )
    return {person_id: bool(urgent) for person_id, urgent in rows}


async def unheard(tx: Transaction, now: datetime) -> list[Unheard]:
    """Those of the last days of which no letter arrived, and none is on its way."""
    still_open = func.sum(case((outbox.c.state == "failed", 0), else_=1))
    causes = (
        select(outbox.c.cause)
        .where(
            outbox.c.cause > f"{_CAUSE}:", outbox.c.cause < f"{_CAUSE};", outbox.c.made_at > now - _LOOKED_AT
        )
        .group_by(outbox.c.cause)
        .having(still_open == 0)
    )
    rows = await tx.conn.execute(
        select(outbox).where(outbox.c.cause.in_(causes)).order_by(outbox.c.cause, outbox.c.id)
    )
    letters: dict[str, list[Row[tuple[object, ...]]]] = {}
    for row in rows:
        letters.setdefault(row.cause, []).append(row)
    return [_unheard(tx, cause, of_it) for cause, of_it in letters.items()]


def _unheard(tx: Transaction, cause: str, rows: Iterable[Row[tuple[object, ...]]]) -> Unheard:
    rows = list(rows)
    written = next(filter(None, (_letter(tx, row) for row in rows)), {})
    return Unheard(
        cause=cause,
        member_id=cause.split(":")[1],
        tried=frozenset(row.person_id for row in rows),
        chat=written.get("chat", ""),
        sms=written.get("sms", ""),
        urgent=any(row.kind == "urgent" for row in rows),
    )


def _letter(tx: Transaction, row: Row[tuple[object, ...]]) -> dict[str, str]:
    try:
        opened: dict[str, str] = json.loads(tx.open(row.letter, row.id, "outbox.letter"))
    except SealBroken:
        return {}
    return opened


def looked_at_since(now: datetime) -> datetime:
    return now - _LOOKED_AT


def about_a_cry() -> ColumnElement[bool]:
    """Clause for rows of `outbox`."""
    return and_(outbox.c.cause > f"{_CAUSE}:", outbox.c.cause < f"{_CAUSE};")
