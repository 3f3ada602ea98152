"""A number that seemed wrong is changed: what was not heard may go to the new one. (S6, S7)"""

from __future__ import annotations

from storage import members
from tests.conversations.test_ladder import tasks_about
from tests.conversations.test_lesson import SMS_LESSON
from tests.conversations.test_suspect_number import fails_twice
from tests.conversations.town import Door, Speaker, Town

NEW = "+8613900000099"


async def gets_a_new_number(town: Town, by: Speaker, door: Door = "chat") -> Speaker:
    """The old phone's owner has another number, which the liaison vouches for; it answers 是我的号码."""
    phone = town.world.add_phone("欧阳山", NEW, smartphone=False)
    new = Speaker(town, town.old.id, phone)
    await by.says("找 欧阳山", by=door)
    await by.presses("改手机号", by=door)
    await by.says("13900000099", by=door)
    await by.presses("是本人", by=door)
    await new.says("1", by="sms")
    return new


async def test_the_task_closes_and_what_was_not_heard_goes_to_the_new_number(town: Town) -> None:
    await fails_twice(town, town.old)
    await town.passes(hours=1)
    await town.liaison.reads()
    new = await gets_a_new_number(town, town.liaison)
    await town.ticks()
    heard = await town.liaison.reads()
    assert "欧阳山换了新号码，已经核对，核实号码那件办完了" in heard
    assert "11月6日《工资被拖欠，怎么要回来》还没听到" in heard
    outcomes = [one.outcome for one in await tasks_about(town, town.old) if one.kind == "number_wrong"]
    assert outcomes == ["replaced"]
    await new.reads("sms")
    assert "好，发到新号码了" in await town.liaison.presses("发到新号码")
    await town.ticks()
    assert SMS_LESSON in await new.reads("sms")
    await town.passes(minutes=10)
    assert "不用再转告：欧阳**" in await town.liaison.reads()
    assert "没有要再发" in await town.liaison.says("发到新号码")


async def test_by_sms_in_a_word(town: Town) -> None:
    await town.moves_in(
        "old_liaison", "娄联", "+8613900000041", smartphone=False, on_roster=False, role="liaison"
    )
    await town.moves_in("far", "欧阳远行", "+8613900000043", smartphone=False, liaison="old_liaison")
    await fails_twice(town, town.far)
    await town.passes(hours=1)
    await town.old_liaison.reads("sms")
    await town.old_liaison.says("找 欧阳远行", by="sms")
    await town.old_liaison.presses("改手机号", by="sms")
    await town.old_liaison.says("13900000099", by="sms")
    await town.old_liaison.presses("是本人", by="sms")
    phone = town.world.add_phone("欧阳远行", NEW, smartphone=False)
    new = Speaker(town, town.far.id, phone)
    await new.says("1", by="sms")
    await town.ticks()
    assert "欧阳**换了新号码，已核对" in await town.old_liaison.reads("sms")
    await new.reads("sms")
    assert "发到新号码了" in await town.old_liaison.says("发到新号码", by="sms")
    await town.ticks()
    assert SMS_LESSON in await new.reads("sms")


async def test_where_everything_was_heard_it_only_says_that_it_is_done(town: Town) -> None:
    await fails_twice(town, town.old)
    await town.passes(hours=1)
    for who in (town.liaison, town.secretary):
        assert "转告到了" in await who.says("欧阳山讲到了"), "the older one went up meanwhile"
    await town.liaison.reads()
    await gets_a_new_number(town, town.liaison)
    await town.ticks()
    heard = await town.liaison.reads()
    assert "核实号码那件办完了" in heard and "还没听到" not in heard


async def test_nobody_else_s_member_is_written_to(town: Town) -> None:
    """The button of a liaison who looks after them no more."""
    await fails_twice(town, town.old)
    await town.passes(hours=1)
    await gets_a_new_number(town, town.liaison)
    await town.ticks()
    await town.liaison.reads()
    other = await town.moves_in("other", "范联", "+8613900000077", on_roster=False, role="liaison")
    file = await town.old.file()
    async with town.writing() as tx:
        await members.entrust(tx, file, other.id)
    assert "没有这个人" in await town.liaison.presses("发到新号码")
