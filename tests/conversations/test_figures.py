"""统计: the numbers of those one looks after, as a picture and in one text message. (S32)"""

from __future__ import annotations

import pytest

from bot.sandbox.bot_api.pictures import picture_size
from storage import units
from tests.conversations.office import lives_in, notes
from tests.conversations.town import Speaker, Town


@pytest.mark.parametrize("words", ["统计", "数字", "figures", "/figures", "看一下统计"])
async def test_a_picture_with_the_numbers_beneath(town: Town, words: str) -> None:
    await lives_in(town, town.member, "310117")
    await lives_in(town, town.old, "320506")
    said = await town.secretary.says(words)
    assert "柳湾村党支部：在管 2 人，外出 2 人，在家 0 人" in said
    assert "省外 1，省内外县（市区）0，市内 1，不明 0。" in said
    picture = town.secretary.last_message().picture
    assert picture is not None
    assert picture_size(picture.content)[0] == 720 and (picture.width, picture.height) > (700, 500)


async def test_the_page_to_print_comes_as_a_file(town: Town) -> None:
    await town.secretary.says("统计")
    assert "A4 打印版" in await town.secretary.presses("打印版")
    document = town.secretary.last_message().document
    assert document is not None and picture_size(document.content) == (2480, 3508)


async def test_by_sms_counts_alone(town: Town) -> None:
    await lives_in(town, town.member, "310117")
    said = await town.secretary.says("统计", by="sms")
    assert said == "【联动】外出2人：省外1，省内外县0，市内0，不明1。在家0人。"


async def test_a_liaison_counts_those_entrusted_to_them(town: Town) -> None:
    await town.moves_in("another", "何三", "+8613900000033")
    assert "我联系的党员：在管 2 人" in await town.liaison.says("统计")
    assert "柳湾村党支部：在管 3 人" in await town.secretary.says("统计")


async def test_a_unit_by_its_name_and_none_out_of_sight(town: Town) -> None:
    boss = await _committee(town)
    async with town.writing() as tx:
        other = await units.found(tx, town.clock.now(), "远山村党支部", "branch", town.committee)
    await town.moves_in("there", "何三", "+8613900000033", unit=other)
    assert "云溪镇党委：在管 3 人" in await boss.says("统计")
    assert "远山村党支部：在管 1 人" in await boss.says("统计 远山")
    assert "您问的是哪一个" in await boss.says("统计 村党支部")
    assert "柳湾村党支部：在管 2 人" in await boss.presses("柳湾村党支部")
    assert "没有“远山”" in await town.secretary.says("统计 远山")


async def test_a_unit_of_the_same_name_out_of_sight_is_in_nobodys_way(town: Town) -> None:
    boss = await _committee(town)
    async with town.writing() as tx:
        await units.found(tx, town.clock.now(), "柳湾", "committee")
    assert "柳湾村党支部：在管 2 人" in await boss.says("统计 柳湾")


async def test_a_unit_without_a_home_says_what_to_do(town: Town) -> None:
    async with town.writing() as tx:
        nowhere = await units.found(tx, town.clock.now(), "无定村党支部", "branch")
    boss = await town.moves_in(
        "boss", "钱主任", "+8613900000055", on_roster=False, role="secretary", unit=nowhere
    )
    there = await town.moves_in("there", "何三", "+8613900000033", unit=nowhere)
    await lives_in(town, there, "310117")
    assert "无定村党支部没有写明所在地" in await boss.says("统计")
    async with town.writing() as tx:
        assert await units.settle(tx, nowhere, "320583") == 1
    assert "省外 1" in await boss.says("统计")


async def test_what_a_member_does_is_counted_from_the_day_they_say_it(town: Town) -> None:
    await town.member.says("GZ 某某电子厂质检")
    await town.member.says("对")
    assert "工厂 1" in await town.secretary.says("统计")
    await town.old.says("GZ木工", by="sms")
    await town.old.says("1", by="sms")
    assert "建筑装修 1" in await town.secretary.says("统计")


async def test_who_is_at_home_is_managed_and_not_away(town: Town) -> None:
    await notes(town, town.member, whereabouts="home")
    assert "在管 2 人，外出 1 人，在家 1 人" in await town.secretary.says("统计")


async def test_members_have_no_figures(town: Town) -> None:
    assert "联系人和书记用的" in await town.member.says("/figures")


async def test_in_english(town: Town) -> None:
    await town.secretary.says("English")
    assert "2 members, 2 away" in await town.secretary.says("figures")
    said = await town.secretary.says("/figures", by="sms")
    assert "2 away: 0 out of province" in said


async def _committee(town: Town) -> Speaker:
    return await town.moves_in(
        "boss", "钱主任", "+8613900000055", on_roster=False, role="committee", unit=town.committee
    )
