"""What many words write at once is what they would have written one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import CompileError, StatementError
from sqlalchemy.sql.dml import UpdateBase

from storage import contacts, inbox, many_rows, members, people, units
from storage.database import Database
from storage.inbox import Raw
from storage.many_rows import AT_ONCE
from storage.outbox import outbox
from tests.storage import town
from tests.storage.town import NOW

PEOPLE = people.people
JOIN = insert(PEOPLE)
RENAME = update(PEOPLE).where(PEOPLE.c.id == bindparam("whose"))
MINUTE = timedelta(minutes=1)


def _newcomer(n: int) -> dict[str, object]:
    return {"id": f"p{n:05}", "name": f"{n}".encode(), "language": "zh", "made_at": NOW}


async def _names(database: Database) -> list[bytes]:
    async with database.reading() as tx:
        return list((await tx.conn.execute(select(PEOPLE.c.name).order_by(PEOPLE.c.id))).scalars())


@pytest.mark.parametrize("many", [1, 2, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE + 7])
async def test_all_are_written_and_each_is_changed_as_its_own_row_says(database: Database, many: int) -> None:
    async with database.writing() as tx:
        for n in range(many):
            tx.desk.write_behind(JOIN, _newcomer(n))
        for n in range(0, many, 2):
            tx.desk.write_behind(RENAME, {"whose": f"p{n:05}", "name": f"{n} again".encode()})
    assert await _names(database) == [
        f"{n} again".encode() if n % 2 == 0 else f"{n}".encode() for n in range(many)
    ]


async def test_of_two_changes_of_one_row_the_last_stands(database: Database) -> None:
    async with database.writing() as tx:
        for n in range(3):
            tx.desk.write_behind(JOIN, _newcomer(n))
        for name in (b"first", b"second", b"last"):
            for whose in ("p00001", "p00002"):
                tx.desk.write_behind(RENAME, {"whose": whose, "name": name})
    assert await _names(database) == [b"0", b"last", b"last"]


def test_two_changes_of_one_row_do_not_share_a_statement() -> None:
    """Which of them it would take, SQLite leaves open (UPDATE FROM): seen was the last, promised is none."""
    rows = [{"whose": whose, "name": b"new"} for whose in ("p1", "p2", "p1")]
    [(_, together)] = many_rows.statements(RENAME, rows[:2], sqlite.dialect())
    assert together == (b"new", "p1", b"new", "p2")
    [(_, one_by_one)] = many_rows.statements(RENAME, rows, sqlite.dialect())
    assert one_by_one == [(b"new", "p1"), (b"new", "p2"), (b"new", "p1")]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (RENAME, {"whose": "p1", "name": b"new", "language": "zh", "made_at": NOW, "older": 1}),
        (insert(outbox).values(cause="reminder"), {"id": "o1"}),
        (update(PEOPLE), {"name": b"new"}),
        (delete(PEOPLE).where(PEOPLE.c.id == bindparam("whose")), {"whose": "p1"}),
    ],
    ids=["a key of no column", "a value of its own", "everybody", "taking away"],
)
def test_what_does_not_fit_is_refused_by_name(kind: UpdateBase, row: dict[str, object]) -> None:
    with pytest.raises((ValueError, CompileError), match=r"the rows have|names its row|Unconsumed"):
        many_rows.statements(kind, [row], sqlite.dialect())


async def test_two_words_of_one_member_in_one_commit_leave_the_later(database: Database) -> None:
    async with database.writing() as tx:
        branch = await units.found(tx, NOW, "柳湾村党支部")
        member = await town.file_of(tx, await town.newcomer(tx, "周远", branch))
        quiet = await contacts.heard(tx, NOW + MINUTE, member, "check_in", "sms", member.id)
        await members.set_deadlines(tx, quiet, NOW + 2 * MINUTE, "quiet", date(2026, 12, 1))
    async with database.reading() as tx:
        found = await town.file_of(tx, member.id)
    assert (found.last_contact_at, found.quiet_until) == (NOW + 2 * MINUTE, date(2026, 12, 1))


async def test_the_same_message_twice_in_one_commit_is_kept_once(database: Database) -> None:
    async with database.writing() as tx:
        await inbox.keep(tx, NOW, [Raw("sms", n, {"n": n}) for n in ("1", "2", "1")])
        assert [one.payload for one in await inbox.next_new(tx, 9)] == [{"n": "1"}, {"n": "2"}]


async def test_plain_text_does_not_get_into_a_sealed_field(database: Database) -> None:
    with pytest.raises((TypeError, StatementError), match="sealed before it is written"):
        async with database.writing() as tx:
            tx.desk.write_behind(JOIN, _newcomer(1) | {"name": "周远"})
    assert await _names(database) == []


async def test_rows_of_different_kinds_are_refused_rather_than_cut(database: Database) -> None:
    with pytest.raises((ValueError, StatementError), match=r"same keys|value is required for bind"):
        async with database.writing() as tx:
            tx.desk.write_behind(JOIN, _newcomer(1))
            tx.desk.write_behind(
                JOIN, {name: value for name, value in _newcomer(2).items() if name != "name"}
            )
    assert await _names(database) == []
