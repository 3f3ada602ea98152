"""A group chat: others read along, so nothing personal is ever said there."""

from __future__ import annotations

import pytest

from tests.conversations.town import Town
from tests.conversations.ways_in import contacts_of


async def told_in_group(town: Town, words: str, who: str = "member") -> list[str]:
    """What the bot says in a group of member, liaison and secretary after these words."""
    there = [person.phone.id for person in (town.member, town.liaison, town.secretary)]
    group = town.world.add_group("柳湾老乡", there)
    town.world.type_in_group(group.id, town.people[who].phone.id, words)
    await town.settles()
    return [m.text for m in town.world.group_chat(group.id) if m.from_bot]


@pytest.mark.parametrize("command", ["/checkin", "/me", "/silent", "/start abc", "/move"])
@pytest.mark.parametrize("who", ["member", "liaison"])
async def test_a_command_gets_only_the_way_to_a_private_chat(town: Town, command: str, who: str) -> None:
    said = await told_in_group(town, command, who)
    assert len(said) == 1 and "私下" in said[0] and "https://t.me/" in said[0]
    for name in ("石远", "孟联", "柳湾"):
        assert name not in said[0]
    assert await town.people[who].reads("chat") == ""


async def test_a_check_in_there_is_told_that_it_does_not_count(town: Town) -> None:
    said = await told_in_group(town, "签到")
    assert len(said) == 1 and "不算数" in said[0]
    assert await contacts_of(town, town.member) == []


@pytest.mark.parametrize("talk", ["大家好", "我搬到昆山了", "失联 上海", "救命这题太难了"])
async def test_all_other_talk_is_none_of_ours(town: Town, talk: str) -> None:
    assert await told_in_group(town, talk) == []
    assert await contacts_of(town, town.member) == []
