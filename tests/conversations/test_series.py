"""系列课: in order, each from their own start; who is late catches up; never two lessons a day. (S5, S19)"""

from __future__ import annotations

import pytest

from content.lessons.library import all_lessons
from storage import people
from tests.conversations.office import screen, stopped
from tests.conversations.test_lesson import plans
from tests.conversations.town import SHANGHAI, Speaker, Town


async def picks(sender: Speaker, every: str = "每 7 天一课", catch_up: str = "每 2 天补一课") -> str:
    """Three lessons, one by one, at half past seven in the evening."""
    await sender.says("系列课")
    await sender.presses("新建系列课")
    await sender.presses("自己一课一课挑")
    for title in titles():
        while not any(title in label for label in sender.buttons()):
            await sender.presses("下一页")
        await sender.presses(title)
        while "上一页" in sender.buttons():
            await sender.presses("上一页")
    await sender.presses("选好了，3 课")
    await sender.presses(every)
    await sender.presses(catch_up)
    return await sender.presses("19:30")


def titles() -> list[str]:
    return every_title()[:3]


def every_title() -> list[str]:
    return [lesson.chinese.title for lesson in all_lessons().values()]


async def begins(town: Town) -> None:
    await picks(town.secretary)
    assert "建好了" in await town.secretary.presses("确认")
    await town.ticks()


def lessons_of(who: Speaker) -> list[tuple[str, str]]:
    """(day, title) of each lesson that came by chat."""
    found = []
    for message in who.town.world.chat(who.phone.id):
        title = next(
            (t for t in every_title() if message.from_bot and message.text.startswith(f"【{t}】")), ""
        )
        if title:
            found.append((f"{message.at.astimezone(SHANGHAI):%m-%d %H:%M}", title))
    return found


async def test_made_in_the_chat_and_read_back(town: Town) -> None:
    said = await picks(town.secretary)
    first, second, third = titles()
    assert f"系列课，共 3 课：\n1. {first}\n2. {second}\n3. {third}" in said
    assert "每 7 天一课，晚来的每 2 天一课补上，19:30 发。" in said
    assert "现在有 2 人能收到" in said


async def test_a_whole_line_at_one_tap(town: Town) -> None:
    await town.secretary.says("系列课")
    await town.secretary.presses("新建系列课")
    await town.secretary.presses("政策法规")
    assert "几天一课" in screen(town.secretary)


async def test_in_order_at_the_pace_that_was_chosen(town: Town) -> None:
    await begins(town)
    assert lessons_of(town.member) == []
    await town.passes(days=30)
    first, second, third = titles()
    expected = [("11-02 19:30", first), ("11-09 19:30", second), ("11-16 19:30", third)]
    assert lessons_of(town.member) == expected
    await town.secretary.says("系列课")
    said = await town.secretary.presses("等 3 课")
    assert "学的人 2，学完的 2。" in said and "石远：3 / 3，学完了" in said


async def test_who_comes_later_starts_at_the_first_and_catches_up(town: Town) -> None:
    await begins(town)
    await town.passes(days=8)
    late = await town.moves_in("late", "何晚", "+8613900000044", liaison="liaison")
    await town.ticks()
    await town.passes(days=12)
    first, second, third = titles()
    assert lessons_of(late) == [("11-10 19:30", first), ("11-12 19:30", second), ("11-19 19:30", third)]
    assert len(lessons_of(town.member)) == 3


async def test_never_two_lessons_in_a_day(town: Town) -> None:
    await begins(town)
    await plans(town.secretary, "下午3点", "手机防骗四不要")
    await town.secretary.presses("确认")
    await town.passes(days=2)
    assert lessons_of(town.member) == [("11-02 15:00", "手机防骗四不要"), ("11-03 19:30", titles()[0])]


async def test_who_stops_is_passed_over_and_goes_on_where_they_stood(town: Town) -> None:
    await begins(town)
    await town.passes(days=1)
    await stopped(town, town.member)
    await town.passes(days=14)
    assert len(lessons_of(town.member)) == 1
    async with town.writing() as tx:
        await people.stop_lessons(tx, town.member.id, None)
    await town.passes(days=1)
    assert [title for _, title in lessons_of(town.member)] == titles()[:2]


async def test_paused_nobody_gets_the_next_and_ended_nobody_gets_any(town: Town) -> None:
    await begins(town)
    await town.passes(days=1)
    await town.secretary.says("系列课")
    await town.secretary.presses("等 3 课")
    assert "暂停着" in await town.secretary.presses("暂停")
    await town.passes(days=10)
    assert len(lessons_of(town.member)) == 1
    assert "进行中" in await town.secretary.presses("继续")
    await town.passes(days=1)
    assert len(lessons_of(town.member)) == 2
    await town.secretary.presses("结束")
    assert "结束了" in await town.secretary.presses("结束")
    await town.passes(days=20)
    assert len(lessons_of(town.member)) == 2


async def test_a_lesson_off_the_shelf_is_skipped_and_said(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begins(town)
    await town.passes(days=1)
    left = {slug: lesson for slug, lesson in all_lessons().items() if lesson.chinese.title != titles()[1]}
    first, second, third = titles()
    monkeypatch.setattr("schedules.next_of_series.all_lessons", lambda: left)
    await town.passes(days=8)
    assert [title for _, title in lessons_of(town.member)] == [first, third]
    assert second not in screen(town.secretary)
    said = [m.text for m in town.world.chat(town.secretary.phone.id) if "第 2 课已经撤下" in m.text]
    assert len(said) == 1


async def test_confirmed_twice_it_is_one(town: Town) -> None:
    await picks(town.secretary)
    preview = town.secretary.last_message()
    for _ in range(2):
        town.world.press(town.secretary.phone.id, preview.id)
    await town.secretary.reads()
    await town.passes(days=1)
    assert len(lessons_of(town.member)) == 1


async def test_those_beside_see_none_of_it(town: Town) -> None:
    await begins(town)
    assert "还没有系列课" in await town.liaison.says("系列课")
    boss = await town.moves_in(
        "boss", "钱主任", "+8613900000055", on_roster=False, role="committee", unit=town.committee
    )
    await boss.says("系列课")
    assert "共 3 课" in await boss.presses("等 3 课")
