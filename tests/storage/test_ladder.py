"""The ladder works set by set: whoever has the lesson costs nothing, nobody is lost or doubled. (S6)"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlalchemy import event, select, update

from schedules.climb_ladder import climb_ladder
from schedules.run_campaigns import run_campaigns
from storage import addresses, campaigns, members, people, suspects, units
from storage.addresses import addresses as all_addresses
from storage.database import Database, Transaction
from storage.outbox import outbox
from storage.recipients import recipients
from storage.tasks import tasks
from tests.storage.town import NOW

A_DAY = timedelta(days=1)
MANY = 60


async def a_lesson(tx: Transaction, n: int = MANY) -> str:
    """To so many, each with a chat and a number, all fed."""
    unit = await units.found(tx, NOW, "湖熟支部", place_code="320115")
    for i in range(n):
        person = await people.add(tx, NOW, f"周{i}")
        await members.enrol(tx, NOW, person, unit)
        await people.has_joined(tx, person, NOW)
        await addresses.add(tx, NOW, person, "telegram", str(7_000_000 + i), verified=True)
        await addresses.add(tx, NOW, person, "sms", f"+86139000{i:05}", verified=True)
    campaign = await campaigns.plan_for_unit(tx, NOW, unit.id, "stop-fraud", NOW)
    assert campaign
    while await run_campaigns(tx, NOW):
        pass
    return campaign.id


async def letters_are(tx: Transaction, state: str, channel: str, reason: str | None = None) -> None:
    theirs = (outbox.c.channel == channel) & (outbox.c.state != "failed")
    await tx.conn.execute(update(outbox).where(theirs).values(state=state, reason=reason, sent_at=NOW))


async def climbs(tx: Transaction, after: timedelta, gives_receipts: bool = True) -> int:
    done = 0
    while more := await climb_ladder(tx, NOW + after, gives_receipts):
        done += more
    return done


async def steps(tx: Transaction) -> Counter[str]:
    return Counter((await tx.conn.execute(select(recipients.c.step))).scalars())


async def doors(tx: Transaction) -> Counter[tuple[str, str]]:
    rows = await tx.conn.execute(select(outbox.c.channel, outbox.c.state))
    return Counter((row[0], row[1]) for row in rows)


async def test_what_arrived_is_done_in_a_few_statements_however_many_they_are(database: Database) -> None:
    async with database.writing() as tx:
        await a_lesson(tx)
        await letters_are(tx, "accepted", "telegram")
        said: list[str] = []
        sync = tx.conn.sync_connection
        event.listen(sync, "before_cursor_execute", lambda *told: said.append(told[2]))
        assert await climbs(tx, timedelta(hours=3)) == MANY
        assert len(said) < 20
        assert await steps(tx) == {"letter": MANY} and not (await tx.conn.execute(select(tasks.c.id))).all()
        assert await climbs(tx, timedelta(days=9)) == 0


async def test_from_the_chat_to_the_number_to_a_voice_each_once(database: Database) -> None:
    async with database.writing() as tx:
        await a_lesson(tx)
        assert await climbs(tx, timedelta(hours=1)) == 0
        assert await climbs(tx, timedelta(hours=2)) == MANY
        assert await doors(tx) == {("telegram", "failed"): MANY, ("sms", "pending"): MANY}
        await letters_are(tx, "accepted", "sms")
        await climbs(tx, timedelta(hours=27))
        assert await steps(tx) == {"voice": MANY}
        assert len((await tx.conn.execute(select(tasks.c.id))).all()) == MANY
        assert await climbs(tx, timedelta(days=9)) == 0
        assert sum((await doors(tx)).values()) == 2 * MANY


async def test_where_the_company_gives_no_receipts_what_was_taken_counts_as_arrived(
    database: Database,
) -> None:
    async with database.writing() as tx:
        await a_lesson(tx)
        await climbs(tx, timedelta(hours=2))
        await letters_are(tx, "accepted", "sms")
        await climbs(tx, timedelta(hours=27), gives_receipts=False)
        assert await steps(tx) == {"letter": MANY}


async def test_only_those_without_another_door_wait_for_the_chat(database: Database) -> None:
    """Somebody else's number, or somebody else's letter, is no door of theirs."""
    async with database.writing() as tx:
        await a_lesson(tx)
        first = (await tx.conn.execute(select(recipients.c.person_id).limit(1))).scalar_one()
        theirs = (all_addresses.c.person_id == first) & (all_addresses.c.channel == "sms")
        await tx.conn.execute(update(all_addresses).where(theirs).values(ended_at=NOW))
        await climbs(tx, timedelta(hours=2))
        assert await doors(tx) == {
            ("telegram", "failed"): MANY - 1,
            ("telegram", "pending"): 1,
            ("sms", "pending"): MANY - 1,
        }
        await climbs(tx, timedelta(hours=25))
        told = (await tx.conn.execute(select(tasks.c.member_id, tasks.c.cause))).all()
        assert [tuple(one) for one in told][:1] == [(first, "took_too_long")]


async def test_what_came_too_late_is_left_out(database: Database) -> None:
    async with database.writing() as tx:
        campaign = await a_lesson(tx)
        of_it = campaigns.campaigns.c.id == campaign
        await tx.conn.execute(
            update(campaigns.campaigns).where(of_it).values(expires_at=NOW + timedelta(hours=1))
        )
        await climbs(tx, timedelta(hours=3))
        assert await steps(tx) == {"left_out": MANY}
        assert set((await tx.conn.execute(select(recipients.c.why))).scalars()) == {"expired"}


async def test_a_number_that_had_the_lesson_before_gets_this_one_too(database: Database) -> None:
    """A door counts as tried for the campaign that tried it, and for no other."""
    async with database.writing() as tx:
        await a_lesson(tx, 3)
        await climbs(tx, timedelta(hours=2))
        unit = (await units.everyone(tx))[0]
        later = NOW + timedelta(hours=3)
        assert await campaigns.plan_for_unit(tx, later, unit.id, "stop-fraud", later)
        while await run_campaigns(tx, later):
            pass
        await climbs(tx, timedelta(hours=6))
        assert await doors(tx) == {("telegram", "failed"): 6, ("sms", "pending"): 6}


async def test_two_letters_of_one_wave_are_one_failure(database: Database) -> None:
    async with database.writing() as tx:
        await a_lesson(tx, 1)
        query = select(all_addresses).where(all_addresses.c.channel == "sms")
        number = (await tx.conn.execute(query)).one().id

        async def is_suspect_after(letter: str, after: timedelta) -> bool:
            await suspects.failed_for_good(tx, NOW + after, number, letter, "no_such_number:MK:0001")
            return (await tx.conn.execute(query)).one().suspect_at is not None

        assert not await is_suspect_after("first", timedelta())
        assert not await is_suspect_after("second", timedelta(hours=11))
        assert not await is_suspect_after("first", A_DAY), "the same letter is no second witness"
        assert await is_suspect_after("third", A_DAY)
