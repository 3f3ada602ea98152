"""The marked workbooks that go out to those who sent a roster: taken out of the outbox once handed over.

Whole rosters lie in them: kept in the outbox they would outlive every file they tell of.
"""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, select, update

from storage.database import Transaction
from storage.outbox import outbox
from storage.sent_rosters import sent_rosters
from storage.vault import SealBroken


async def note_report(tx: Transaction, roster_id: str, outbox_id: str) -> None:
    """In which letter the marked workbook goes out, so that it can be taken out of there again."""
    await tx.conn.execute(update(sent_rosters).where(sent_rosters.c.id == roster_id).values(report=outbox_id))


async def forget_reports(tx: Transaction) -> int:
    """Take the marked workbooks out of the letters that were handed over; how many."""
    rows = (await tx.conn.execute(select(outbox.c.id, outbox.c.letter).where(_handed_over()))).all()
    for row in rows:
        bare = tx.seal(_without_document(tx, row.letter, row.id), row.id, "outbox.letter")
        await tx.conn.execute(update(outbox).where(outbox.c.id == row.id).values(letter=bare))
        await tx.conn.execute(update(sent_rosters).where(sent_rosters.c.report == row.id).values(report=None))
    return len(rows)


async def are_left(tx: Transaction) -> bool:
    """Whether one that was handed over is still there."""
    return (await tx.conn.execute(select(outbox.c.id).where(_handed_over()).limit(1))).first() is not None


def _handed_over() -> ColumnElement[bool]:
    reports = select(sent_rosters.c.report).where(sent_rosters.c.report.is_not(None))
    return outbox.c.id.in_(reports) & outbox.c.state.not_in(("pending", "sending"))


def _without_document(tx: Transaction, letter: bytes, outbox_id: str) -> str:
    try:
        told = json.loads(tx.open(letter, outbox_id, "outbox.letter"))
    except SealBroken:
        return "{}"
    return json.dumps({name: said for name, said in told.items() if name != "document"}, ensure_ascii=False)
