"""Who is silent is read through an index, no more of it than the page: by plan, not by the clock. (S9)"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from storage import contacts, members, overdue, people, silence, units
from storage.database import Database, Transaction
from storage.silence import Sought
from storage.viewer import Viewer, the_programme
from tests.storage.town import MUCH_LATER, NOW, file_of

DAY = timedelta(days=1)
NINETY = Sought((MUCH_LATER - 10 * DAY).date())
SUZHOU = Sought(place_prefix="3205")
Asked = Callable[[Transaction, Viewer], Awaitable[object]]


async def _second_page(tx: Transaction, viewer: Viewer, sought: Sought) -> object:
    first = await silence.silent(tx, viewer, MUCH_LATER, sought, limit=2)
    return await silence.silent(tx, viewer, MUCH_LATER, sought, silence.page_mark(first[-1], sought), 2)


QUESTIONS: dict[str, Asked] = {
    "first page": lambda tx, viewer: silence.silent(tx, viewer, MUCH_LATER),
    "first page by days": lambda tx, viewer: silence.silent(tx, viewer, MUCH_LATER, NINETY),
    "first page by place": lambda tx, viewer: silence.silent(tx, viewer, MUCH_LATER, SUZHOU),
    "next page": lambda tx, viewer: _second_page(tx, viewer, Sought()),
    "next page by days": lambda tx, viewer: _second_page(tx, viewer, NINETY),
    "next page by place": lambda tx, viewer: _second_page(tx, viewer, SUZHOU),
    "next page, the late too": lambda tx, viewer: _second_page(tx, viewer, Sought(overdue=True)),
    "counts": lambda tx, viewer: silence.counts(tx, viewer, MUCH_LATER),
    "how many": lambda tx, viewer: silence.how_many(tx, viewer, MUCH_LATER),
    "how many by days": lambda tx, viewer: silence.how_many(tx, viewer, MUCH_LATER, NINETY),
    "how many by place": lambda tx, viewer: silence.how_many(tx, viewer, MUCH_LATER, SUZHOU),
    "to remind": lambda tx, _: overdue.to_remind(tx, the_programme(), MUCH_LATER),
    "to report": lambda tx, _: overdue.to_report(tx, the_programme(), MUCH_LATER, MUCH_LATER),
    "ahead of the clock": lambda tx, _: overdue.ahead_of_the_clock(tx, the_programme(), NOW),
}


async def a_county(tx: Transaction) -> dict[str, Viewer]:
    """Two towns of two branches with ten members each, heard on different days; who looks at them."""
    county = await units.found(tx, NOW, "县", "committee")
    looking = {"everything": the_programme(), "a county": Viewer("officer", (county.path,))}
    for town in range(2):
        above = await units.found(tx, NOW, f"{town}镇", "committee", county)
        for branch in range(2):
            unit = await units.found(tx, NOW, f"{town}镇{branch}村", "branch", above)
            looking["a branch"] = Viewer("officer", (unit.path,))
            for n in range(10):
                person = await people.add(tx, NOW, "周远")
                await members.enrol(tx, NOW, person, unit)
                file = await file_of(tx, person)
                await members.note_facts(tx, file, place_code="320506" if n % 2 else "320583")
                await contacts.heard(tx, NOW + n // 3 * DAY, file, "word", "sms", person)
    return looking


@contextmanager
def plans(tx: Transaction) -> Iterator[list[tuple[str, Any]]]:
    """Each SELECT of the block, with its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append((statement, parameters))

    event.listen(tx.conn.sync_connection, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(tx.conn.sync_connection, "before_cursor_execute", note)


async def _plan(tx: Transaction, statement: str, parameters: Any) -> str:
    word = "EXPLAIN QUERY PLAN" if tx.conn.dialect.name == "sqlite" else "EXPLAIN"
    rows = await tx.conn.exec_driver_sql(f"{word} {statement}", parameters)
    return "\n".join(str(row[-1]) for row in rows)


def _reads_it_all(plan: str) -> list[str]:
    """A scan of a table of people, or a sort of more than one person's charges."""
    whole = r"^SCAN (?:members|people|units|tallies|place_tallies)\b(?! USING INDEX ix_members)|Seq Scan"
    found = re.findall(whole, plan, re.MULTILINE)
    if "TEMP B-TREE" in plan and re.search(r"SEARCH members USING .*ix_members_(?:silent|unit_path)", plan):
        found.append("sort of a unit's members")
    if re.search(r"\bSort\b", plan) and "liaison_id" not in plan and "Scan using ix_members" in plan:
        found.append("sort of a unit's members")
    return found


@pytest.mark.parametrize("question", QUESTIONS)
async def test_it_is_read_through_an_index(database: Database, question: str) -> None:
    async with database.writing() as tx:
        looking = await a_county(tx)
        if tx.conn.dialect.name != "sqlite":
            # So small a table it would rather read whole, whatever indexes there are.
            await tx.conn.execute(text("SET LOCAL enable_seqscan = off"))
            await tx.conn.execute(text("SET LOCAL enable_bitmapscan = off"))
        bad = {}
        for whose, viewer in looking.items():
            with plans(tx) as asked:
                await QUESTIONS[question](tx, viewer)
            for statement, parameters in asked:
                plan = await _plan(tx, statement, parameters)
                if found := _reads_it_all(plan):
                    bad[f"{question} of {whose}"] = (found, statement, plan)
        assert asked
        assert not bad, "\n\n".join(f"{key}: {why}\n{sql}\n{plan}" for key, (why, sql, plan) in bad.items())
