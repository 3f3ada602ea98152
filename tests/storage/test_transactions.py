"""Nothing is half-written, nothing is counted twice, and nobody's work is undone with somebody else's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select, text, update

from content.act import Act
from content.letter import Choice, Letter
from storage import (
    addresses,
    choices,
    contacts,
    dialogues,
    inbox,
    invitations,
    lessons,
    members,
    occurrences,
    outbox,
    people,
    silence,
    units,
)
from storage.addresses import AddressTaken
from storage.database import Database, Transaction
from storage.inbox import Raw
from storage.units import Unit
from storage.viewer import the_programme
from tests.storage import town
from tests.storage.town import NOW

COUNT = units.units.c.period_days
LETTER = Letter("请报平安", choices=((Choice("平安", Act(intent="check_in")),),))


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
    while not await _count(database):
        await asyncio.sleep(0)
    for task in tasks[::3]:
        task.cancel()
    async with asyncio.timeout(5):
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
            async with asyncio.timeout(5), other.writing():
                return 0
        finally:
            await other.close()
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL"
    )
    async with database.reading() as tx:
        return int((await tx.conn.execute(text(query))).scalar_one()) - 1


async def _at_once(
    database: Database,
    first: Callable[[Transaction], Awaitable[object]],
    second: Callable[..., Awaitable[object]],
) -> list[object]:
    """What two transactions say that overlap: the second begins when the first has written, uncommitted."""
    written, waiting = asyncio.Event(), asyncio.Event()

    async def leads() -> object:
        async with database.writing() as tx:
            said = await first(tx)
            written.set()
            await waiting.wait()
            await asyncio.sleep(0.03)
            return said

    async def follows() -> object:
        await written.wait()
        waiting.set()
        async with database.writing() as tx:
            return await second(tx)

    return list(await asyncio.gather(leads(), follows(), return_exceptions=True))


async def test_the_same_message_from_two_pollers_is_kept_once(database: Database) -> None:
    raws = [Raw("telegram", "1", {}), Raw("telegram", "2", {}), Raw("telegram", "2", {})]
    more = [*raws, Raw("telegram", "3", {}), Raw("sms", "1", {})]
    said = await _at_once(
        database, lambda tx: inbox.keep(tx, NOW, raws), lambda tx: inbox.keep(tx, NOW, more)
    )
    assert said == [2, 2]
    async with database.reading() as tx:
        assert await inbox.tally(tx) == {"new": 4}


async def test_the_same_promise_made_twice_at_once_is_made_once_with_one_set_of_answers(
    database: Database,
) -> None:
    async def promise(tx: Transaction) -> str | None:
        to = outbox.Destination("telegram", "70001")
        return await outbox.promise(tx, NOW, to, LETTER, "reply", "the same")

    first, second = await _at_once(database, promise, promise)
    assert (bool(first), second) == (True, None)
    async with database.reading() as tx:
        assert len((await tx.conn.execute(select(choices.choices))).all()) == 1


async def test_somebody_unreachable_is_noted_once(database: Database) -> None:
    async with database.writing() as tx:
        person_id = await people.add(tx, NOW, "周远")

    async def note(tx: Transaction) -> None:
        await outbox.note_unreachable(tx, NOW, person_id, "lesson", "the same")

    assert await _at_once(database, note, note) == [None, None]
    async with database.reading() as tx:
        assert len((await tx.conn.execute(select(outbox.outbox.c.id))).all()) == 1


async def test_a_slot_struck_by_two_clocks_is_taken_by_one(database: Database) -> None:
    async def strike(tx: Transaction) -> bool:
        return await occurrences.strike(tx, NOW, "remind", NOW)

    assert await _at_once(database, strike, strike) == [True, False]
    assert await _at_once(database, strike, strike) == [False, False]


async def test_a_slot_is_free_again_if_the_one_who_took_it_fails(database: Database) -> None:
    with pytest.raises(Thrown):
        async with database.writing() as tx:
            assert await occurrences.strike(tx, NOW, "remind", NOW)
            raise Thrown
    async with database.writing() as tx:
        assert await occurrences.strike(tx, NOW, "remind", NOW)


async def test_an_office_given_by_two_at_once_is_held_once(database: Database) -> None:
    async with database.writing() as tx:
        person_id, unit = await people.add(tx, NOW, "书记"), await units.found(tx, NOW, "支部")

    async def grant(tx: Transaction) -> bool:
        return await people.grant(tx, NOW, person_id, "secretary", unit)

    assert await _at_once(database, grant, grant) == [True, False]


async def test_two_questions_at_once_leave_one_that_is_awaited(database: Database) -> None:
    async with database.writing() as tx:
        person_id = await people.add(tx, NOW, "周远")

    async def ask(tx: Transaction, intent: str) -> None:
        await dialogues.ask(tx, NOW, person_id, "telegram", Act(intent=intent))

    assert await _at_once(database, lambda tx: ask(tx, "job"), lambda tx: ask(tx, "address")) == [None, None]
    async with database.reading() as tx:
        awaited = await dialogues.awaited(tx, NOW, person_id, "telegram")
    assert awaited == Act(intent="address")


async def test_a_number_verified_by_two_at_once_belongs_to_the_first(database: Database) -> None:
    async with database.writing() as tx:
        one, two = [await people.add(tx, NOW, name) for name in ("甲", "乙")]

    async def claim(tx: Transaction, person_id: str) -> str:
        return await addresses.add(tx, NOW, person_id, "sms", "+8613900139001", verified=True)

    first, second = await _at_once(database, lambda tx: claim(tx, one), lambda tx: claim(tx, two))
    assert isinstance(first, str)
    assert isinstance(second, AddressTaken)
    again, once_more = await _at_once(database, lambda tx: claim(tx, one), lambda tx: claim(tx, one))
    assert (again, once_more) == (first, first)


async def test_a_number_on_two_rosters_belongs_to_who_answers_from_it_first(database: Database) -> None:
    async with database.writing() as tx:
        listed = [
            await addresses.by_id(
                tx, await addresses.add(tx, NOW, await people.add(tx, NOW, name), "sms", "+8613900139001")
            )
            for name in ("甲", "乙")
        ]

    async def answer(tx: Transaction, address: addresses.Address) -> None:
        await addresses.verify(tx, NOW, address)

    _, second = await _at_once(database, lambda tx: answer(tx, listed[0]), lambda tx: answer(tx, listed[1]))
    assert isinstance(second, AddressTaken)
    async with database.reading() as tx:
        behind = await addresses.behind(tx, "sms", "+8613900139001")
    assert behind
    assert behind.person_id == listed[0].person_id


async def test_one_code_used_by_two_at_once_lets_one_in(database: Database) -> None:
    async with database.writing() as tx:
        code = await invitations.make(tx, NOW, await people.add(tx, NOW, "周远"), None)

    async def join(tx: Transaction) -> bool:
        invitation = await invitations.behind(tx, NOW, code)
        if invitation:
            await invitations.use(tx, NOW, invitation)
        return invitation is not None

    assert await _at_once(database, join, join) == [True, False]


async def test_a_lesson_that_is_going_out_cannot_be_called_off(database: Database) -> None:
    async with database.writing() as tx:
        sending = await lessons.plan(tx, NOW, await people.add(tx, NOW, "书记"), "wages", NOW)

    async def send(tx: Transaction) -> int:
        due = await lessons.due(tx, NOW)
        for one in due:
            await lessons.mark_sent(tx, NOW, one)
        return len(due)

    assert await _at_once(database, send, lambda tx: lessons.cancel(tx, NOW, sending)) == [1, False]


async def test_two_taps_on_send_at_once_plan_one_lesson(database: Database) -> None:
    async with database.writing() as tx:
        sender = await people.add(tx, NOW, "书记")

    async def tap(tx: Transaction) -> str:
        return (await lessons.plan_once(tx, NOW, sender, "wages", NOW)).id

    first, second = await _at_once(database, tap, tap)
    assert first == second
    async with database.reading() as tx:
        assert [sending.id for sending in await lessons.made_by(tx, sender)] == [first]


async def test_a_word_that_comes_while_reminders_go_out_is_not_taken_for_reminded(database: Database) -> None:
    async with database.writing() as tx:
        member_id = await town.newcomer(tx, "周远", await units.found(tx, NOW, "支部"))

    async def remind(tx: Transaction) -> int:
        due = await silence.to_remind(tx, the_programme(), town.MUCH_LATER)
        await asyncio.sleep(0.02)
        for member in due:
            await members.note_facts(tx, member, reminded_at=town.MUCH_LATER)
        return len(due)

    async def word(tx: Transaction) -> None:
        member = await town.file_of(tx, member_id)
        await contacts.heard(tx, town.MUCH_LATER, member, "check_in", "telegram", member_id)

    assert await _at_once(database, remind, word) == [1, None]
    async with database.reading() as tx:
        assert (await town.file_of(tx, member_id)).reminded_at is None


async def test_a_reader_sees_the_last_commit_while_somebody_writes(database: Database) -> None:
    async with database.writing() as tx:
        await units.found(tx, NOW, "支部")
        async with asyncio.timeout(5), database.reading() as other:
            assert await units.everyone(other) == []
    async with database.reading() as tx:
        assert len(await units.everyone(tx)) == 1
