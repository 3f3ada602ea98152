"""What was promised is sent: leased before it goes, taken up again after a crash, settled once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from content.act import Act
from content.letter import Attachment, Choice, Letter
from storage import addresses, answering, answers, claiming, deliveries, outbox, people, post, units
from storage.addresses import Address
from storage.claimed import Claimed
from storage.database import Database, Transaction
from storage.ids import IdMint
from storage.outbox import Destination, Kind
from tests.storage import town
from tests.storage.town import NOW

LEASE = timedelta(minutes=2)
SECOND = timedelta(seconds=1)
HERE = Destination("telegram", "70001")
SAFE, HELP = Act(intent="check_in"), Act(intent="help", kind="wages")
QUESTION = Letter("请报平安", choices=((Choice("平安", SAFE),), (Choice("求助", HELP),)))


async def _promise(tx: Transaction, key: str, kind: Kind = "notice", at: datetime = NOW) -> str:
    made = await outbox.promise(tx, at, HERE, QUESTION, kind, key)
    assert made
    return made


async def _state(tx: Transaction, outbox_id: str) -> str:
    query = select(outbox.outbox.c.state).where(outbox.outbox.c.id == outbox_id)
    return str((await tx.conn.execute(query)).scalar_one())


async def _row(tx: Transaction, outbox_id: str) -> dict[str, object]:
    rows = await tx.conn.execute(select(outbox.outbox).where(outbox.outbox.c.id == outbox_id))
    return dict(rows.mappings().one())


async def _accepted(tx: Transaction, now: datetime, claimed: Claimed, provider_id: str) -> None:
    await deliveries.accepted(tx, now, claimed.lease_until, {claimed.id: provider_id})


async def _claimed(tx: Transaction, at: datetime = NOW) -> Claimed:
    [claimed] = await claiming.claim(tx, at, LEASE)
    return claimed


async def _home(tx: Transaction) -> tuple[Address, Address]:
    """A member's chat and number."""
    member = await town.newcomer(tx, "周远", await units.found(tx, NOW, "支部"))
    chat = await town.chat_of(tx, member)
    number = await addresses.add(tx, NOW, member, "sms", "+8613900139001", verified=True)
    return chat, await addresses.by_id(tx, number)


async def test_the_letter_that_is_claimed_is_the_letter_that_was_promised(database: Database) -> None:
    letter = Letter(
        "长信",
        "短信",
        choices=QUESTION.choices,
        document=Attachment("册.csv", "text/csv", b"\x00a"),
        menu=(("help", "求助"),),
    )
    async with database.writing() as tx:
        await answers.promise(tx, NOW, HERE, letter, "1", {"id": "9"})
        claimed = await _claimed(tx)
    assert (claimed.channel, claimed.recipient, claimed.kind, claimed.attempts) == (
        "telegram",
        "70001",
        "reply",
        1,
    )
    said = dict(claimed.letter)
    assert [[label for label, _ in row] for row in said.pop("buttons")] == [["平安"], ["求助"]]
    assert said == {
        "chat": "长信",
        "sms": "短信",
        "chosen_by": "number",
        "document": {"name": "册.csv", "mime": "text/csv", "content": "AGE="},
        "menu": [["help", "求助"]],
        "press": {"id": "9"},
    }


async def test_the_same_promise_is_made_once(database: Database) -> None:
    async with database.writing() as tx:
        await _promise(tx, "1")
        assert await outbox.promise(tx, NOW, HERE, Letter("另一封"), "notice", "1") is None
    async with database.writing() as tx:
        assert len(await claiming.claim(tx, NOW, LEASE)) == 1


async def test_answers_go_first_then_notices_then_reminders_then_lessons(database: Database) -> None:
    kinds: list[Kind] = ["lesson", "reminder", "notice", "reply"]
    async with database.writing() as tx:
        for kind in kinds:
            await _promise(tx, kind, kind)
        [first] = await claiming.claim(tx, NOW, LEASE, limit=1)
        rest = await claiming.claim(tx, NOW, LEASE)
    assert first.kind == "reply"
    assert {claimed.kind for claimed in rest} == {"notice", "reminder", "lesson"}


async def test_the_lease_is_in_the_database_before_anything_is_sent(database: Database) -> None:
    async with database.writing() as tx:
        made = await _promise(tx, "1")
    async with database.writing() as tx:
        await claiming.claim(tx, NOW, LEASE)
    async with database.reading() as tx:
        row = await _row(tx, made)
    assert (row["state"], row["lease_until"], row["attempts"]) == ("sending", NOW + LEASE, 1)


async def test_what_is_leased_is_left_alone_until_the_lease_runs_out(database: Database) -> None:
    async with database.writing() as tx:
        await _promise(tx, "1")
        first = await _claimed(tx)
        assert await claiming.claim(tx, NOW + LEASE - SECOND, LEASE) == []
        again = await _claimed(tx, NOW + LEASE)
    assert (again.id, again.attempts) == (first.id, 2)


async def test_two_claimers_at_once_never_get_the_same_promise(database: Database) -> None:
    async with database.writing() as tx:
        for n in range(40):
            await _promise(tx, str(n))

    async def claimer() -> list[str]:
        taken: list[str] = []
        for _ in range(6):
            async with database.writing() as tx:
                taken += [claimed.id for claimed in await claiming.claim(tx, NOW, LEASE, limit=5)]
                await asyncio.sleep(0.001)
        return taken

    taken = [one for batch in await asyncio.gather(claimer(), claimer(), claimer()) for one in batch]
    assert len(taken) == len(set(taken)) == 40


async def test_nothing_is_sent_before_its_time(database: Database) -> None:
    later = NOW + timedelta(hours=1)
    async with database.writing() as tx:
        await _promise(tx, "1")
        await deliveries.retry(tx, await _claimed(tx), "busy", later)
        assert await deliveries.next_due(tx) == later
        assert await claiming.claim(tx, later - SECOND, LEASE) == []
        assert (await _claimed(tx, later)).attempts == 2
        assert await deliveries.next_due(tx) is None


async def test_who_lost_the_lease_settles_nothing_any_more(database: Database) -> None:
    """A slow first attempt must not call back, fail or repeat what the second one has sent."""
    async with database.writing() as tx:
        chat, number = await _home(tx)
        made = await outbox.promise(tx, NOW, outbox.to(chat), QUESTION, "notice", "1")
        assert made
        slow = await _claimed(tx)
        quick = await _claimed(tx, NOW + LEASE)
        await _accepted(tx, NOW + LEASE, quick, "provider-2")
        await deliveries.retry(tx, slow, "busy", NOW)
        await deliveries.failed(tx, NOW, slow, "refused")
        await deliveries.unknown(tx, NOW, slow, "timeout")
        await deliveries.send_elsewhere(tx, NOW, slow, number)
        row = await _row(tx, made)
        assert (row["state"], row["provider_id"], row["channel"]) == ("accepted", "provider-2", "telegram")
        assert await answering.last_asked(tx, NOW, tx.vault.blind("telegram", chat.value))


async def test_a_receipt_settles_what_nobody_knew_the_end_of(database: Database) -> None:
    async with database.writing() as tx:
        made = await _promise(tx, "1")
        await deliveries.unknown(tx, NOW, await _claimed(tx), "timeout")
        assert await claiming.claim(tx, NOW + 9 * LEASE, LEASE) == [], "nobody sends it again unasked"
        assert await deliveries.receipt(tx, NOW, made, delivered=True, reason="")
        assert await _state(tx, made) == "delivered"


async def test_a_receipt_that_says_failed_says_why(database: Database) -> None:
    async with database.writing() as tx:
        made = await _promise(tx, "1")
        await _accepted(tx, NOW, await _claimed(tx), "provider-1")
        assert await deliveries.receipt(tx, NOW, made, delivered=False, reason="switched_off")
        row = await _row(tx, made)
        assert (row["state"], row["reason"], row["settled_at"]) == ("failed", "switched_off", NOW)


async def test_a_receipt_of_a_failed_attempt_leaves_the_next_one_waiting(database: Database) -> None:
    async with database.writing() as tx:
        made = await _promise(tx, "1")
        await deliveries.retry(tx, await _claimed(tx), "busy", NOW + LEASE)
        assert not await deliveries.receipt(tx, NOW, made, delivered=False, reason="expired")
        assert await _state(tx, made) == "pending"
        assert await deliveries.receipt(tx, NOW, made, delivered=True, reason="")


async def test_a_late_receipt_of_something_settled_changes_nothing(database: Database) -> None:
    async with database.writing() as tx:
        made = await _promise(tx, "1")
        await _accepted(tx, NOW, await _claimed(tx), "provider-1")
        await deliveries.receipt(tx, NOW, made, delivered=True, reason="")
        settled = await _row(tx, made)
        for delivered in (True, False):
            assert not await deliveries.receipt(tx, NOW + LEASE, made, delivered, "expired")
        assert await _row(tx, made) == settled
        assert not await deliveries.receipt(tx, NOW, "somebody else's", delivered=True, reason="")


async def test_a_receipt_faster_than_the_answer_to_our_request_stands(database: Database) -> None:
    async with database.writing() as tx:
        made = await _promise(tx, "1")
        claimed = await _claimed(tx)
        assert await deliveries.receipt(tx, NOW, made, delivered=True, reason="")
        await _accepted(tx, NOW + SECOND, claimed, "provider-1")
        row = await _row(tx, made)
        assert (row["state"], row["sent_at"]) == ("delivered", NOW)
        assert await claiming.claim(tx, NOW + 9 * LEASE, LEASE) == []


async def test_a_letter_sent_elsewhere_takes_its_answers_along(database: Database) -> None:
    async with database.writing() as tx:
        chat, number = await _home(tx)
        made = await outbox.promise(tx, NOW, outbox.to(chat), QUESTION, "notice", "1")
        assert made
        await deliveries.send_elsewhere(tx, NOW, await _claimed(tx), number)
        moved = await _claimed(tx)
        assert (moved.channel, moved.recipient, moved.attempts) == ("sms", "+8613900139001", 1)
        goes_to = select(outbox.outbox.c.address_id).where(outbox.outbox.c.id == made)
        assert (await tx.conn.execute(goes_to)).scalar_one() == number.id
        assert await answering.last_asked(tx, NOW, tx.vault.blind("telegram", chat.value)) is None
        offered = await answering.last_asked(tx, NOW, tx.vault.blind("sms", number.value))
    assert offered
    assert [(one.n, one.act, one.person_id) for one in offered.offered] == [
        (1, SAFE, number.person_id),
        (2, HELP, number.person_id),
    ]


async def test_a_number_sent_back_answers_the_last_question_and_for_one_day(database: Database) -> None:
    day = timedelta(days=1)
    async with database.writing() as tx:
        blind = tx.vault.blind("telegram", "70001")
        assert await answering.last_asked(tx, NOW, blind) is None
        await _promise(tx, "1")
        last = Letter("要听课吗", choices=((Choice("要", Act(intent="lesson")),),))
        await outbox.promise(tx, NOW + SECOND, HERE, last, "notice", "2")
        asked = await answering.last_asked(tx, NOW + day, blind)
        assert asked and asked.is_open
        assert [one.act.intent for one in asked.offered] == ["lesson"]
        asked = await answering.last_asked(tx, NOW + SECOND + day, blind)
        assert asked and not asked.is_open


async def test_the_last_question_is_the_one_written_last_whatever_the_clock_says(database: Database) -> None:
    """The clock steps back a minute, and the program starts anew: its ids begin again too."""
    async with database.writing() as tx:
        await _promise(tx, "1")
    async with database.writing() as tx:
        after_a_restart = replace(tx, mint=IdMint())
        last = Letter("要听课吗", choices=((Choice("要", Act(intent="lesson")),),))
        await outbox.promise(after_a_restart, NOW - timedelta(minutes=1), HERE, last, "notice", "2")
        asked = await answering.last_asked(tx, NOW, tx.vault.blind("telegram", "70001"))
    assert asked
    assert [one.act.intent for one in asked.offered] == ["lesson"]


async def test_a_button_works_for_a_month_and_only_where_it_was_shown(database: Database) -> None:
    month = timedelta(days=30)
    async with database.writing() as tx:
        await _promise(tx, "1")
        [[_, [_, token]], blind] = (
            [row[0] for row in (await _claimed(tx)).letter["buttons"]],
            tx.vault.blind("telegram", "70001"),
        )
        pressed = await answering.pressed(tx, NOW + month - SECOND, blind, token)
        assert pressed
        assert (pressed.act, pressed.n) == (HELP, 2)
        assert await answering.pressed(tx, NOW + month, blind, token) is None
        assert await answering.pressed(tx, NOW, tx.vault.blind("telegram", "70002"), token) is None
        assert await answering.pressed(tx, NOW, blind, "made-up") is None
        assert list((await answering.beside(tx, NOW, blind, token)).values()) == [SAFE, HELP]
        assert await answering.beside(tx, NOW + month, blind, token) == {}
        assert await answering.beside(tx, NOW, tx.vault.blind("telegram", "70002"), token) == {}


async def test_whoever_has_no_door_is_seen_among_the_failed(database: Database) -> None:
    async with database.writing() as tx:
        person = await people.add(tx, NOW, "周远")
        await addresses.add(tx, NOW, person, "sms", "+8613900139001")
        assert not await post.tell(tx, NOW, person, QUESTION, "lesson", "1", "the lesson")
        assert await deliveries.tally(tx) == {"failed": 1}
        assert await claiming.claim(tx, NOW, LEASE) == []


async def test_a_letter_goes_to_the_chat_then_to_the_number_then_nowhere(database: Database) -> None:
    async with database.writing() as tx:
        chat, number = await _home(tx)
        doors = [await post.best_door(tx, chat.person_id)]
        await addresses.suspend(tx, NOW, chat.id, "blocked")
        doors.append(await post.best_door(tx, chat.person_id))
        doors.append(await post.best_door(tx, chat.person_id, but_not=number.id))
        await addresses.revive(tx, chat.id)
        doors.append(await post.best_door(tx, chat.person_id))
        await addresses.end(tx, NOW, chat.id)
        doors.append(await post.best_door(tx, chat.person_id))
    assert [door and door.id for door in doors] == [chat.id, number.id, None, chat.id, number.id]
