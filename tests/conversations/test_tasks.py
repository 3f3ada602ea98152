"""待办: a liaison tells by voice whom no letter reached, closes it with one tap, and it counts. (S4, S6)"""

from __future__ import annotations

import pytest

from storage import campaigns, contacts
from storage.viewer import the_programme
from tests.conversations.test_ladder import sends, state_of, tasks_about
from tests.conversations.town import Speaker, Town


@pytest.fixture
async def off(town: Town) -> Town:
    """The old phone is off: its liaison has heard of it."""
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    await town.passes(hours=1)
    await town.liaison.reads()
    return town


async def last_contact(town: Town, who: Speaker) -> str:
    async with town.reading() as tx:
        found = await contacts.latest(tx, the_programme(), who.id)
    return found[0].kind if found else ""


@pytest.mark.parametrize("word", ["待办", "任务", "我的待办", "/tasks", "还有什么待办"])
async def test_the_list_by_word(off: Town, word: str) -> None:
    told = await off.liaison.says(word)
    assert "待办 1 件：\n1. 转告 · 欧阳山 · 柳湾村党支部：关机" in told
    assert off.liaison.buttons() == ["1. 欧阳**"]


async def test_nothing_to_do(town: Town) -> None:
    assert "没有待办" in await town.liaison.says("待办")


async def test_opened_it_says_what_to_say_and_whom_to_call(off: Town) -> None:
    told = await off.liaison.presses("欧阳**")
    assert "请转告欧阳山（柳湾村党支部）：" in told and "工资要用钱发" in told
    assert "手机：139 0000 0004" in told and "家属电话：没登记" in told
    assert off.liaison.buttons() == ["电话告诉了", "当面告诉了", "没联系上"]


@pytest.mark.parametrize(("button", "kind"), [("电话告诉了", "call"), ("当面告诉了", "visit")])
async def test_one_tap_and_it_is_told_and_a_contact(off: Town, button: str, kind: str) -> None:
    await off.liaison.presses("欧阳**")
    assert "记下了，欧阳山算已联系" in await off.liaison.presses(button)
    assert await state_of(off, off.old) == ("told", "")
    assert await last_contact(off, off.old) == kind
    assert "没有待办" in await off.liaison.says("待办")
    await off.secretary.says("/lessons")
    report = await off.secretary.presses("工资被拖欠")
    assert "欧阳山 · 联系人转告了" in report
    assert "由联系人转告：已转告 1，待转告 0，没联系上 0。\n到位 2 / 2，一个不落。" in report


@pytest.mark.parametrize(("button", "why"), [("本人不听", "unwilling"), ("号码不对", "wrong_number")])
async def test_not_reached_and_why(off: Town, button: str, why: str) -> None:
    await off.liaison.presses("欧阳**")
    assert "欧阳山为什么没联系上" in await off.liaison.presses("没联系上")
    assert "记下了：没联系上" in await off.liaison.presses(button)
    assert await state_of(off, off.old) == ("not_told", why)
    assert await last_contact(off, off.old) == "not_reached"
    await off.secretary.says("/lessons")
    report = await off.secretary.presses("工资被拖欠")
    assert f"欧阳山 · 联系人没联系上：{button}" in report and "还缺 1 人" in report
    assert "欧阳山 · 柳湾村党支部，联系人没联系上" in await off.secretary.presses("谁还没答")


async def test_another_reason_is_written_in_words(off: Town) -> None:
    await off.liaison.presses("欧阳**")
    await off.liaison.presses("没联系上")
    assert "什么原因" in await off.liaison.presses("其他")
    assert "记下了：没联系上" in await off.liaison.says("人在工地，手机摔坏了")
    assert await state_of(off, off.old) == ("not_told", "other")


async def test_by_sms_from_the_news_to_the_end(town: Town) -> None:
    await town.moves_in(
        "old_liaison", "娄联", "+8613900000041", smartphone=False, on_roster=False, role="liaison"
    )
    await town.moves_in("far", "欧阳远行", "+8613900000043", liaison="old_liaison", joined=False)
    await sends(town.secretary)
    await town.passes(hours=1)
    assert "有1人没收到消息，请您转告。回数字看一人：\n回1 欧阳**" in await town.old_liaison.reads("sms")
    opened = await town.old_liaison.says("1", by="sms")
    assert "请转告欧阳**，尾号0043：工资被拖欠" in opened and "回1 内容 回2 电话告诉了" in opened
    assert "工资要用钱发" in await town.old_liaison.says("1", by="sms")
    assert "算已联系" in await town.old_liaison.presses("电话告诉了", by="sms")
    assert await state_of(town, town.far) == ("told", "")
    assert "没有待办" in await town.old_liaison.says("待办", by="sms")


async def test_by_sms_not_reached(town: Town) -> None:
    await town.moves_in(
        "old_liaison", "娄联", "+8613900000041", smartphone=False, on_roster=False, role="liaison"
    )
    await town.moves_in("far", "欧阳远行", "+8613900000043", liaison="old_liaison", joined=False)
    await sends(town.secretary)
    await town.passes(hours=1)
    assert "待办1件。回数字办一件：\n回1 欧阳**" in await town.old_liaison.says("待办", by="sms")
    await town.old_liaison.says("1", by="sms")
    assert "欧阳**为什么没联系上" in await town.old_liaison.presses("没联系上", by="sms")
    assert "没人接。这件还留着" in await town.old_liaison.presses("没人接", by="sms")
    assert await state_of(town, town.far) == ("voice", "")


async def test_one_after_the_other(town: Town) -> None:
    for n in range(2):
        await town.moves_in(f"m{n}", f"何{n}", f"+86139000001{n:02}", liaison="liaison", joined=False)
    await sends(town.secretary)
    await town.passes(hours=1)
    await town.liaison.presses("1. 何**")
    assert "还有 1 件待办" in await town.liaison.presses("电话告诉了")
    assert "请转告何" in await town.liaison.presses("下一件")


async def test_an_answer_meanwhile_closes_it(off: Town) -> None:
    off.world.switch_on(off.old.phone.id)
    await off.old.reads("sms")
    await off.old.says("B", by="sms")
    [task] = await tasks_about(off, off.old)
    assert task.outcome == "answered"
    assert "已经办好了" in await off.liaison.presses("欧阳**")


async def test_a_liaison_sees_no_task_about_another_s_member(off: Town) -> None:
    other = await off.moves_in("other", "范联", "+8613900000077", on_roster=False, role="liaison")
    assert "没有待办" in await other.says("待办")
    assert "另有 1 件在联系人手里" in await off.secretary.says("待办")


async def test_after_three_days_it_goes_one_up_and_stays_in_sight(off: Town) -> None:
    await off.secretary.reads()
    await off.passes(days=3)
    heard = await off.secretary.reads()
    assert "《工资被拖欠，怎么要回来》还有 1 人没人转告，请您接手" not in heard, (
        "what fails is gathered first"
    )
    await off.passes(hours=1)
    assert "还有 1 人没人转告，请您接手：\n1. 欧阳山" in await off.secretary.reads()
    assert "没有待办" in await off.liaison.says("待办")
    await off.secretary.presses("欧阳**")
    assert "算已联系" in await off.secretary.presses("电话告诉了")


async def test_the_weekly_round_reminds_of_what_is_open(town: Town) -> None:
    await town.passes(days=5)
    town.world.switch_off(town.old.phone.id)
    await sends(town.liaison)
    await town.passes(hours=1)
    await town.liaison.reads()
    await town.passes(days=2)
    assert "还有 1 件待办" in await town.liaison.reads()
    assert "1. 转告 · 欧阳山" in await town.liaison.presses("看待办")


async def test_where_nobody_answers_for_them_the_next_above_sees_it_as_nobody_s(town: Town) -> None:
    """A branch without secretary, below a committee that nobody reaches."""
    boss = await town.moves_in(
        "boss",
        "钱主任",
        "+8613900000055",
        on_roster=False,
        role="committee",
        unit=town.committee,
        joined=False,
    )
    await town.moves_in("far", "何三", "+8613900000033", joined=False, unit=town.committee)
    assert boss
    await sends_for_all(town)
    [task] = await tasks_about(town, town.far)
    assert task.owner_id is None


async def sends_for_all(town: Town) -> None:
    async with town.writing() as tx:
        now = town.clock.now()
        assert await campaigns.plan_for_unit(tx, now, town.committee.id, "stop-fraud", now)
    await town.ticks()
    await town.ticks()
