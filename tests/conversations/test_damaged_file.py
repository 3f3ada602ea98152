"""A disk fault in one person's row costs that one field, never the branch's reminders or lists."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage.key_check import check_key
from storage.vault import DAMAGED
from tests.conversations.office import heard
from tests.conversations.town import Speaker, Town

WHERE = {
    "name": "UPDATE people SET name = :broken WHERE id = :id",
    "address": "UPDATE members SET address = :broken WHERE person_id = :id",
    "question": "UPDATE choices SET act = :broken WHERE person_id = :id",
    "dialogue": "UPDATE dialogues SET awaits = :broken WHERE person_id = :id",
    "number": "UPDATE addresses SET value = :broken WHERE person_id = :id AND channel = 'sms'",
}


async def breaks(town: Town, member: Speaker, field: str) -> None:
    async with town.writing() as tx:
        broken = tx.seal("江苏省昆山市", "another row", "members.address")
        await tx.conn.execute(text(WHERE[field]), {"broken": broken, "id": member.id})


@pytest.mark.parametrize("field", ("name", "address", "number"))
async def test_the_others_are_reminded_and_listed(town: Town, field: str) -> None:
    await breaks(town, town.member, field)
    await heard(town, town.member, 29)
    await heard(town, town.old, 29)
    await town.passes(days=2)
    assert "签到" in await town.old.reads("sms")
    assert "签到" in await town.member.reads("chat")
    await town.passes(days=10)
    assert "欧阳山" in await town.secretary.says("失联")


async def test_a_damaged_name_is_seen_to_be_damaged(town: Town) -> None:
    await breaks(town, town.member, "name")
    await heard(town, town.member, 60)
    assert DAMAGED in await town.secretary.says("失联")


async def test_the_member_still_checks_in_and_writes_over_it(town: Town) -> None:
    await breaks(town, town.member, "address")
    assert "知道您平安" in await town.member.says("签到")
    await town.member.says("搬到苏州工业园区星湖街1号了")
    assert "记下了" in await town.member.presses("对")
    assert "星湖街" in (await town.member.file()).address


async def test_nothing_is_sent_to_a_number_that_cannot_be_read(town: Town) -> None:
    await breaks(town, town.old, "number")
    await heard(town, town.old, 31)
    await town.passes(days=2)
    assert await town.old.reads("sms") == ""


async def test_a_question_that_cannot_be_read_is_over(town: Town) -> None:
    await town.member.says("搬到苏州工业园区星湖街1号了")
    await breaks(town, town.member, "question")
    assert "过期" in await town.member.presses("对")
    await town.member.says("DZ")
    await breaks(town, town.member, "dialogue")
    assert "记下了" not in await town.member.says("苏州工业园区星湖街1号")


async def test_one_damaged_name_keeps_nobody_from_starting(town: Town) -> None:
    await breaks(town, town.secretary, "name")
    async with town.writing() as tx:
        await check_key(tx)
