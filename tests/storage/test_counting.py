"""Counted by the database and counted by hand: the same, on both engines and in every scope. (S2, S5, S32)"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import update

from content.rules.six_clear import POINTS, unclear
from storage import (
    addresses,
    campaign_life,
    campaigns,
    clearness,
    coverage,
    feeding,
    figures,
    members,
    outbox,
    people,
    recipients,
)
from storage.campaigns import Campaign
from storage.database import Database, Transaction
from storage.viewer import Viewer, the_programme
from tests.storage.town import NOW, Town, file_of, officer, settle

TODAY = date(2026, 11, 2)
ALL = the_programme()

DAY = timedelta(days=1)


async def _lives(tx: Transaction, person_id: str, place: str, job: str, since: date | None) -> None:
    file = await file_of(tx, person_id)
    await members.note_texts(tx, file, job=job)
    await members.note_facts(tx, file, place_code=place, out_since=since)


async def test_places_trades_and_lengths_of_a_unit_and_of_all(database: Database) -> None:
    async with database.writing() as tx:
        town = await settle(tx)
        away = town.members
        await _lives(tx, away["c/t/b/"], "310117", "瓦工", TODAY - timedelta(days=10))
        await _lives(tx, away["c/t/b/ 2"], "320583", "木工", date(2026, 5, 2))
        await _lives(tx, away["c/t/b0/"], "320115", "", date(2023, 11, 2))
        await members.note_facts(tx, await file_of(tx, away["c/t/b./"]), whereabouts="home")
        found = await figures.counted(tx, ALL, TODAY, town.units["c/t/b/"])
        assert (found.managed, found.out, found.at_home) == (3, 3, 0)
        assert found.places == {"out_of_province": 1, "other_county": 1, "unknown": 1}
        assert found.trades == {"building": 2, "unknown": 1}
        assert found.lengths == {"under_6_months": 1, "6_to_12_months": 1, "unknown": 1}
        township = await figures.counted(tx, ALL, TODAY, town.units["c/t/"])
        assert (township.managed, township.out, township.at_home) == (5, 4, 1)
        assert township.places["within_city"] == 1 and township.lengths["over_3_years"] == 1
        everybody = await figures.counted(tx, ALL, TODAY)
        assert everybody.managed == len(away)
        for group in (everybody.places, everybody.trades, everybody.lengths):
            assert sum(group.values()) == everybody.out


async def test_nobody_is_counted_who_is_out_of_sight(database: Database) -> None:
    async with database.writing() as tx:
        town = await settle(tx)
        secretary = await officer(tx, town, "书记", "secretary", "c/t/b/")
        viewer = Viewer(secretary, units=("c/t/b/",))
        assert (await figures.counted(tx, viewer, TODAY)).managed == 3
        assert (await figures.counted(tx, viewer, TODAY, town.units["c/t1/"])).managed == 0
        assert (await clearness.gaps(tx, viewer)).out == 3
        assert len(await clearness.lacking(tx, viewer, limit=50)) == 3
        assert await clearness.of_member(tx, viewer, town.members["c/t1/"]) is None


async def test_a_line_of_work_is_kept_with_the_words_it_came_from(database: Database) -> None:
    async with database.writing() as tx:
        town = await settle(tx)
        person = town.members["c/t/b/"]
        for texts, line in (
            ({"employer": "明芽电子厂"}, "factory"),
            ({"job": "厨师"}, "catering"),
            ({"address": "前进路5号"}, "catering"),
            ({"job": ""}, "factory"),
            ({"employer": ""}, "unknown"),
        ):
            await members.note_texts(tx, await file_of(tx, person), **texts)
            found = await figures.counted(tx, Viewer(person), TODAY)
            assert found.trades == {line: 1}, texts


async def test_the_database_asks_the_six_as_the_rule_does(database: Database) -> None:
    async with database.writing() as tx:
        town = await settle(tx)
        ids = list(town.members.values())
        for n, person_id in enumerate(ids):
            file = await file_of(tx, person_id)
            texts = {"reason": "务工", "job": "瓦工", "address": "前进路5号"}
            await members.note_texts(
                tx, file, **{k: v if n >> i & 1 else "" for i, (k, v) in enumerate(texts.items())}
            )
            await members.note_facts(
                tx, file, out_since=TODAY if n & 2 else None, dues_until=TODAY if n & 4 else None
            )
            if n & 1:
                made = await addresses.add(tx, NOW, person_id, "sms", f"+86139001390{n:02}")
                if n & 2:
                    await addresses.suspend(tx, NOW, made, "unknown_number")
        by_hand = {}
        for person_id in ids:
            doors = [one for one in await addresses.of_person(tx, person_id) if one.usable]
            by_hand[person_id] = unclear(await file_of(tx, person_id), bool(doors))
        gaps = await clearness.gaps(tx, ALL)
        assert gaps.out == len(ids) and gaps.unclear == sum(1 for points in by_hand.values() if points)
        for point in POINTS:
            lacking = {one.member.id for one in await clearness.lacking(tx, ALL, point)}
            assert lacking == {person_id for person_id, points in by_hand.items() if point in points}, point
            assert gaps.points[point] == len(lacking)
        for one in await clearness.lacking(tx, ALL):
            assert one.points == by_hand[one.member.id]


async def test_a_page_goes_on_where_the_one_before_ended(database: Database) -> None:
    async with database.writing() as tx:
        await settle(tx)
        first = await clearness.lacking(tx, ALL, limit=4)
        second = await clearness.lacking(tx, ALL, after=first[-1].member.id, limit=50)
        ids = [one.member.id for one in (*first, *second)]
        assert len(ids) == len(set(ids)) == len(await clearness.lacking(tx, ALL, limit=50))


async def _sent(tx: Transaction, town: Town, made_by: str) -> Campaign:
    """To the two of one branch and one of another: answered right, under way, and out of reach."""
    campaign = await campaigns.plan(tx, NOW, made_by, "wages", NOW)
    for n, path in enumerate(("c/t/b/", "c/t/b/ 2", "c/t/b0/")):
        person = town.members[path]
        await recipients.add(tx, campaign.id, person, "Asia/Shanghai")
        if n < 2:
            await addresses.add(tx, NOW, person, "sms", f"+8613900139{n:03}", verified=True)
            await people.has_joined(tx, person, NOW)
    await campaign_life.start(tx, NOW, campaign)
    await feeding.feed(
        tx, NOW, campaign, "Asia/Shanghai", 9, feeding.Patience(timedelta(days=1), timedelta(days=1))
    )
    await tx.conn.execute(
        update(outbox.outbox)
        .where(outbox.outbox.c.person_id == town.members["c/t/b/"])
        .values(state="accepted")
    )
    await recipients.answer(tx, NOW, campaign.id, town.members["c/t/b/"], 2, True)
    return campaign


async def test_how_far_a_lesson_reached_in_all_and_by_branch(database: Database) -> None:
    async with database.writing() as tx:
        town = await settle(tx)
        sender = await people.add(tx, NOW, "书记")
        campaign = await _sent(tx, town, sender)
        whole = await coverage.of_campaign(tx, ALL, campaign.id)
        assert (whole.all, whole.sent, whole.delivered) == (3, 1, 1)
        assert (whole.answered, whole.right, whole.not_yet, whole.failed) == (1, 1, 1, 1)
        branches = dict(await coverage.by_branch(tx, ALL, campaign.id))
        assert [one.all for one in branches.values()] == [2, 1]
        assert (await coverage.of_campaign(tx, ALL, campaign.id, "c/t/b0/")).failed == 1
        waiting = await coverage.not_yet(tx, ALL, campaign.id)
        assert {(member.id, state) for member, state in waiting} == {
            (town.members["c/t/b/ 2"], "pending"),
            (town.members["c/t/b0/"], "handed"),
        }


async def test_a_lesson_is_seen_by_its_sender_and_by_whoever_looks_after_its_readers(
    database: Database,
) -> None:
    async with database.writing() as tx:
        town = await settle(tx)
        sender = await people.add(tx, NOW, "书记")
        campaign = await _sent(tx, town, sender)
        for viewer, sees in (
            (Viewer(sender), True),
            (Viewer("x", units=("c/t/b/",)), True),
            (Viewer("x", units=("c/t1/",)), False),
            (ALL, True),
        ):
            found = [one.id for one in await coverage.in_sight(tx, viewer)]
            assert found == ([campaign.id] if sees else [])
        assert await coverage.in_sight(tx, ALL, "c/t1/") == []
        assert (await coverage.of_campaign(tx, Viewer("x", units=("c/t/b0/",)), campaign.id)).all == 1


async def test_the_same_order_within_a_minute_is_one_order(database: Database) -> None:
    async with database.writing() as tx:
        town = await settle(tx)
        unit = town.units["c/t/"].id

        async def planned(seconds: int, slug: str = "wages") -> bool:
            return bool(await campaigns.plan_for_unit(tx, NOW, unit, slug, NOW + timedelta(seconds=seconds)))

        assert await planned(0)
        assert not await planned(0) and not await planned(59)
        assert await planned(60) and await planned(0, "safety")
        [first] = [one for one in await campaign_life.due(tx, NOW) if one.slug == "wages"]
        assert await campaign_life.cancel(tx, NOW, first) and await planned(0)
