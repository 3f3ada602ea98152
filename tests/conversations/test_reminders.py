"""The clock: the member hears first, liaison and secretary once, and nobody is flooded. (S9)"""

from __future__ import annotations

from datetime import date, timedelta

from storage import members, units
from storage.units import Unit
from tests.conversations.office import heard, notes, screen, stopped
from tests.conversations.town import Speaker, Town


async def sms_of(who: Speaker) -> list[str]:
    await who.town.settles()
    return [m.body for m in who.town.world.sms(who.phone.id) if m.from_program]


async def chats_of(who: Speaker) -> list[str]:
    await who.town.settles()
    return [m.text for m in who.town.world.chat(who.phone.id) if m.from_bot]


async def test_the_first_due_morning_brings_a_reminder_by_ones_own_door(town: Town) -> None:
    for who in (town.member, town.old):
        await heard(town, who, 26)
    await town.passes(hours=2)
    assert await chats_of(town.member) == [] and await sms_of(town.old) == []
    await town.passes(days=1)
    assert await sms_of(town.old) == [
        "【联动】近来都好吗？请在11月6日前回QD报个平安，有难处回QZ。\n回1 签到 回2 求助"
    ]
    [reminder] = await chats_of(town.member)
    assert "石远，近来都好吗？请在 11月6日前报个平安" in reminder
    assert len(town.world.sms(town.old.phone.id)[-1].parts) == 1


async def test_it_is_answered_with_one_number(town: Town) -> None:
    await heard(town, town.old, 27)
    await town.passes(days=1)
    await town.old.reads("sms")
    assert "12月3日" in await town.old.presses("签到", by="sms")
    await town.passes(days=20)
    assert len(await sms_of(town.old)) == 2


async def test_two_reminders_then_the_liaison_and_the_secretary_and_all_of_it_once(town: Town) -> None:
    """Heard on 5 October: due from 1 November, late from the 5th, silent from the 12th."""
    await heard(town, town.old, 28)
    await heard(town, town.member, 0)
    await town.passes(days=9)
    assert [text.partition("\uff1f")[0][:12] for text in await sms_of(town.old)] == [
        "【联动】近来都好吗",
        "【联动】有31天没有您的",
    ]
    silent = [text for text in await chats_of(town.liaison) if "失联了" in text]
    assert silent == [] and not any("失联了" in text for text in await chats_of(town.secretary))
    await town.passes(days=1)
    for reader in (town.liaison, town.secretary):
        [told] = [text for text in await chats_of(reader) if "失联了" in text]
        assert "有 1 人失联了" in told
        assert "1. 欧阳山 · 柳湾村党支部，38 天没有联系（提醒过，没有回音）" in told
    await town.passes(days=14)
    assert len(await sms_of(town.old)) == 2
    for reader in (town.liaison, town.secretary):
        assert len([text for text in await chats_of(reader) if "失联了" in text]) == 1


async def test_a_word_in_time_spares_everybody_the_rest(town: Town) -> None:
    await heard(town, town.old, 28)
    await town.passes(days=6)
    await town.old.says("一切都好", by="sms")
    await town.passes(days=14)
    assert not any("失联" in text for text in await chats_of(town.liaison))


async def test_the_report_leads_to_the_file(town: Town) -> None:
    await heard(town, town.old, 36)
    await town.passes(days=3)
    assert "失联了" in screen(town.liaison)
    assert "欧阳山" in await town.liaison.presses("欧阳** 38天")


async def test_after_three_days_down_everybody_gets_one_letter(town: Town) -> None:
    """All fell silent meanwhile: they are reminded first, and a day later each reader has one letter."""
    crowd = [
        await town.moves_in(f"m{n}", f"史{n}号", f"+861390002000{n}", smartphone=False, liaison="liaison")
        for n in range(8)
    ]
    for who in crowd:
        await heard(town, who, 45)
    town.clock.wind(timedelta(hours=72))
    await town.ticks()
    await town.ticks()
    assert [len(await sms_of(who)) for who in crowd] == [1] * 8
    assert await chats_of(town.secretary) == []
    await town.passes(days=1)
    assert [len(await sms_of(who)) for who in crowd] == [1] * 8
    for reader in (town.liaison, town.secretary):
        [told] = await chats_of(reader)
        assert "有 8 人失联了" in told and "还有 2 人" in told
        assert reader.buttons()[-1] == "看全部"
    assert "失联 8 人" in await town.secretary.presses("看全部")


async def test_up_again_at_night_nobody_is_woken(town: Town) -> None:
    await heard(town, town.old, 45)
    town.clock.wind(timedelta(hours=41))
    await town.ticks()
    assert await sms_of(town.old) == []
    town.clock.wind(timedelta(hours=5))
    await town.ticks()
    assert len(await sms_of(town.old)) == 1


async def test_who_stopped_hears_nothing_and_the_liaison_learns_of_it(town: Town) -> None:
    await heard(town, town.old, 36)
    await stopped(town, town.old)
    await town.passes(days=3)
    assert await sms_of(town.old) == []
    assert "38 天没有联系（停收了提醒）" in screen(town.liaison)


async def test_who_never_joined_is_for_the_liaison_to_call(town: Town) -> None:
    outside = await town.moves_in(
        "outside", "谈七", "+8613900000017", smartphone=False, liaison="liaison", joined=False
    )
    await heard(town, outside, 36, "enrolled")
    await town.passes(days=3)
    assert await sms_of(outside) == []
    assert "谈七 · 柳湾村党支部，38 天没有联系（还没加入，收不到提醒）" in screen(town.liaison)


async def test_who_said_they_would_be_at_sea_is_not_asked_before_that_day(town: Town) -> None:
    file = await town.old.file()
    async with town.writing() as tx:
        heard_at = town.clock.now() - timedelta(days=40)
        await members.set_deadlines(tx, file, heard_at, "change", date(2026, 11, 8))
    await town.passes(days=7, hours=10)
    assert await sms_of(town.old) == []
    await town.passes(days=1)
    assert ["有48天没有您的消息了" in text for text in await sms_of(town.old)] == [True]


async def test_at_home_nobody_is_reminded(town: Town) -> None:
    await heard(town, town.old, 45)
    await notes(town, town.old, whereabouts="home")
    await town.passes(days=3)
    assert await sms_of(town.old) == []


async def test_mondays_round_names_the_late_to_each_liaison_and_to_no_other(town: Town) -> None:
    other = await town.moves_in("other_liaison", "单联", "+8613900000024", on_roster=False, role="liaison")
    await heard(town, town.member, 27)
    await heard(town, town.old, 20)
    await town.passes(days=7)
    [round_letter] = [text for text in await chats_of(town.liaison) if "本周" in text]
    assert "本周请您联系 1 人" in round_letter and "1. 石远" in round_letter
    assert await chats_of(other) == [] and await chats_of(town.secretary) == []
    assert "算已联系" in await _noted(town.liaison)


async def test_a_liaison_with_an_old_phone_reads_stars(town: Town) -> None:
    await town.moves_in(
        "other_liaison", "单联", "+8613900000024", on_roster=False, role="liaison", smartphone=False
    )
    someone = await town.moves_in("m", "慕容雪", "+8613900000031", liaison="other_liaison")
    await heard(town, someone, 36)
    await town.passes(days=2)
    [told] = await sms_of(town.other_liaison)
    assert told == "【联动】1人失联了，请打电话问问。回数字看一人：\n回1 慕容** 38天"
    await town.other_liaison.reads("sms")
    assert "慕容**：失联" in await town.other_liaison.presses("慕容**", by="sms")


async def test_many_silent_are_one_text_message_to_a_secretary_with_an_old_phone(town: Town) -> None:
    await town.moves_in(
        "other_secretary", "单文书", "+8613900000024", on_roster=False, role="secretary", smartphone=False
    )
    for n in range(8):
        someone = await town.moves_in(f"m{n}", f"慕容{n}号", f"+861390002000{n}", smartphone=False)
        await heard(town, someone, 36)
    await town.passes(days=2)
    [told] = await sms_of(town.other_secretary)
    assert told == "【联动】8人失联了，请打电话问问。回“失联”看是谁。"
    await town.other_secretary.says("失联", by="sms")
    assert [len(m.parts) for m in town.world.sms(town.other_secretary.phone.id) if m.from_program] == [1, 1]


async def test_what_a_liaison_who_has_not_joined_would_read_goes_one_up(town: Town) -> None:
    await town.moves_in("away", "卞离", "+8613900000032", on_roster=False, joined=False, role="liaison")
    left = await town.moves_in("left", "程单", "+8613900000031", smartphone=False, liaison="away")
    await heard(town, left, 28)
    await town.passes(days=7)
    assert any("本周请您联系 1 人" in text for text in await chats_of(town.secretary))
    await town.passes(days=7)
    assert sum("失联了" in text for text in await chats_of(town.secretary)) == 1


async def test_where_the_secretary_has_not_joined_either_the_committee_reads_it(town: Town) -> None:
    above = await town.moves_in(
        "above", "单文书", "+8613900000024", on_roster=False, role="committee", unit=town.committee
    )
    branch = await _another_branch(town)
    await town.moves_in(
        "other_secretary",
        "卞离",
        "+8613900000032",
        on_roster=False,
        joined=False,
        role="secretary",
        unit=branch,
    )
    left = await town.moves_in("left", "程单", "+8613900000031", smartphone=False, unit=branch)
    await heard(town, left, 36)
    await town.passes(days=2)
    assert any("失联了" in text for text in await chats_of(above))


async def _another_branch(town: Town) -> Unit:
    async with town.writing() as tx:
        return await units.found(tx, town.clock.now(), "石桥村党支部", "branch", town.committee)


async def _noted(liaison: Speaker) -> str:
    await liaison.presses("石**")
    await liaison.presses("记一次电话")
    return await liaison.presses("平安")
