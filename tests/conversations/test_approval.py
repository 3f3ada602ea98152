"""同意 and 退回: to many, or with a link, a second person agrees; nobody agrees to what they wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest

from content.act import Act
from content.letter import Choice, Letter
from handlers.campaign import drafted
from storage import campaign_life, campaigns, drafts, post, units
from tests.conversations.town import Town

WORDS = "明天上午停水。"
LINK = "请看 https://example.cn/a 报名。"


@pytest.fixture
def settings_file() -> str:
    return "approval_above = 1\n"


async def above(
    town: Town, handle: str = "above", name: str = "钱委", number: str = "+8613900000018"
) -> None:
    await town.moves_in(handle, name, number, on_roster=False, unit=town.committee, role="committee")


async def above_by_sms(town: Town) -> None:
    await town.moves_in(
        "above",
        "钱委",
        "+8613900000018",
        smartphone=False,
        on_roster=False,
        unit=town.committee,
        role="committee",
    )


async def asks(town: Town, words: str = WORDS) -> str:
    await town.secretary.says(f"发通知 {words}")
    return await town.secretary.presses("确认")


async def test_a_second_person_agrees_and_it_goes_out(town: Town) -> None:
    await above(town)
    assert "超过 1 人，要另一位书记或党委同意后才发。" in await town.secretary.says(f"发通知 {WORDS}")
    assert "已经送去请人同意" in await town.secretary.presses("确认")
    await town.passes(hours=1)
    assert await town.member.reads() == ""
    letter = await town.above.reads()
    assert "祝文书请您看一看，同意了才发" in letter and WORDS in letter and "发给 2 人" in letter
    assert "您同意了" in await town.above.presses("同意")
    assert "钱委同意了，现在发通知" in await town.secretary.reads()
    await town.ticks()
    assert WORDS in await town.member.reads()


async def test_it_is_sent_back_with_a_reason_and_changed(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.above.reads()
    assert "为什么退回" in await town.above.presses("退回")
    assert "退回了" in await town.above.says("写明几点到几点")
    assert "钱委退回了通知：写明几点到几点" in await town.secretary.reads()
    assert await town.member.reads() == ""
    await town.secretary.presses("改一改")
    await town.secretary.presses("改文字")
    await town.secretary.says("明天8点到11点停水。")
    await town.secretary.presses("确认")
    await town.above.reads()
    await town.above.presses("同意")
    await town.ticks()
    assert "明天8点到11点停水。" in await town.member.reads()


async def test_by_sms(town: Town) -> None:
    await above_by_sms(town)
    await town.secretary.says(f"发通知 {WORDS}", by="sms")
    assert "已送去请人同意" in await town.secretary.says("1", by="sms")
    assert f"祝**请您同意发通知给2人：{WORDS}" in await town.above.reads("sms")
    assert "您同意了" in await town.above.says("1", by="sms")
    await town.ticks()
    assert WORDS in await town.old.reads("sms")


async def test_a_link_is_looked_at_by_somebody_however_few_they_are(town: Town) -> None:
    await above(town)
    await town.secretary.says(f"发通知 {LINK}")
    assert "话里有网址，要另一位" in await town.secretary.says("只发石远")
    await town.secretary.presses("确认")
    assert "example.cn" in await town.above.reads()


async def test_where_nobody_else_may_agree_it_says_whom_to_ask(town: Town) -> None:
    assert "没有别人能同意。请上级党委来发，或请管理员" in await asks(town)
    await town.passes(days=1)
    assert await town.member.reads() == ""


async def test_one_of_another_branch_may_not_agree(town: Town) -> None:
    async with town.writing() as tx:
        east = await units.found(tx, town.clock.now(), "东山村党支部", "branch", town.committee)
    await town.moves_in("east", "魏书", "+8613900000019", on_roster=False, unit=east, role="secretary")
    assert "没有别人能同意" in await asks(town)
    assert await town.east.reads() == ""


async def test_nobody_agrees_to_what_they_wrote(town: Town) -> None:
    """A committee member writes to two branches: it goes to the other one of the committee."""
    async with town.writing() as tx:
        east = await units.found(tx, town.clock.now(), "东山村党支部", "branch", town.committee)
    await town.moves_in("east", "谈七", "+8613900000017", unit=east)
    await above(town)
    await above(town, "other", "孙委", "+8613900000019")
    await town.above.says(f"发通知 {WORDS}")
    await town.above.presses("确认")
    assert "同意" not in await town.above.reads()
    assert "钱委请您看一看" in await town.other.reads()


async def test_of_two_at_once_one_agrees_and_it_goes_out_once(town: Town) -> None:
    await above(town)
    await above(town, "other", "孙委", "+8613900000019")
    await asks(town)
    for who in (town.above, town.other):
        await who.reads()
        message, row, column = who._button("同意")
        town.world.press(who.phone.id, message.id, row, column)
    said = await town.above.reads() + await town.other.reads()
    assert said.count("您同意了") == 1 and said.count("已经有人同意了") == 1
    await town.ticks()
    assert (await town.member.reads()).count(WORDS) == 1


async def test_agreed_to_after_it_was_taken_back_or_dropped(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.above.reads()
    assert "撤回了" in await town.secretary.presses("撤回")
    assert "已经退回或撤回" in await town.above.presses("同意")
    await town.secretary.presses("改一改")
    await town.secretary.presses("取消")
    await town.ticks()
    assert await town.member.reads() == ""


async def test_agreed_to_after_it_was_called_off(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.above.reads()
    async with town.writing() as tx:
        [waiting] = await campaigns.made_by(tx, town.secretary.id)
        await campaign_life.cancel(tx, town.clock.now(), waiting)
    assert "已经取消" in await town.above.presses("同意")
    await town.ticks()
    assert await town.member.reads() == ""


async def test_what_was_changed_since_is_shown_again_before_a_yes_counts(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.above.reads()
    old = town.above._button("同意")
    await town.secretary.presses("撤回")
    await town.secretary.presses("改一改")
    await town.secretary.says("发通知 后天停水。")
    await town.secretary.presses("确认")
    await town.above.reads()
    message, row, column = old
    town.world.press(town.above.phone.id, message.id, row, column)
    assert "已经退回或撤回" in await town.above.reads()


async def test_at_its_time(town: Town) -> None:
    await above(town)
    await town.secretary.says(f"发通知 {WORDS}")
    await town.secretary.says("明天 19:30")
    await town.secretary.presses("确认")
    await town.above.reads()
    await town.above.presses("同意")
    assert "11月3日 19:30发通知" in (await town.secretary.reads()).replace("30 发", "30发")
    await town.passes(hours=33)
    assert await town.member.reads() == ""
    await town.passes(hours=1)
    assert WORDS in await town.member.reads()


async def test_agreed_to_too_late_another_time_is_asked_for_and_no_second_yes(town: Town) -> None:
    await above(town)
    await town.secretary.says(f"发通知 {WORDS}")
    await town.secretary.says("下午3点")
    await town.secretary.presses("确认")
    await town.above.reads()
    town.clock.wind(timedelta(hours=5, minutes=59))
    town.clock.wind(timedelta(minutes=2))
    assert "重新定时间" in await town.above.presses("同意")
    assert "定的时间已经过了" in await town.secretary.reads()
    await town.secretary.presses("19:30")
    assert "排好了" in await town.secretary.presses("确认")


async def test_waiting_for_too_long_it_is_asked_for_another_time(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.passes(hours=23)
    assert "没有人同意" not in await town.secretary.reads()
    await town.passes(hours=2)
    assert "还没有人同意，所以没有发" in await town.secretary.reads()
    assert "什么时候发" in await town.secretary.presses("重新定时间")


async def test_what_waits_is_found_again_and_taken_back(town: Town) -> None:
    await above(town)
    await asks(town)
    assert "通知正等人同意，没有改" in await town.secretary.says("只发石远")
    await town.secretary.says("草稿")
    await town.secretary.presses("（等人同意）")
    assert "撤回了" in await town.secretary.presses("撤回")


async def test_sent_back_by_sms(town: Town) -> None:
    await above_by_sms(town)
    await asks(town)
    await town.above.reads("sms")
    assert "为什么退回" in await town.above.says("2", by="sms")
    await town.above.says("时间不对", by="sms")
    assert "钱委退回了通知：时间不对" in await town.secretary.reads()


async def test_a_yes_of_ones_own_is_none_even_where_it_is_offered(town: Town) -> None:
    await above(town)
    await asks(town)
    async with town.writing() as tx:
        [waiting] = await drafts.unfinished(tx, town.secretary.id, states=("waiting",))
        about = {"campaign": waiting.id, "seen": drafted.version(waiting)}
        offered = Choice("我自己同意", Act(intent="approve_campaign", about=about))
        letter = Letter("请同意", choices=((offered,),))
        await post.tell(tx, town.clock.now(), town.secretary.id, letter, "notice", "by_mistake")
    await town.ticks()
    assert "要请别人同意" in await town.secretary.presses("我自己同意")
    await town.ticks()
    assert await town.member.reads() == ""


async def test_a_liaison_of_the_branch_may_not_agree(town: Town) -> None:
    await above(town)
    await asks(town)
    assert await town.liaison.reads() == ""


async def test_by_sms_all_of_it_can_be_read(town: Town) -> None:
    await above_by_sms(town)
    town.on_roster.remove("old")  # The notice itself is long.
    await asks(town, "明天上午停水，请备水。" * 8 + "完。")
    assert "…" in await town.above.reads("sms")
    read = await town.above.presses("看全文", by="sms")
    read += await town.above.presses("下一段", by="sms")
    assert "完。" in read
    assert "您同意了" in await town.above.presses("同意", by="sms")
