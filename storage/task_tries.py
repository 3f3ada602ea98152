"""A call that nobody answered: its task stays, and is spoken of again when it is to be tried again. (S6)"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from storage.database import Transaction
from storage.tasks import tasks


async def tried(tx: Transaction, now: datetime, task_id: str, again_at: datetime, due_at: datetime) -> None:
    """Its owner hears of it anew at `again_at`."""
    again = {"tries": tasks.c.tries + 1, "tried_at": now, "given_at": again_at, "told_at": None}
    open_still = (tasks.c.id == task_id) & tasks.c.closed_at.is_(None)
    await tx.conn.execute(update(tasks).where(open_still).values(**again, due_at=due_at))


async def not_tried(tx: Transaction, now: datetime, task_id: str) -> bool:
    """It was said by a slip: it is to be called as before."""
    noted = (tasks.c.id == task_id) & (tasks.c.tries > 0) & tasks.c.closed_at.is_(None)
    values = {"tries": tasks.c.tries - 1, "tried_at": None, "given_at": now, "told_at": now}
    return bool((await tx.conn.execute(update(tasks).where(noted).values(**values))).rowcount)
