"""试发: to oneself first, then to a few: marked, the same words, outside the account."""

from __future__ import annotations

from tests.conversations.office import stopped
from tests.conversations.town import Town

WORDS = "明天上午停水。"


async def test_to_oneself_first(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    told = await town.secretary.presses("试发给自己")
    await town.ticks()
    told += await town.secretary.reads()
    assert "试发给您自己了" in told and f"【试发】{WORDS}" in told
    assert await town.member.reads() == "" and await town.old.reads("sms") == ""


async def test_written_out_it_is_the_same_and_a_yes_leads_back_to_the_preview(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    await town.secretary.presses("改对象")
    assert "试发给您自己了" in await town.secretary.says("试发给自己")
    assert "发给 2 人" in await town.secretary.says("确认")


async def test_then_to_somebody_by_their_own_door(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    assert "还可以再试 4 个人" in await town.secretary.says("试发给欧阳山")
    await town.ticks()
    assert await town.old.reads("sms") == f"【联动】【试发】{WORDS}"


async def test_a_lesson_looks_as_it_will_and_its_answer_counts_for_nothing(town: Town) -> None:
    await town.secretary.says("发课 防骗 现在")
    await town.secretary.says("试发给石远")
    await town.ticks()
    assert "【试发】【手机防骗四不要】" in await town.member.reads()
    assert "答案不计" in await town.member.presses(town.member.buttons()[0])


async def test_it_is_no_part_of_the_account_and_the_letter_itself_still_comes(town: Town) -> None:
    await town.secretary.says("发课 防骗 现在")
    await town.secretary.says("试发给石远")
    await town.ticks()
    await town.member.reads()
    await town.secretary.says("草稿")
    await town.secretary.presses("《手机防骗")
    await town.secretary.presses("确认")
    await town.ticks()
    assert (await town.member.reads()).count("【手机防骗四不要】") == 1
    assert "共 2 人：发出 2" in await town.secretary.presses("看回执")


async def test_the_same_words_twice_to_one_person_come_once(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    for _ in range(2):
        await town.secretary.says("试发给欧阳山")
        await town.ticks()
    assert (await town.old.reads("sms")).count("【试发】") == 1


async def test_five_are_enough(town: Town) -> None:
    for n in range(6):
        await town.moves_in(f"one{n}", f"赵家{n}", f"+86139000001{n:02}", smartphone=False)
    await town.secretary.says(f"发通知 {WORDS}")
    for n in range(5):
        assert "试发给" in await town.secretary.says(f"试发给赵家{n}")
    assert "已经试发给 5 个人，够了" in await town.secretary.says("试发给赵家5")


async def test_nobody_who_stopped_is_tried_with(town: Town) -> None:
    await stopped(town, town.member)
    await town.secretary.says(f"发通知 {WORDS}")
    assert "请换一位试" in await town.secretary.says("试发给石远")


async def test_by_sms(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}", by="sms")
    assert "没问题就回1看预览再确认" in await town.secretary.says("试发", by="sms")
    assert "发给2人" in await town.secretary.says("1", by="sms")
