"""Nothing is half-written, nothing is counted twice, and nobody's work is undone with somebody else's."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing

import pytest
from sqlalchemy import select, text, update

from storage import (
    inbox,
    occurrences,
    units,
)
from storage.database import Database, DatabaseBroken, DatabaseRefused, Transaction
from storage.inbox import Raw
from storage.occurrences import Slot
from storage.units import Unit
from storage.vault import Vault
from tests.storage.town import NOW

COUNT = units.units.c.period_days


async def _counter(database: Database) -> Unit:
    async with database.writing() as tx:
        unit = await units.found(tx, NOW, "计数")
        await tx.conn.execute(update(units.units).values(period_days=0))
        return unit


async def _count(database: Database) -> int:
    async with database.reading() as tx:
        return int((await tx.conn.execute(select(COUNT))).scalar_one())


async def _add_one(tx: Transaction) -> None:
    """Read, think, write: the step between is where another turn would slip in."""
    read = (await tx.conn.execute(select(COUNT).with_for_update())).scalar_one()
    await asyncio.sleep(0)
    await tx.conn.execute(update(units.units).values(period_days=read + 1))


async def test_fifty_turns_at_once_count_to_fifty(database: Database) -> None:
    await _counter(database)

    async def turn() -> None:
        async with database.writing() as tx:
            await _add_one(tx)

    await asyncio.gather(*(turn() for _ in range(50)))
    assert await _count(database) == 50


async def test_two_processes_at_once_count_to_fifty(database: Database) -> None:
    await _counter(database)
    other = Database(database.url.render_as_string(hide_password=False), database.vault)

    async def turn(own: Database) -> None:
        async with own.writing() as tx:
            await _add_one(tx)

    try:
        await asyncio.gather(*(turn(own) for own in [database, other] * 25))
    finally:
        await other.close()
    assert await _count(database) == 50


async def test_a_message_worked_off_by_many_at_once_is_taken_by_one_at_a_time(database: Database) -> None:
    """The attempts of a message are counted by reading and writing: none may get lost."""
    async with database.writing() as tx:
        await inbox.keep(tx, NOW, [Raw("telegram", "1", {})])

    async def attempt() -> None:
        taken = False
        while not taken:
            async with database.writing() as tx:
                for received in await inbox.next_new(tx):
                    await inbox.note_failure(tx, received)
                    taken = True

    await asyncio.gather(*(attempt() for _ in range(20)))
    async with database.reading() as tx:
        [received] = await inbox.next_new(tx)
    assert received.attempts == 20


class Thrown(Exception):
    """The handler has a fault."""


async def test_a_turn_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(Thrown):
        async with database.writing() as tx:
            await units.found(tx, NOW, "没有建成的支部")
            raise Thrown
    async with database.writing() as tx:
        assert await units.everyone(tx) == []


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_commit_that_fails_leaves_nothing_and_holds_up_nobody(database: Database) -> None:
    """SQLite itself keeps such a transaction open, and its lock on the file."""
    other = Database(database.url.render_as_string(hide_password=False), database.vault)
    try:
        with pytest.raises(DatabaseBroken):
            async with database.writing() as tx:
                await units.found(tx, NOW, "没有建成的支部")
                # Now it is the commit that finds out that no such unit exists.
                await tx.conn.execute(text("PRAGMA defer_foreign_keys=ON"))
                await tx.conn.execute(update(units.units).values(parent_id="nowhere"))
        for one in (other, database):
            async with one.writing() as tx:
                assert await units.everyone(tx) == []
    finally:
        await other.close()


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_file_that_is_locked_is_said_to_be_so(database_url: str, vault: Vault) -> None:
    """By the name that whoever waits for the database knows, and also where the connection is not new."""
    database = Database(database_url, vault, busy_ms=20)
    async with database.writing() as tx:
        await units.found(tx, NOW, "柳湾村党支部")
    with closing(sqlite3.connect(database.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(DatabaseRefused, match="locked"):
                async with database.writing():
                    pytest.fail("two write at the same time")
    async with database.writing() as tx:
        assert len(await units.everyone(tx)) == 1
    await database.close()


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_many_who_wait_for_one_lock_hear_of_it_together(database_url: str, vault: Vault) -> None:
    """A gateway gives us up sooner than the tenth of them, each after the other, would be told."""
    ours, another = Database(database_url, vault, busy_ms=2000), Database(database_url, vault)
    try:
        async with another.writing():
            started = time.monotonic()
            told = await asyncio.gather(*(_begins(ours) for _ in range(10)))
            assert 1.5 < time.monotonic() - started < 15
        assert all(isinstance(error, DatabaseRefused) for error in told)
        async with ours.writing() as tx:
            waits_ms = (await tx.conn.exec_driver_sql("PRAGMA busy_timeout")).scalar_one()
        assert waits_ms == 1000, "what was locked a moment ago is not waited for as long"
    finally:
        await ours.close()
        await another.close()


async def _begins(database: Database) -> Exception | None:
    try:
        async with database.writing():
            return None
    except Exception as error:
        return error


async def test_what_fails_in_an_attempt_is_undone_also_where_it_waited_to_be_written(
    database: Database,
) -> None:
    kept, lost = Raw("sms", "1", {"text": "签到"}), Raw("sms", "2", {"text": "签到"})
    async with database.writing() as tx:
        await inbox.keep(tx, NOW, [kept])
        with pytest.raises(Thrown):
            async with tx.attempt():
                await inbox.keep(tx, NOW, [lost])
                raise Thrown
        async with tx.attempt():
            await inbox.keep(tx, NOW, [kept])
    async with database.writing() as tx:
        assert len(await inbox.next_new(tx, 9)) == 1


async def test_a_turn_that_fails_undoes_nobody_else_s(database: Database) -> None:
    async def good(name: str) -> None:
        async with database.writing() as tx:
            await units.found(tx, NOW, name)
            await asyncio.sleep(0)

    async def bad(name: str) -> None:
        async with database.writing() as tx:
            await units.found(tx, NOW, name)
            await asyncio.sleep(0)
            raise Thrown

    turns = [bad(f"坏 {n}") if n % 2 else good(f"好 {n}") for n in range(20)]
    await asyncio.gather(*turns, return_exceptions=True)
    async with database.reading() as tx:
        assert {unit.name for unit in await units.everyone(tx)} == {f"好 {n}" for n in range(0, 20, 2)}


async def test_a_turn_called_off_at_any_moment_leaves_all_or_nothing(database: Database) -> None:
    """Cancelled sooner or later, also while it begins, reads, commits or says goodbye.

    The tasks are kept, as a log keeps them: a query cut off would hold its lock as long.
    """
    called_off = []

    async def turn(name: str) -> None:
        async with database.writing() as tx:
            await units.found(tx, NOW, f"{name} 甲")
            await units.everyone(tx)
            await units.found(tx, NOW, f"{name} 乙")

    for steps in range(50):
        task = asyncio.create_task(turn(f"第{steps}"))
        called_off.append(task)
        for _ in range(steps):
            await asyncio.sleep(0 if steps % 2 else 0.0003)
        task.cancel()
        await asyncio.wait([task])
        assert await _open_transactions(database) == 0, f"left open after {steps} steps"
    async with database.writing() as tx:
        names = [unit.name for unit in await units.everyone(tx)]
    first, second = ({name[:-1] for name in names if name.endswith(last)} for last in "甲乙")
    assert first == second
    assert 0 < len(first) < len(called_off)


async def test_a_turn_called_off_while_many_wait_lets_the_others_through(database: Database) -> None:
    await _counter(database)

    async def turn() -> None:
        async with database.writing() as tx:
            await _add_one(tx)

    tasks = [asyncio.create_task(turn()) for _ in range(30)]
    await tasks[5]  # by now some are done, one is at it, and the others wait
    for task in tasks[::3] + tasks[6:9]:
        task.cancel()
    async with asyncio.timeout(20):
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    finished = sum(result is None for result in ended)
    called_off = sum(isinstance(result, asyncio.CancelledError) for result in ended)
    assert finished + called_off == 30
    assert finished <= await _count(database) <= 30
    assert await _open_transactions(database) == 0


async def _open_transactions(database: Database) -> int:
    """Transactions that somebody left open, besides the one that asks."""
    if database.url.get_backend_name() == "sqlite":
        other = Database(database.url.render_as_string(), database.vault)
        try:  # a writer left behind would make this one wait until it is told "locked"
            async with asyncio.timeout(20), other.writing():
                return 0
        finally:
            await other.close()
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL"
    )
    async with database.reading() as tx:
        return int((await tx.conn.execute(text(query))).scalar_one()) - 1


async def test_a_reader_sees_the_last_commit_while_somebody_writes(database: Database) -> None:
    async with database.writing() as tx:
        await units.found(tx, NOW, "支部")
        async with asyncio.timeout(20), database.reading() as other:
            assert await units.everyone(other) == []
    async with database.reading() as tx:
        assert len(await units.everyone(tx)) == 1


async def test_a_slot_is_free_again_if_the_one_who_took_it_fails(database: Database) -> None:
    slot = Slot("2026-11-02T09:00:00", NOW)
    with pytest.raises(Thrown):
        async with database.writing() as tx:
            assert await occurrences.take(tx, NOW, "remind", slot)
            raise Thrown
    async with database.writing() as tx:
        assert await occurrences.take(tx, NOW, "remind", slot)
