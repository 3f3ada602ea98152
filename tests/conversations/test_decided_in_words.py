"""同意 and 退回 in plain words, 撤回 by whoever asked, and a greeting that is agreed to after its day."""

from __future__ import annotations

import pytest

from tests.conversations.test_approval import WORDS, above, above_by_sms, asks
from tests.conversations.town import Town


@pytest.fixture
def settings_file() -> str:
    return "approval_above = 1\n"


@pytest.mark.parametrize("word", ["同意", "同意发", "批准", "我同意", "可以发"])
async def test_agreed_to_in_a_word_after_something_else_was_asked(town: Town, word: str) -> None:
    await above(town)
    await asks(town)
    await town.above.reads()
    await town.above.says("待办")
    assert "您同意了" in await town.above.says(word)
    await town.ticks()
    assert WORDS in await town.member.reads()


async def test_agreed_to_by_sms_after_something_else_was_asked(town: Town) -> None:
    await above_by_sms(town)
    await asks(town)
    await town.above.reads("sms")
    await town.above.says("回执", by="sms")
    assert "您同意了" in await town.above.says("同意", by="sms")
    await town.ticks()
    assert WORDS in await town.member.reads()


@pytest.mark.parametrize("said", ["退回 写明几点", "退回，写明几点", "不同意，写明几点", "驳回：写明几点"])
async def test_sent_back_with_the_reason_in_one_sentence(town: Town, said: str) -> None:
    await above_by_sms(town)
    await asks(town)
    await town.above.reads("sms")
    await town.above.says("回执", by="sms")
    assert "退回了，原因已经转告" in await town.above.says(said, by="sms")
    assert "钱委退回了通知：写明几点" in await town.secretary.reads()
    await town.ticks()
    assert await town.member.reads() == ""


async def test_sent_back_without_a_reason_it_is_asked_for(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.above.says("待办")
    assert "为什么退回" in await town.above.says("退回")
    await town.above.says("时间不对")
    assert "钱委退回了通知：时间不对" in await town.secretary.reads()


async def test_a_yes_to_the_question_why_is_a_change_of_mind(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.above.reads()
    await town.above.presses("退回")
    assert "您同意了" in await town.above.says("同意")


async def test_of_several_it_is_asked_which(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.passes(minutes=5)
    await asks(town, "后天停电。")
    await town.above.reads()
    await town.above.says("待办")
    assert "同意哪一条" in await town.above.says("同意")
    assert "您同意了" in await town.above.presses("后天停电")
    await town.ticks()
    heard = await town.member.reads()
    assert "后天停电" in heard and WORDS not in heard
    assert "退回了" in await town.above.says("退回 说清楚哪里")
    assert "说清楚哪里" in await town.secretary.reads()


async def test_of_several_by_sms(town: Town) -> None:
    await above_by_sms(town)
    await asks(town)
    await town.passes(minutes=5)
    await asks(town, "后天停电。")
    await town.above.reads("sms")
    await town.above.says("回执", by="sms")
    assert "退回哪一条" in await town.above.says("退回 说清楚", by="sms")
    assert "退回了" in await town.above.presses("通知：后天停电", by="sms")
    assert "退回了通知：说清楚" in await town.secretary.reads()


async def test_what_was_changed_since_and_not_read_is_shown_first(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.above.reads()
    await town.secretary.presses("撤回")
    await town.secretary.presses("改一改")
    await town.secretary.says("发通知 后天停水。")
    await town.secretary.presses("确认")
    said = await town.above.says("同意", by="sms")
    assert "后天停水" in said and "您同意了" not in said
    assert "您同意了" in await town.above.says("同意", by="sms")


async def test_a_yes_where_nothing_waits_is_only_a_yes(town: Town) -> None:
    await above(town)
    assert "同意了" not in await town.above.says("同意")


async def test_a_yes_to_another_question_answers_that_one(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.above.says("发通知 开会。")
    assert "您同意了" not in await town.above.says("同意")


@pytest.mark.parametrize("word", ["撤回", "撤销", "撤回来", "别发了"])
async def test_whoever_asked_takes_it_back_and_the_other_hears_it(town: Town, word: str) -> None:
    await above(town)
    await asks(town)
    await town.above.reads()
    assert "撤回了，还没有发" in await town.secretary.says(word)
    assert "祝文书撤回了请您看的通知，不用再看" in await town.above.reads()
    assert "您同意了" not in await town.above.says("同意")
    await town.ticks()
    assert await town.member.reads() == ""


async def test_by_sms_it_is_taken_back_and_the_other_hears_it(town: Town) -> None:
    await above_by_sms(town)
    await town.secretary.says(f"发通知 {WORDS}", by="sms")
    await town.secretary.says("1", by="sms")
    await town.above.reads("sms")
    assert "撤回了" in await town.secretary.says("撤回", by="sms")
    assert "祝**撤回了请您看的通知，不用再看" in await town.above.reads("sms")


async def test_of_two_that_wait_it_is_asked_which_is_taken_back(town: Town) -> None:
    await above(town)
    await asks(town)
    await town.passes(minutes=5)
    await asks(town, "后天停电。")
    assert "撤回哪一条" in await town.secretary.says("撤回")
    assert "撤回了" in await town.secretary.presses("后天停电")
    assert "您同意了" in await town.above.says("同意")


async def test_a_greeting_agreed_to_after_its_day_does_not_go_out(town: Town) -> None:
    await above(town)
    await town.secretary.says("发祝福 中秋快乐。")
    await town.secretary.presses("确认")
    await town.above.reads()
    await town.passes(hours=23)
    said = await town.above.presses("同意")
    assert "日子已经过了，没有发" in said
    assert "日子已经过了，没有发" in await town.secretary.reads()
    await town.passes(hours=2)
    assert "中秋快乐" not in await town.member.reads()


async def test_by_sms_both_hear_that_its_day_is_over(town: Town) -> None:
    await above_by_sms(town)
    await town.secretary.says("发祝福 中秋快乐。", by="sms")
    await town.secretary.says("1", by="sms")
    await town.above.reads("sms")
    await town.passes(hours=23)
    assert "日子已过，没有发" in await town.above.says("同意", by="sms")
    assert "日子已经过了，没有发" in await town.secretary.reads()


async def test_such_a_greeting_may_be_given_another_time(town: Town) -> None:
    await above(town)
    await town.secretary.says("发祝福 中秋快乐。")
    await town.secretary.presses("确认")
    await town.above.reads()
    await town.passes(hours=23)
    await town.above.presses("同意")
    await town.secretary.reads()
    await town.secretary.presses("19:30")
    await town.secretary.presses("确认")
    await town.passes(hours=11)
    assert "中秋快乐" in await town.member.reads()
