"""Whatever comes from two sides in the same moment is taken once: two transactions that overlap."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import select

from content.act import Act
from content.letter import Choice, Letter
from storage import (
    addresses,
    campaign_life,
    campaigns,
    choices,
    contacts,
    dialogues,
    inbox,
    invitations,
    members,
    occurrences,
    offices,
    outbox,
    overdue,
    people,
    units,
)
from storage.addresses import AddressTaken
from storage.database import Database, Transaction
from storage.inbox import Raw
from storage.occurrences import Slot
from storage.viewer import the_programme
from tests.storage import town
from tests.storage.town import NOW

LETTER = Letter("请报平安", choices=((Choice("平安", Act(intent="check_in")),),))

Work = Callable[[Transaction], Awaitable[object]]


async def _at_once(database: Database, first: Work, second: Work, then: Work | None = None) -> list[object]:
    """What two transactions say that overlap: the second begins when the first has spoken, uncommitted.

    `then` is what the first one does last, before it commits.
    """
    written, waiting = asyncio.Event(), asyncio.Event()

    async def leads() -> object:
        async with database.writing() as tx:
            said = await first(tx)
            written.set()
            await waiting.wait()
            await asyncio.sleep(0.03)
            if then:
                await then(tx)
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
    assert not any(isinstance(one, Exception) for one in said), "neither fails"
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
    slot = Slot("2026-11-02T09:00:00", NOW)

    async def strike(tx: Transaction) -> bool:
        is_ours = await occurrences.take(tx, NOW, "remind", slot)
        await occurrences.settle(tx, NOW, "remind", slot)
        return is_ours

    assert await _at_once(database, strike, strike) == [True, False]
    assert await _at_once(database, strike, strike) == [False, False]


async def test_an_office_given_by_two_at_once_is_held_once(database: Database) -> None:
    async with database.writing() as tx:
        person_id, unit = await people.add(tx, NOW, "书记"), await units.found(tx, NOW, "支部")

    async def grant(tx: Transaction) -> bool:
        return await offices.grant(tx, NOW, person_id, "secretary", unit)

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


async def test_a_lesson_called_off_at_the_moment_it_begins_does_not_go_on(database: Database) -> None:
    async with database.writing() as tx:
        campaign = await campaigns.plan(tx, NOW, await people.add(tx, NOW, "书记"), "wages", NOW)

    async def look(tx: Transaction) -> int:
        return len(await campaign_life.due(tx, NOW))

    async def call_off(tx: Transaction) -> bool:
        return await campaign_life.cancel(tx, NOW, campaign)

    async def send(tx: Transaction) -> None:
        await campaign_life.start(tx, NOW, campaign)

    assert await _at_once(database, look, call_off, then=send) == [1, True]
    async with database.reading() as tx:
        found = await campaigns.by_id(tx, campaign.id)
    assert found and found.cancelled


async def test_two_taps_on_send_at_once_plan_one_lesson(database: Database) -> None:
    async with database.writing() as tx:
        sender = await people.add(tx, NOW, "书记")

    async def tap(tx: Transaction) -> str:
        return (await campaigns.plan_once(tx, NOW, sender, "wages", NOW)).id

    first, second = await _at_once(database, tap, tap)
    assert first == second
    async with database.reading() as tx:
        assert [campaign.id for campaign in await campaigns.made_by(tx, sender)] == [first]


async def test_a_word_that_comes_while_reminders_go_out_is_not_taken_for_reminded(database: Database) -> None:
    async with database.writing() as tx:
        member_id = await town.newcomer(tx, "周远", await units.found(tx, NOW, "支部"))

    async def look(tx: Transaction) -> int:
        return len(await overdue.to_remind(tx, the_programme(), town.MUCH_LATER))

    async def remind(tx: Transaction) -> None:
        member = await town.file_of(tx, member_id)
        await members.note_facts(tx, member, reminded_at=town.MUCH_LATER)

    async def word(tx: Transaction) -> None:
        member = await town.file_of(tx, member_id)
        await contacts.heard(tx, town.MUCH_LATER, member, "check_in", "telegram", member_id)

    assert await _at_once(database, look, word, then=remind) == [1, None]
    async with database.reading() as tx:
        assert (await town.file_of(tx, member_id)).reminded_at is None
