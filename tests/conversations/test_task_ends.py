"""How a task to tell somebody ends: in words, on the second day, by a slip, or by itself. (S4, S6)"""

from __future__ import annotations

import pytest

from storage import campaign_life, campaigns, contacts, offices
from storage.viewer import the_programme
from tests.conversations.test_ladder import sends, state_of, tasks_about
from tests.conversations.test_tasks import last_contact
from tests.conversations.town import Town


@pytest.fixture
async def off(town: Town) -> Town:
    """The old phone is off: its liaison has heard of it."""
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    await town.passes(hours=1)
    await town.liaison.reads()
    return town


@pytest.fixture
async def two(town: Town) -> Town:
    """Two who have not joined, whom their liaison is to tell."""
    await town.moves_in("he", "何三", "+8613900000033", liaison="liaison", joined=False)
    await town.moves_in("shi", "施四", "+8613900000034", liaison="liaison", joined=False)
    await sends(town.secretary)
    await town.passes(hours=1)
    await town.liaison.reads()
    return town


async def by_sms(town: Town) -> None:
    """A liaison with an old phone, who is to tell one who has not joined."""
    await town.moves_in(
        "old_liaison", "娄联", "+8613900000041", smartphone=False, on_roster=False, role="liaison"
    )
    await town.moves_in("far", "欧阳远行", "+8613900000043", liaison="old_liaison", joined=False)
    await sends(town.secretary)
    await town.passes(hours=1)
    await town.old_liaison.reads("sms")


async def calls_in_vain(town: Town) -> str:
    await town.liaison.presses("欧阳**")
    await town.liaison.presses("没联系上")
    return await town.liaison.presses("没人接")


# B1


async def test_nobody_answers_and_it_stays_until_tomorrow(off: Town) -> None:
    assert "没人接。这件还留着，明天早上再提醒您打一次" in await calls_in_vain(off)
    assert await state_of(off, off.old) == ("voice", "")
    assert await last_contact(off, off.old) == "not_reached"
    assert "1. 转告 · 欧阳山" in await off.liaison.says("待办")
    await off.passes(hours=20)
    assert "欧阳山" not in await off.liaison.reads()
    await off.passes(hours=4)
    heard = await off.liaison.reads()
    assert "《工资被拖欠，怎么要回来》这 1 人上次没人接，请今天再打：\n1. 欧阳山" in heard


async def test_twice_the_same_day_is_once(off: Town) -> None:
    await calls_in_vain(off)
    assert "今天已经记过一次" in await off.liaison.says("没人接")
    await off.passes(hours=1)
    assert (await tasks_about(off, off.old))[0].owner_id == off.liaison.id


async def test_after_the_second_day_it_goes_one_up(off: Town) -> None:
    await calls_in_vain(off)
    await off.passes(days=1)
    await off.liaison.reads()
    assert "两次都没人接。这件交给祝文书了，您不用再管" in await off.liaison.says("没人接")
    await off.passes(hours=1)
    assert "1. 欧阳山" in await off.secretary.reads()
    assert "没有待办" in await off.liaison.says("待办")


async def test_where_nobody_stands_above_it_ends_as_not_reached(off: Town) -> None:
    await calls_in_vain(off)
    await off.passes(days=1)
    await off.liaison.says("没人接")
    await off.passes(hours=1)
    for _ in range(2):
        await off.secretary.says("没人接")
        await off.passes(days=1)
    assert await state_of(off, off.old) == ("not_told", "no_reply")


async def test_nobody_answers_by_sms(town: Town) -> None:
    await by_sms(town)
    assert "没人接。这件还留着" in await town.old_liaison.says("没人接", by="sms")
    await town.passes(days=1)
    assert "有1人上次没人接，请今天再打。回数字看一人：\n回1 欧阳**" in await town.old_liaison.reads("sms")
    assert "交给祝**了" in await town.old_liaison.says("没人接", by="sms")


# B2


async def test_not_reached_is_told_later_with_one_tap(off: Town) -> None:
    await off.liaison.presses("欧阳**")
    await off.liaison.presses("没联系上")
    await off.liaison.presses("本人不听")
    assert await state_of(off, off.old) == ("not_told", "unwilling")
    await off.passes(days=3)
    assert "算已联系" in await off.liaison.presses("后来讲到了")
    assert await state_of(off, off.old) == ("told", "")


@pytest.mark.parametrize("word", ["讲到了", "欧阳山讲到了", "讲到了 欧阳山", "我跟欧阳山说了"])
async def test_not_reached_is_told_later_in_a_word(off: Town, word: str) -> None:
    await off.liaison.says("本人不听")
    assert "算已联系" in await off.liaison.says(word)
    assert await state_of(off, off.old) == ("told", "")


async def test_a_note_of_a_call_offers_to_close_it(off: Town) -> None:
    await off.liaison.says("记 欧阳山 打过电话")
    said = await off.liaison.presses("平安")
    assert "《工资被拖欠，怎么要回来》还没转告到。这次讲到了，点一下" in said
    assert "转告到了" in await off.liaison.presses("讲到了")
    assert await state_of(off, off.old) == ("told", "")
    async with off.reading() as tx:
        found = await contacts.latest(tx, the_programme(), off.old.id)
    assert [one.kind for one in found].count("call") == 1


async def test_a_note_by_sms_offers_it_too(town: Town) -> None:
    await by_sms(town)
    await town.old_liaison.says("记 欧阳远行 打过电话", by="sms")
    assert "还有要转告的，也讲到了吗？\n回1 还没讲 回2 讲到了" in await town.old_liaison.presses(
        "平安", by="sms"
    )
    assert "转告到了" in await town.old_liaison.says("讲到了", by="sms")
    assert await state_of(town, town.far) == ("told", "")


# B3


async def test_a_wrong_number_leads_to_the_new_one(off: Town) -> None:
    await off.liaison.presses("欧阳**")
    await off.liaison.presses("没联系上")
    said = await off.liaison.presses("号码不对")
    assert "以后不往那里发。\n下一步：问问同乡或家里，问到新号码就改过来" in said
    assert "改手机号" in off.liaison.buttons()


async def test_the_unwilling_are_left_in_peace(off: Town) -> None:
    said = await off.liaison.says("欧阳山不愿意听")
    assert "先别再打，换个本人信得过的人，或请书记当面谈" in said


@pytest.mark.parametrize("way", ["已有联系", "联系上了"])
async def test_in_touch_already_does_not_say_that_it_was_told(off: Town, way: str) -> None:
    await off.liaison.presses("欧阳**")
    if way == "已有联系":
        await off.liaison.presses("没联系上")
        said = await off.liaison.presses("已有联系")
    else:
        said = await off.liaison.says(way)
    assert "也讲给欧阳山了吗" in said.replace(" ", "")
    assert "这件还留着" in await off.liaison.presses("还没讲")
    assert await state_of(off, off.old) == ("voice", "")
    await off.liaison.says("欧阳山已有联系")
    assert "算已联系" in await off.liaison.presses("讲到了")
    assert await last_contact(off, off.old) == "message"


# B4


async def test_called_off_nobody_needs_to_call(off: Town) -> None:
    async with off.writing() as tx:
        [one] = await campaigns.made_by(tx, off.secretary.id)
        await campaign_life.keep_back_the_rest(tx, off.clock.now(), one.id)
    await off.ticks()
    assert [one.outcome for one in await tasks_about(off, off.old)] == ["over"]
    assert await state_of(off, off.old) == ("left_out", "cancelled")
    await off.passes(minutes=10)
    assert "要转告这 1 人的那条取消或过期了，不用再转告：欧阳**" in await off.liaison.reads()
    assert "没有待办" in await off.liaison.says("待办")


async def test_past_its_end_nobody_needs_to_call(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await town.secretary.says("发通知 今晚开会。")
    await town.secretary.says("有效到 今天")
    await town.secretary.presses("确认")
    await town.ticks()
    await town.ticks()
    await town.passes(hours=1)
    assert "欧阳山" in await town.liaison.reads()
    await town.passes(days=1)
    assert await state_of(town, town.old) == ("left_out", "expired")
    assert "取消或过期了" in await town.liaison.reads()


# B5


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("讲到了", "call"),
        ("见到了", "visit"),
        ("电话告诉了", "call"),
        ("给欧阳山说了", "call"),
        ("欧阳当面说了", "visit"),
    ],
)
async def test_in_plain_words(off: Town, words: str, kind: str) -> None:
    assert "算已联系" in await off.liaison.says(words)
    assert await state_of(off, off.old) == ("told", "")
    assert await last_contact(off, off.old) == kind


@pytest.mark.parametrize(("words", "why"), [("号码不对", "wrong_number"), ("空号", "wrong_number")])
async def test_in_plain_words_not_reached(off: Town, words: str, why: str) -> None:
    assert "没联系上" in await off.liaison.says(words)
    assert await state_of(off, off.old) == ("not_told", why)


async def test_in_english(off: Town) -> None:
    await off.liaison.says("english")
    assert "It stays with you" in await off.liaison.says("no answer")
    assert "was passed on" in await off.liaison.says("told 欧阳山")
    assert await state_of(off, off.old) == ("told", "")
    assert "Taken back" in await off.liaison.says("undo")


async def test_of_several_it_is_asked_whom(two: Town) -> None:
    said = await two.liaison.says("讲到了")
    assert "说的是哪一位" in said and "1. 何三 · 11月2日《工资被拖欠，怎么要回来》" in said
    assert "施四算已联系" in await two.liaison.presses("2. 施**")
    assert await state_of(two, two.he) == ("voice", "")


async def test_of_several_the_name_says_whom(two: Town) -> None:
    assert "何三" in await two.liaison.says("何三讲到了")
    assert await state_of(two, two.shi) == ("voice", "")


async def test_of_several_the_one_that_was_just_opened(two: Town) -> None:
    await two.liaison.presses("2. 施**")
    assert "施四算已联系" in await two.liaison.says("讲到了")


async def test_of_several_by_sms(town: Town) -> None:
    await town.moves_in(
        "old_liaison", "娄联", "+8613900000041", smartphone=False, on_roster=False, role="liaison"
    )
    for n, name in enumerate(("何三", "施四")):
        await town.moves_in(f"m{n}", name, f"+861390000003{n}", liaison="old_liaison", joined=False)
    await sends(town.secretary)
    await town.passes(hours=1)
    await town.old_liaison.reads("sms")
    assert "说的是哪一位？\n回1 何** 回2 施**" in await town.old_liaison.says("讲到了", by="sms")
    assert "转告到了" in await town.old_liaison.says("2", by="sms")
    assert await state_of(town, town.m1) == ("told", "")


async def test_a_stray_1_closes_nothing(town: Town) -> None:
    await by_sms(town)
    for _ in range(6):
        await town.old_liaison.says("1", by="sms")
    assert [one.outcome for one in await tasks_about(town, town.far)] == [None]
    await town.old_liaison.says("1", by="sms")
    await town.old_liaison.says("没联系上", by="sms")
    for _ in range(3):
        await town.old_liaison.says("1", by="sms")
    [task] = await tasks_about(town, town.far)
    assert task.outcome is None and task.tries == 0


# B6


@pytest.mark.parametrize("word", ["撤销", "撤回"])
async def test_a_slip_is_taken_back(off: Town, word: str) -> None:
    before = (await off.old.file()).deadlines
    await off.liaison.says("讲到了")
    assert "改回来了：欧阳山的11月2日《工资被拖欠，怎么要回来》还在您的待办里" in (
        await off.liaison.says(word)
    ).replace("：欧阳山 的", "：欧阳山的")
    assert await state_of(off, off.old) == ("voice", "")
    assert (await off.old.file()).deadlines == before, "a call that was none is no contact"
    assert "1. 转告 · 欧阳山" in await off.liaison.says("待办")
    assert "算已联系" in await off.liaison.says("见到了")


async def test_after_a_day_it_is_too_late(off: Town) -> None:
    await off.liaison.says("讲到了")
    await off.passes(hours=25)
    assert "改回来了" not in await off.liaison.says("撤销")


async def test_a_wrong_number_by_a_slip_is_right_again(off: Town) -> None:
    await off.liaison.says("号码不对")
    await off.ticks()
    assert "改回来了" in await off.liaison.says("撤销")
    await off.ticks()
    kinds = [one.kind for one in await tasks_about(off, off.old) if one.closed_at is None]
    assert kinds == ["tell"]


async def test_nobody_answered_by_a_slip(off: Town) -> None:
    await off.liaison.says("没人接")
    assert "改回来了" in await off.liaison.says("撤销")
    assert [one.tries for one in await tasks_about(off, off.old)] == [0]


async def test_a_slip_by_sms(town: Town) -> None:
    await by_sms(town)
    await town.old_liaison.says("讲到了", by="sms")
    assert "改回来了：欧阳**的这件还在您的待办里" in await town.old_liaison.says("撤销", by="sms")


async def test_what_arrived_meanwhile_is_not_opened_again(off: Town) -> None:
    await off.liaison.says("讲到了")
    off.world.switch_on(off.old.phone.id)
    await off.old.reads("sms")
    await off.old.says("B", by="sms")
    assert "撤不回来" in await off.liaison.says("撤销")


async def test_of_a_slip_and_what_goes_out_it_is_asked_which(off: Town) -> None:
    await off.secretary.reads()
    await off.clock_of(off.old, "Europe/London")
    await sends(off.liaison)
    await off.liaison.says("讲到了")
    assert "撤回哪一条" in await off.liaison.says("撤回")
    assert "改回来了" in await off.liaison.presses("欧阳**的待办")


# B7


async def test_what_went_up_is_said_to_be_with_somebody_else(off: Town) -> None:
    await off.passes(days=3)
    await off.passes(hours=1)
    assert "1. 欧阳山" in await off.secretary.reads()
    for word in ("讲到了", "没人接", "欧阳山没人接"):
        assert "已经交给祝文书办，您不用再管" in await off.liaison.says(word)
    assert [one.outcome for one in await tasks_about(off, off.old)] == [None]
    assert "算已联系" in await off.liaison.presses("我讲到了")
    await off.passes(minutes=10)
    assert "这 1 人已经有人转告了，不用再管：欧阳**" in await off.secretary.reads()


async def test_what_went_up_by_sms(town: Town) -> None:
    await by_sms(town)
    await town.passes(days=3)
    assert "欧阳**的这件已交给祝**办，您不用再管" in await town.old_liaison.says("讲到了", by="sms")
    await town.old_liaison.says("1", by="sms")
    assert [one.outcome for one in await tasks_about(town, town.far)] == [None]
    assert "转告到了" in await town.old_liaison.says("我讲到了", by="sms")


# B8


async def test_a_notice_is_named_in_the_letter_the_list_and_at_the_end(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await town.secretary.says("发通知 明天停水。")
    await town.secretary.presses("确认")
    await town.ticks()
    await town.ticks()
    await town.passes(hours=1)
    assert "11月2日通知“明天停水。”没送到这 1 人，请您转告" in await town.liaison.reads()
    assert "关机（11月2日通知“明天停水。”）" in await town.liaison.says("待办")
    assert "11月2日通知“明天停水。”" in await town.liaison.presses("欧阳**")
    assert "11月2日通知“明天停水。”转告到了" in await town.liaison.says("讲到了")


# B9


async def test_a_liaison_whose_office_ends_is_thanked_and_the_next_one_hears(off: Town) -> None:
    async with off.writing() as tx:
        await offices.revoke(tx, off.clock.now(), off.liaison.id, "liaison", off.branch)
    await off.ticks()
    await off.passes(hours=1)
    assert "1. 欧阳山" in await off.secretary.reads()
    heard = await off.liaison.reads()
    assert "待办都交给别人了，没有要您办的了。这段时间辛苦了" in heard and "欧阳" not in heard
