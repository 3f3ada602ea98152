"""A campaign that is under way: paused, gone on with, called off, by whoever may. (S5, S24)"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from storage import campaign_life, offices, units
from storage.campaigns import State
from tests.conversations.office import screen
from tests.conversations.test_lesson import SMS_LESSON, plans, sends
from tests.conversations.town import Speaker, Town, a_town

MANY = 60


@pytest.fixture
async def paced(tmp_path: Path) -> AsyncIterator[Town]:
    """Sixty members with a chat, and a Telegram that lets thirty letters through in a second."""
    async with a_town(tmp_path, paced=True) as town:
        for n in range(MANY):
            await town.moves_in(f"m{n}", f"何{n}", f"+86139000100{n:02}", liaison="liaison")
        yield town


class Lessons:
    """When a lesson left for whom, by the clock on the wall, as Telegram saw it."""

    def __init__(self, town: Town) -> None:
        self.left: list[tuple[float, str]] = []
        town.world.telegram.gate = self._sees

    def _sees(self, method: str, said: Mapping[str, Any]) -> None:
        if method == "sendmessage" and "【工资被拖欠" in said.get("text", ""):
            self.left.append((time.monotonic(), str(said["chat_id"])))

    async def until(self, n: int) -> None:
        await until(lambda: len(self.left) >= n)

    def after(self, moment: float) -> list[str]:
        return [chat for at, chat in self.left if at > moment]


async def until(holds: Callable[[], bool | Awaitable[bool]]) -> float:
    """The moment at which it was first seen to hold."""
    async with asyncio.timeout(15):
        while True:
            seen = holds()
            if seen if isinstance(seen, bool) else await seen:
                return time.monotonic()
            await asyncio.sleep(0.02)


async def is_committed(town: Town, state: State) -> bool:
    async with town.reading() as tx:
        return bool(await campaign_life.in_state(tx, state))


def begins(town: Town) -> None:
    """What was confirmed goes out from now on, and nobody waits for its end."""
    town.rehearsal.app.campaigns.wake()


async def is_on_its_way(town: Town) -> tuple[Lessons, Speaker]:
    await plans(town.secretary, "现在")
    lessons = Lessons(town)
    preview = town.secretary.last_message()
    town.world.press(town.secretary.phone.id, preview.id)
    await asyncio.sleep(0.05)
    begins(town)
    await lessons.until(5)
    return lessons, town.secretary


async def test_within_a_second_of_calling_it_off_nothing_more_leaves(paced: Town) -> None:
    lessons, secretary = await is_on_its_way(paced)
    for _ in range(2):
        paced.world.type(secretary.phone.id, "取消")
    called_off = await until(lambda: is_committed(paced, "cancelled"))
    await asyncio.sleep(1.5)
    assert "取消了，没发的不发了" in await secretary.reads()
    await paced.ticks()
    assert lessons.after(called_off + 1.0) == []
    assert len(lessons.left) < MANY
    out = len(lessons.left) + len(paced.world.sms(paced.old.phone.id))
    assert f"发出 {out}，送达 {out}" in screen(secretary)
    assert f"任务取消了 {MANY + 2 - out}" in screen(secretary)


async def test_paused_and_gone_on_with_in_the_middle_everybody_has_one_copy(paced: Town) -> None:
    lessons, secretary = await is_on_its_way(paced)
    for n in range(2):
        paced.world.type(secretary.phone.id, "暂停")
        paused = await until(lambda: is_committed(paced, "paused"))
        await asyncio.sleep(1.5)
        assert lessons.after(paused + 1.0) == []
        so_far = len(lessons.left)
        paced.world.type(secretary.phone.id, "继续")
        begins(paced)
        if n == 0:
            await lessons.until(so_far + 3)
    await secretary.reads()
    await paced.ticks()
    copies = Counter(chat for _, chat in lessons.left)
    assert len(copies) == MANY + 1 and set(copies.values()) == {1}


async def test_a_plan_may_be_paused_and_comes_at_its_hour_or_when_it_is_gone_on_with(town: Town) -> None:
    await plans(town.secretary, "下午3点")
    await town.secretary.presses("确认")
    await town.secretary.presses("看回执")
    assert "暂停了" in await town.secretary.presses("暂停")
    await town.passes(hours=8)
    assert await town.member.reads() == "" and await town.old.reads("sms") == ""
    await town.passes(hours=15)
    await town.secretary.says("继续")
    await town.ticks()
    assert (await town.member.reads()).count("【工资被拖欠") == 1
    assert (await town.old.reads("sms")).count(SMS_LESSON) == 1


async def test_a_plan_is_called_off_in_a_word_said_twice(town: Town) -> None:
    await plans(town.secretary, "下午3点")
    await town.secretary.presses("确认")
    assert "暂停了，先不发。\n真要取消" in await town.secretary.says("取消")
    assert "取消了，不发了。" in await town.secretary.says("取消")
    assert "没有改动" in await town.secretary.says("取消")
    await town.passes(hours=15)
    assert await town.member.reads() == ""


async def test_the_plan_of_another_is_not_meant_by_a_bare_word(town: Town) -> None:
    await plans(town.liaison, "下午3点")
    await town.liaison.presses("确认")
    assert "暂停" not in await town.secretary.says("取消")


async def by_night(town: Town) -> None:
    """The old phone's lesson waits for the morning in another place; the member has theirs."""
    await town.clock_of(town.old, "Europe/London")
    await sends(town.secretary)


async def test_from_the_report_with_buttons(town: Town) -> None:
    await by_night(town)
    assert (await town.member.reads()).count("【工资被拖欠") == 1
    await town.secretary.presses("看回执")
    assert "暂停" in town.secretary.buttons() and "取消" in town.secretary.buttons()
    assert "暂停了，没发的先不发" in await town.secretary.presses("暂停")
    await town.passes(hours=8)
    assert await town.old.reads("sms") == ""
    assert "正在发" in await town.secretary.presses("继续")
    await town.ticks()
    assert (await town.old.reads("sms")).count(SMS_LESSON) == 1
    assert await town.member.reads() == ""


async def test_called_off_in_the_middle_the_report_still_stands(town: Town) -> None:
    await by_night(town)
    await town.secretary.presses("看回执")
    assert "取消了，没发的不发了" in await town.secretary.presses("取消")
    await town.passes(days=2)
    assert await town.old.reads("sms") == ""
    report = await town.secretary.presses("看回执")
    assert "欧阳山 · 取消了，没有发" in report and "石远 · 已送达，还没答" in report
    assert "取消" not in town.secretary.buttons() and "继续" not in town.secretary.buttons()


async def test_by_sms_in_words(town: Town) -> None:
    await town.clock_of(town.old, "Europe/London")
    await plans(town.liaison, "现在", "手机防骗", by="sms")
    await town.liaison.says("1", by="sms")
    await town.ticks()
    assert "暂停了：已发1/2人" in await town.liaison.says("暂停", by="sms")
    assert "正在发：1/2人" in await town.liaison.says("继续", by="sms")
    assert "先暂停了。真要取消，请再回“取消”" in await town.liaison.says("取消", by="sms")
    assert "取消了：已发1/2人，其余的不发了" in await town.liaison.says("取消", by="sms")
    assert "没有正在发的" in await town.liaison.says("暂停", by="sms")


async def test_of_several_it_is_asked_which(town: Town) -> None:
    await by_night(town)
    await plans(town.secretary, "现在", "手机防骗")
    await town.secretary.presses("确认")
    await town.ticks()
    assert "暂停哪一个" in await town.secretary.says("暂停")
    assert "11月2日《手机防骗四不要》暂停了" in await town.secretary.presses("手机防骗四不要")
    assert "《工资被拖欠，怎么要回来》暂停了" in await town.secretary.says("暂停")


async def test_a_question_that_is_open_has_the_word_first(town: Town) -> None:
    await by_night(town)
    await plans(town.secretary, "明天 19:30", "手机防骗")
    assert "好，不发了" in await town.secretary.says("取消")
    assert await is_committed(town, "running")


async def test_those_above_may_stop_it_and_those_beside_may_not(town: Town) -> None:
    boss = await town.moves_in(
        "boss", "钱主任", "+8613900000055", on_roster=False, role="committee", unit=town.committee
    )
    await by_night(town)
    assert "没有正在发的" in await town.liaison.says("暂停")
    await town.liaison.says("/lessons")
    await town.liaison.presses("工资被拖欠")
    assert "暂停" not in town.liaison.buttons()
    assert "暂停了" in await boss.says("暂停")
    assert "正在发" in await town.secretary.says("继续")


async def test_the_secretary_of_another_branch_may_not_stop_what_comes_from_above(town: Town) -> None:
    async with town.writing() as tx:
        other = await units.found(tx, town.clock.now(), "远山村党支部", "branch", town.committee)
    boss = await town.moves_in(
        "boss", "钱主任", "+8613900000055", on_roster=False, role="committee", unit=town.committee
    )
    there = await town.moves_in(
        "there", "周书记", "+8613900000056", on_roster=False, role="secretary", unit=other
    )
    await town.clock_of(town.old, "Europe/London")
    await sends(boss)
    for who in (there, town.secretary):
        assert "没有正在发的" in await who.says("取消发送")
    async with town.writing() as tx:
        now = town.clock.now()
        await offices.grant(tx, now, there.id, "committee", town.committee)
    assert "真要取消" in await there.says("取消发送")
