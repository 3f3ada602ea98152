"""联系记录: a liaison notes a call, a visit or a message in two taps. (S4)"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage import contacts, members
from storage.contacts import Contact
from storage.viewer import the_programme
from tests.conversations.office import heard, notes
from tests.conversations.town import Door, Speaker, Town


async def register(town: Town, member: Speaker) -> list[Contact]:
    async with town.writing() as tx:
        return await contacts.latest(tx, the_programme(), member.id)


@pytest.mark.parametrize(
    ("label", "kind"), [("记一次电话", "call"), ("记一次走访", "visit"), ("记一条消息", "message")]
)
async def test_two_taps_and_it_counts_as_contact(town: Town, label: str, kind: str) -> None:
    await heard(town, town.member, 44)
    await town.liaison.says("找 石远")
    await town.liaison.presses(label)
    answer = await town.liaison.presses("平安")
    assert "石远算已联系，下次 12月2日前" in answer
    assert (await town.member.file()).last_contact_kind == kind
    assert [(c.kind, c.by_id) for c in await register(town, town.member)] == [(kind, town.liaison.id)]


async def test_nobody_reached_is_registered_and_changes_nothing(town: Town) -> None:
    await heard(town, town.member, 44)
    await town.liaison.says("记 石远 打过电话")
    answer = await town.liaison.presses("没联系上")
    assert "石远仍算没有联系" in answer and "下一步：点“发提醒”" in answer
    assert (await town.member.file()).standing(town.clock.now()) == "silent"
    assert [c.kind for c in await register(town, town.member)] == ["not_reached"]


async def test_words_are_added_as_they_are_written(town: Town) -> None:
    await town.liaison.says("记 石远 上门走访")
    await town.liaison.presses("平安")
    assert "补记好了" in await town.liaison.says("家里都好，孩子上了初中")
    assert [c.note for c in await register(town, town.member)] == ["家里都好，孩子上了初中"]


async def test_trouble_stays_trouble_when_words_are_added(town: Town) -> None:
    await town.liaison.says("记 石远 打过电话")
    assert "有什么困难" in await town.liaison.presses("有困难")
    await town.liaison.says("工资拖了两个月")
    assert [c.note for c in await register(town, town.member)] == ["有困难，工资拖了两个月"]
    assert "有困难，工资拖了两个月" in await town.liaison.says("找 石远")


async def test_no_words_are_needed(town: Town) -> None:
    await town.liaison.says("记 石远 打过电话")
    await town.liaison.presses("平安")
    assert "不补了" in await town.liaison.says("不用")
    assert "找到" not in await town.liaison.says("失联")
    assert [c.note for c in await register(town, town.member)] == [""]


async def test_without_a_name_it_is_asked_for(town: Town) -> None:
    assert "和谁联系过" in await town.liaison.says("联系记录")
    assert "走访 · 石远：怎么样" in await town.liaison.says("石远 上门走访")


async def test_two_of_one_surname_are_told_apart(town: Town) -> None:
    await town.moves_in("brother", "石磊", "+8613900000019", liaison="liaison")
    answer = await town.liaison.says("找 石")
    assert "1. 石远" in answer and "2. 石磊" in answer
    assert town.liaison.buttons() == ["1. 石**", "2. 石**"]
    assert "石磊" in await town.liaison.presses("2. 石**")
    assert "回1 石** 0天 回2 石** 0天" in await town.liaison.says("找 石", by="sms")


async def test_by_sms_too(town: Town) -> None:
    await heard(town, town.member, 44)
    assert "石**：失联" in await town.liaison.says("找 石远", by="sms")
    assert "电话石**：怎么样" in await town.liaison.presses("记一次电话", by="sms")
    assert "算已联系" in await town.liaison.presses("平安", by="sms")
    assert "补记好了" in await town.liaison.says("活多，人都好", by="sms")
    assert [c.note for c in await register(town, town.member)] == ["活多，人都好"]


async def test_the_same_tap_twice_was_one_call(town: Town) -> None:
    for _ in range(2):
        await town.liaison.says("记 石远 打过电话")
        await town.liaison.presses("平安")
        town.clock.wind(timedelta(seconds=30))
    assert len(await register(town, town.member)) == 1


async def test_a_call_home_does_not_end_a_planned_absence(town: Town) -> None:
    await notes(town, town.member, quiet_until=date(2027, 3, 1))
    await town.liaison.says("记 石远 打过电话")
    assert "下次 3月2日前" in await town.liaison.presses("平安")
    assert (await town.member.file()).quiet_until == date(2027, 3, 1)


async def test_a_reminder_reaches_the_member_by_their_own_door_and_not_twice_a_day(town: Town) -> None:
    await heard(town, town.old, 44)
    await town.liaison.says("找 欧阳山")
    assert "已提醒欧阳山" in await town.liaison.presses("发提醒")
    reminder = await town.old.reads("sms")
    assert "有44天没有您的消息了" in reminder and "回1 签到" in reminder
    await town.liaison.says("找 欧阳山")
    assert "今天已经提醒过" in await town.liaison.presses("发提醒")
    assert await town.old.reads("sms") == ""
    town.clock.wind(timedelta(days=1))
    await town.liaison.says("找 欧阳山")
    await town.liaison.presses("发提醒")
    await town.old.reads("sms")
    assert "12月" in await town.old.presses("签到", by="sms")


async def test_every_look_at_a_file_is_shown_to_its_member(town: Town) -> None:
    await town.liaison.says("找 石远")
    assert "孟联" in await town.member.says("我的资料")


async def test_the_family_may_know_where_nobody_answers(town: Town) -> None:
    file = await town.member.file()
    async with town.writing() as tx:
        await members.note_texts(tx, file, family_phone="139 0000 0040")
    await town.liaison.says("记 石远 打过电话")
    assert "打家属电话 139 0000 0040" in await town.liaison.presses("没联系上")


async def test_many_words_of_one_day_are_one_line(town: Town) -> None:
    for words in ("今天风好大", "下雨了", "又晴了"):
        await town.member.says(words)
    await town.liaison.says("记 石远 打过电话")
    await town.liaison.presses("没联系上")
    card = await town.liaison.says("找 石远")
    assert "11月2日 没联系上、来过消息 3 次" in card
    assert card.count("来过消息") == 1


async def test_by_sms_nobody_reached_is_confirmed_with_what_next(town: Town) -> None:
    await town.liaison.says("记 石远 打过电话", by="sms")
    assert "没联系上，仍算没有联系。请换个时间" in await town.liaison.presses("没联系上", by="sms")


async def test_whoever_is_in_time_is_not_reminded(town: Town) -> None:
    await town.liaison.says("找 欧阳山")
    assert "还在按时联系，12月2日前不用催" in await town.liaison.presses("发提醒")
    assert await town.old.reads("sms") == ""
    town.clock.wind(timedelta(days=5))
    assert "还在按时，先不用催" in await town.liaison.says("失联 3天")


@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_words_in_the_order_are_the_note_and_are_not_asked_for_again(town: Town, by: Door) -> None:
    await town.liaison.says("记 石远 打过电话 家里都好，孩子上学", by=by)
    answer = await town.liaison.says("平安", by=by)
    assert "算已联系" in answer and "补一句" not in answer
    await town.liaison.says("平安", by=by)
    assert [(c.kind, c.note) for c in await register(town, town.member)] == [("call", "家里都好，孩子上学")]


async def test_words_in_the_order_of_trouble_stay_with_it(town: Town) -> None:
    await town.liaison.says("记 石远 打过电话，工资没发")
    await town.liaison.presses("有困难")
    assert [c.note for c in await register(town, town.member)] == ["有困难，工资没发"]
