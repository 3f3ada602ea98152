"""A campaign while it is made: each step is taken once, and a yes is for these words and these people."""

from __future__ import annotations

from datetime import timedelta

from content.rules.audience import Audience
from storage import audience, drafts, people, units
from storage.campaigns import Order
from storage.database import Database
from storage.viewer import the_programme
from tests.storage import town
from tests.storage.town import NOW


async def test_a_step_is_taken_once(database: Database) -> None:
    async with database.writing() as tx:
        sender = await people.add(tx, NOW, "祝文书")
        draft = await drafts.begin(tx, NOW, sender, Order("notice", words={"zh": "停水"}))
        assert draft.at_once and [one.id for one in await drafts.unfinished(tx, sender)] == [draft.id]
        assert await drafts.step(tx, draft.id, ("draft",), state="waiting")
        assert not await drafts.step(tx, draft.id, ("draft",), state="planned")
        assert not await drafts.write(tx, draft, {"zh": "不停水"})
        found = await drafts.by_id(tx, draft.id)
    assert found and found.state == "waiting" and found.words == {"zh": "停水"}


async def test_other_words_and_other_people_ask_for_another_yes(database: Database) -> None:
    async with database.writing() as tx:
        sender = await people.add(tx, NOW, "祝文书")
        for change in ("words", "people", "time"):
            draft = await drafts.begin(tx, NOW, sender, Order("notice", words={"zh": "停水"}))
            await drafts.step(tx, draft.id, ("draft",), approved_by=sender, approved_at=NOW)
            if change == "words":
                await drafts.write(tx, draft, {"zh": "不停水"})
            elif change == "people":
                await drafts.aim(tx, draft, Audience(places=("32",)))
            else:
                await drafts.time(tx, draft, NOW + timedelta(days=1), at_once=False)
            found = await drafts.by_id(tx, draft.id)
            assert found and found.approved is (change == "time")


async def test_what_waits_for_too_long_is_found(database: Database) -> None:
    async with database.writing() as tx:
        sender = await people.add(tx, NOW, "祝文书")
        at_once = await drafts.begin(tx, NOW, sender, Order("notice", words={"zh": "停水"}))
        timed = await drafts.begin(tx, NOW, sender, Order("notice", words={"zh": "停电"}))
        await drafts.time(tx, timed, NOW, at_once=False)
        for draft in (at_once, timed):
            await drafts.step(tx, draft.id, ("draft",), state="waiting")
        yesterday = NOW - timedelta(days=1)
        assert [one.id for one in await drafts.left_waiting(tx, NOW, yesterday)] == [timed.id]
        assert len(await drafts.left_waiting(tx, NOW, NOW)) == 2


async def test_the_lowest_unit_above_them_all(database: Database) -> None:
    async with database.writing() as tx:
        top = await units.found(tx, NOW, "云溪镇党委", "committee")
        here, there = [await units.found(tx, NOW, name, "branch", top) for name in ("甲", "乙")]
        await town.newcomer(tx, "石远", here)
        everybody = the_programme()
        assert await audience.unit_above_all(tx, everybody, Audience(), NOW) == here.path
        await town.newcomer(tx, "谈七", there)
        assert await audience.unit_above_all(tx, everybody, Audience(), NOW) == top.path
        assert await audience.unit_above_all(tx, everybody, Audience(units=(there.path,)), NOW) == there.path
        assert await audience.unit_above_all(tx, everybody, Audience(only=("nobody",)), NOW) == ""
