"""A page of the ladder reads those who are due, however large their campaign is: by plan. (S6)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text, update

from schedules.climb_ladder import climb_ladder
from schedules.say_hindered import say_hindered
from schedules.tend_tasks import tend_tasks
from storage.database import Database, Transaction
from storage.recipients import recipients
from tests.storage.test_ladder import a_lesson, letters_are
from tests.storage.town import NOW

_LARGE = r"campaign_recipients|outbox|tasks|people|members|addresses|choices"
# A table by its name or by an alias of ours, read whole and not through an index.
_WHOLE = re.compile(
    rf"^SCAN (?:{_LARGE}|\w+_letter|\w+_door|door|\w+_task|earlier)\b(?! USING (?:COVERING )?INDEX)|"
    rf"Seq Scan on (?:{_LARGE})\b",
    re.MULTILINE,
)
JOBS = {"climb": climb_ladder, "tend": tend_tasks, "hindered": say_hindered}


@contextmanager
def statements(tx: Transaction) -> Iterator[list[tuple[str, Any]]]:
    said: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not many:
            said.append((statement, parameters))

    sync = tx.conn.sync_connection
    event.listen(sync, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(sync, "before_cursor_execute", note)


async def _plan(tx: Transaction, statement: str, parameters: Any) -> str:
    word = "EXPLAIN QUERY PLAN" if tx.conn.dialect.name == "sqlite" else "EXPLAIN"
    rows = await tx.conn.exec_driver_sql(f"{word} {statement}", parameters)
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("state", ["accepted", "pending", "failed"])
async def test_a_page_is_read_through_indexes(database: Database, job: str, state: str) -> None:
    async with database.writing() as tx:
        await a_lesson(tx, 40)
        await letters_are(tx, state, "telegram", "out_of_reach" if state == "failed" else None)
        if tx.conn.dialect.name != "sqlite":
            # So small a table it would rather read whole, whatever indexes there are.
            await tx.conn.execute(text("SET LOCAL enable_seqscan = off"))
        # Ten are due, the others tomorrow.
        later = recipients.c.person_id.not_in((await _ids(tx))[:10])
        await tx.conn.execute(update(recipients).where(later).values(next_step_at=NOW + timedelta(days=9)))
        with statements(tx) as said:
            await JOBS[job](tx, NOW + timedelta(hours=3))
        assert said
        bad = {}
        for statement, parameters in said:
            if statement.split()[0] in ("SELECT", "UPDATE", "INSERT", "DELETE", "WITH"):
                plan = await _plan(tx, statement, parameters)
                if found := _WHOLE.findall(plan):
                    bad[statement] = (found, plan)
        assert not bad, "\n\n".join(f"{why}\n{sql}\n{plan}" for sql, (why, plan) in bad.items())


async def _ids(tx: Transaction) -> list[str]:
    rows = await tx.conn.execute(text("SELECT person_id FROM campaign_recipients ORDER BY person_id"))
    return [row[0] for row in rows]
