"""A tick asks first whether there is work: where the answer is no, the jobs are let to look all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.app import App
from storage import due_work
from storage.database import Transaction


class _LeaveNoTrace(Exception):
    """What was done is undone."""


async def overlooked(app: App) -> list[str]:
    """The jobs that a tick would have passed over at this moment, and that find something to do."""
    found: list[str] = []
    try:
        async with app.database.writing() as tx:
            found = [name async for name in _overlooked(app, tx)]
            raise _LeaveNoTrace
    except _LeaveNoTrace:
        return found


async def _overlooked(app: App, tx: Transaction) -> AsyncIterator[str]:
    now, jobs = app.clock.now(), {job.name: job for job in app.clockwork.timetable if job.asks}
    asked = due_work.all_of({name: job.asks for name, job in jobs.items() if job.asks})
    has_work = await due_work.anything_for(tx, now, asked)
    for name in sorted(jobs.keys() - has_work):
        if await jobs[name].work(tx, now):
            yield name
