"""没事了 after a cry for help reaches whoever was told of it."""

from __future__ import annotations

import pytest

from tests.conversations.office import heard
from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
@pytest.mark.parametrize("words", ["没事了", "按错了", "解决了", "不好意思，按错了", "现在没事了"])
async def test_whoever_was_told_is_told_that_it_is_over(town: Town, words: str, by: Door) -> None:
    await town.member.says("救命", by=by)
    await town.liaison.reads()
    await town.secretary.reads()
    await town.passes(hours=3)
    assert "已告诉联系人" in await town.member.says(words, by=by)
    assert "石远（柳湾村党支部）说：刚才的求助没事了" in await town.liaison.reads()
    assert "刚才的求助没事了" in await town.secretary.reads()


async def test_what_the_secretary_never_heard_of_is_not_called_off_there(town: Town) -> None:
    await town.member.says("工资没发")
    await town.member.says("解决了")
    assert "没事了" in await town.liaison.reads()
    assert "没事了" not in await town.secretary.reads()


async def test_it_is_told_once_and_only_after_a_cry(town: Town) -> None:
    assert "已告诉" not in await town.member.says("没事了")
    await town.member.says("救命")
    assert "已告诉" in await town.member.says("没事了")
    await town.liaison.reads()
    assert "已告诉" not in await town.member.says("没事了")
    await town.member.says("救命")
    await town.passes(hours=25)
    assert "已告诉" not in await town.member.says("没事了")
    assert "刚才的求助没事了" not in await town.liaison.reads()


async def test_a_place_named_after_a_side_remark_answers_the_open_question(town: Town) -> None:
    await town.old.says("搬到朝阳区", by="sms")
    assert "12333" in await town.old.says("工资没发", by="sms")
    assert "北京市朝阳区" in await town.old.says("北京", by="sms")
    await town.old.says("1", by="sms")
    assert (await town.old.file()).place_code == "110105"


async def test_whoever_is_home_is_called_so_and_can_go_out_again(town: Town) -> None:
    await heard(town, town.member, 1)
    await town.member.says("我回来了")
    await town.member.presses("对，回来了")
    assert "已返乡" in (card := await town.liaison.says("找 石远"))
    assert "按时联系" not in card
    assert "江苏省无锡市" in await town.member.says("我又出来打工了，在无锡")
    await town.member.presses("对")
    assert "已返乡" not in await town.liaison.says("找 石远")
