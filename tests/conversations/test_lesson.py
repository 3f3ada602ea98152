"""发课: from the list to every member's own door, and what becomes of it. (S5)"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.sandbox.demo.crowd import Crowd
from bot.sandbox.demo.folder import DemoFolder
from bot.sandbox.demo.guests import Guests
from bot.sandbox.demo.stage import DemoStage
from bot.sandbox.page import Bilingual, PhoneOnStage
from storage.offices import offices
from tests.conversations.office import stopped
from tests.conversations.town import SHANGHAI, Door, Speaker, Town

SMS_LESSON = "【联动】工资要用钱发"


async def plans(sender: Speaker, time: str, lesson: str = "工资被拖欠", by: Door = "chat") -> str:
    await sender.says("发课" if by == "chat" else f"发课 {lesson}", by=by)
    if by == "chat":
        await sender.presses(lesson)
    return await sender.says(time, by=by)


async def sends(sender: Speaker) -> None:
    await plans(sender, "现在")
    await sender.presses("确认")
    await sender.town.ticks()


@pytest.mark.parametrize("who", ["liaison", "secretary"])
async def test_from_the_list_to_every_door(town: Town, who: str) -> None:
    sender = town.people[who]
    assert "发哪一课" in await sender.says("发课")
    assert len([label for label in sender.buttons() if " · " in label]) == 6
    assert "什么时候发" in await sender.presses("工资被拖欠")
    assert sender.buttons() == ["现在就发", "11月2日 19:30", "11月3日 08:00"]
    preview = await sender.presses("现在就发")
    assert "时间：现在" in preview and "发给 2 人：聊天 1 人，短信 1 人。" in preview
    assert "发不到" not in preview
    assert "正在发出" in await sender.presses("确认")
    await town.ticks()
    lesson = await town.member.reads()
    assert "【工资被拖欠，怎么要回来】" in lesson and "国务院令第724号" in lesson
    assert town.member.buttons() == ["行，总比没有强", "不行，工资要用钱发", "大家都同意就行"]
    sms = await town.old.reads("sms")
    assert SMS_LESSON in sms and "回B 不行，工资要用钱发" in sms
    assert len(town.world.sms(town.old.phone.id)[-1].parts) <= 3


@pytest.mark.parametrize(
    ("said", "when"),
    [("明天 19:30", "11月3日 19:30"), ("周五晚上7点半", "11月6日 19:30"), ("下午3点", "11月2日 15:00")],
)
async def test_a_time_in_ones_own_words(town: Town, said: str, when: str) -> None:
    assert f"时间：{when}" in await plans(town.secretary, said)
    assert f"排好了：{when}" in await town.secretary.presses("确认")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("随便吧", "没看懂时间"),
        ("昨天 8点", "已经过了"),
        ("今天 9:00", "已经过了"),
        ("25:00", "没看懂时间"),
        ("明天", "那天几点发"),
    ],
)
async def test_an_unclear_time_is_asked_for_again(town: Town, said: str, answer: str) -> None:
    assert answer in await plans(town.secretary, said)
    assert "时间：11月3日 19:30" in await town.secretary.says("明天 19:30")


async def test_a_word_of_the_title_is_enough(town: Town) -> None:
    assert "《手机防骗四不要》什么时候发" in await town.liaison.says("发课 防骗")


async def test_a_planned_lesson_goes_out_at_its_time_once(town: Town) -> None:
    await plans(town.secretary, "明天 19:30")
    await town.secretary.presses("确认")
    await town.passes(hours=33)
    assert await town.member.reads() == ""
    await town.passes(hours=1)
    await town.ticks()
    assert (await town.member.reads()).count("【工资被拖欠") == 1
    assert (await town.old.reads("sms")).count(SMS_LESSON) == 1


async def test_winding_the_demo_to_the_next_event_stops_at_a_planned_lesson(
    town: Town, tmp_path: Path
) -> None:
    await plans(town.secretary, "今天 19:30")
    await town.secretary.presses("确认")
    both = Bilingual("", "")
    phones = [PhoneOnStage(who.phone.id, both, both) for who in (town.member, town.old)]
    stage, crowd = DemoStage(town.clock, phones, SHANGHAI), Crowd(town.world)
    database = town.rehearsal.app.database
    stage.open(town.rehearsal, crowd, Guests(town.world, database, town.clock, DemoFolder(tmp_path), crowd))
    await stage.wind("next")
    [lesson] = [m for m in town.world.chat(town.member.phone.id) if "【工资被拖欠" in m.text]
    assert lesson.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") == "11-02 19:30"


async def test_a_planned_lesson_can_be_called_off(town: Town) -> None:
    await plans(town.secretary, "明天 19:30")
    await town.secretary.presses("确认")
    assert "这一课不发了" in await town.secretary.presses("取消这次发课")
    await town.passes(days=2)
    assert await town.member.reads() == "" and await town.old.reads("sms") == ""
    await town.secretary.says("/lessons")
    assert town.secretary.buttons() == ["11月3日《工资被拖欠，怎么要回来》（取消了）"]


async def test_what_went_out_cannot_be_called_off(town: Town) -> None:
    await plans(town.secretary, "下午3点")
    await town.secretary.presses("确认")
    await town.passes(hours=6)
    assert "取消不了" in await town.secretary.presses("取消这次发课")


async def test_a_plan_is_found_again_and_called_off_from_the_list(town: Town) -> None:
    await plans(town.secretary, "明天 19:30")
    await town.secretary.presses("确认")
    await town.secretary.says("/lessons")
    assert "定在 11月3日 19:30" in await town.secretary.presses("（待发）")
    assert "不发了" in await town.secretary.presses("取消这次发课")


async def test_pressed_twice_plans_once(town: Town) -> None:
    await plans(town.secretary, "现在")
    preview = town.secretary.last_message()
    for _ in range(2):
        town.world.press(town.secretary.phone.id, preview.id)
    await town.secretary.reads()
    await town.ticks()
    assert (await town.member.reads()).count("【工资被拖欠") == 1
    await town.secretary.says("/lessons")
    assert town.secretary.buttons() == ["11月2日《工资被拖欠，怎么要回来》", "看图"]


async def test_a_confirmation_that_was_left_lying_sends_nothing(town: Town) -> None:
    await plans(town.secretary, "下午3点")
    town.clock.wind(timedelta(hours=9))
    assert "已经过了" in await town.secretary.presses("确认")
    await town.ticks()
    assert await town.member.reads() == ""


async def test_the_same_lesson_again_is_warned_of(town: Town) -> None:
    await sends(town.secretary)
    assert "这一课您在 11月2日 10:00 发过" in await plans(town.secretary, "明天 19:30")


async def test_who_stopped_is_left_alone_and_who_has_no_door_is_shown(town: Town) -> None:
    await stopped(town, town.member)
    await town.moves_in("outside", "谈七", "+8613900000017", liaison="liaison", joined=False)
    preview = await plans(town.secretary, "现在")
    assert "聊天 0 人，短信 1 人" in preview and "另有 2 人发不到" in preview
    await town.secretary.presses("确认")
    await town.ticks()
    assert await town.member.reads() == ""
    report = await town.secretary.presses("看回执")
    assert "石远 · 停收了，没有发" in report and "谈七 · 没加入，发不到" in report
    assert "共 3 人：发出 1，送达 1，已答 0（答对 0），还没答 1，发不到 2。" in report


async def test_to_nobody_nothing_is_sent(town: Town) -> None:
    for who in (town.member, town.old):
        await stopped(town, who)
    assert "还没有谁能收到消息" in await plans(town.secretary, "现在")


async def test_by_sms_from_the_list_to_the_report(town: Town) -> None:
    await town.liaison.says("发课", by="sms")
    await town.liaison.presses("实用技术", by="sms")
    assert "何时发" in await town.liaison.presses("手机防骗四不要", by="sms")
    preview = await town.liaison.presses("现在就发", by="sms")
    assert "发给2人：聊天1，短信1（3条）。发不到0人。" in preview
    assert "正在发出" in await town.liaison.says("1", by="sms")
    await town.ticks()
    assert "手机防骗四不要" in await town.member.reads()
    assert "共 2 人：发出 2，送达 2，已答 0" in await town.liaison.presses("看回执", by="sms")


async def test_a_number_sent_twice_calls_nothing_off(town: Town) -> None:
    await plans(town.liaison, "明天 19:30", "手机防骗", by="sms")
    assert "排好了" in await town.liaison.presses("确认", by="sms")
    assert "定在 11月3日 19:30" in await town.liaison.says("1", by="sms")
    await town.passes(days=2)
    assert "手机防骗四不要" in await town.member.reads()


async def test_an_office_that_ended_before_its_hour_reaches_nobody(town: Town) -> None:
    await plans(town.secretary, "明天 19:30")
    await town.secretary.presses("确认")
    async with town.writing() as tx:
        await tx.conn.execute(delete(offices).where(offices.c.person_id == town.secretary.id))
    await town.passes(days=2)
    assert await town.member.reads() == ""
