"""中文 / English: each reads in their own language."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from functools import reduce
from pathlib import Path

import pytest

from bot.sandbox.phones import ChatMessage
from content.lessons.library import all_lessons
from content.rules.names import masked
from content.rules.places import Several, find_place, place_of
from tests.conversations.office import heard, lives_in
from tests.conversations.town import Door, Speaker, Town, a_town

CHINESE = re.compile("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]+")
ENGLISH_PARTS, LESSON_PARTS = 2, 6
# Where people live, and the two examples of how to write it.
PLACES = ("江苏省南京市鼓楼区玉山镇5号", "江苏省苏州市昆山市", "苏州昆山", "江苏昆山")
LANGUAGES = ("请选择语言", "中文")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Whatever was said in it, no English text took more than two parts."""
    async with a_town(tmp_path) as town:
        yield town
        lessons = [x.sms for lesson in all_lessons().values() for x in (lesson.english, lesson.chinese)]
        for who in town.people.values():
            for text in town.world.sms(who.phone.id):
                most = LESSON_PARTS if any(sms in text.body for sms in lessons) else ENGLISH_PARTS
                assert not text.from_program or len(text.parts) <= most, text.body


async def test_the_command_offers_both_and_the_next_answer_is_in_the_one_chosen(town: Town) -> None:
    assert "Choose a language" in await town.member.says("/language")
    await town.member.presses("English")
    assert "2 Dec" in await town.member.says("签到")
    await town.member.says("/language")
    await town.member.presses("中文")
    assert "12月2日" in await town.member.says("签到")


@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_the_name_of_the_language_is_enough(town: Town, by: Door) -> None:
    await town.member.says("English", by=by)
    assert (await town.member.file()).language == "en"
    await town.member.says("中文", by=by)
    assert "12月2日" in await town.member.says("签到", by=by)


async def test_a_member_who_chose_english_reads_no_chinese_in_the_chat(town: Town) -> None:
    me = town.member
    await me.says("/language")
    await me.presses("English")
    assert "Hello, 石远!" in await me.says("/menu")
    assert "2 Dec" in await me.presses("Check-in")
    await _moves(town, "chat")
    await _changes_job_and_number(town, "chat")
    await _goes_out_of_reach(town, "chat")
    await _asks_for_help(town, "chat")
    await _learns(town, "chat")
    await _looks_at_everything_else(town, "chat")
    assert list(_chinese_read_by(town, me)) == []


async def test_a_member_who_chose_english_reads_no_chinese_by_sms(town: Town) -> None:
    me = town.old
    assert "Reply QD" in await me.says("English", by="sms")
    assert "2 Dec" in await me.says("QD", by="sms")
    await _changes_job_and_number(town, "sms")
    await _goes_out_of_reach(town, "sms")
    await _asks_for_help(town, "sms")
    await _learns(town, "sms")
    await town.passes(hours=2)  # not more than so many answers an hour
    await _looks_at_everything_else(town, "sms")
    assert "Which one?" in await me.says("DZ鼓楼区", by="sms")
    assert list(_chinese_read_by(town, me)) == []


async def test_a_place_is_read_back_in_english_by_sms(town: Town) -> None:
    await town.old.says("English", by="sms")
    await _moves(town, "sms")
    assert list(_chinese_read_by(town, town.old)) == []


async def test_a_reminder_and_a_late_answer_are_in_english(town: Town) -> None:
    for who, by in _both_members(town):
        await who.says("English", by=by)
    await town.passes(days=32)
    assert "how are you?" in await town.member.reads("chat")
    assert "for help QZ" in await town.old.reads("sms")
    await town.passes(days=20)
    for who, by in _both_members(town):
        assert "good to know you are well" in (await who.says("1", by=by)).lower()
        assert list(_chinese_read_by(town, who)) == []


async def test_two_things_said_at_once_are_answered_in_english_sentences(town: Town) -> None:
    await town.old.says("English", by="sms")
    answer = await town.old.says("一切都好，工资拖了两个月没发", by="sms")
    assert "。" not in answer and not re.search(r"[.!?][A-Z]", answer)
    assert list(_chinese_read_by(town, town.old)) == []


@pytest.mark.parametrize("who", ["secretary", "liaison"])
async def test_an_office_holder_who_chose_english_reads_no_chinese(town: Town, who: str) -> None:
    me = town.people[who]
    await town.moves_in("outside", "谈七", "+8613900000017", liaison="liaison", joined=False)
    for member in (town.member, town.outside):
        await heard(town, member, 44)
    await lives_in(town, town.old, "320106")
    await me.says("English")
    assert "who is silent" in await me.says("/menu")
    await _looks_at_the_silent(town, me)
    await _notes_a_call(me)
    await _invites(me)
    await _plans_a_lesson_and_reads_its_report(town, me)
    await _is_told_what_members_do(town, me)
    assert list(_chinese_read_by(town, me)) == []


async def test_an_office_holder_reads_no_chinese_by_sms(town: Town) -> None:
    me = town.liaison
    await town.moves_in("outside", "谈七", "+8613900000017", liaison="liaison", joined=False)
    await heard(town, town.member, 44)
    assert "Reply /silent" in await me.says("English", by="sms")
    assert "silent 1. Reply with a number" in await me.says("/silent", by="sms")
    await me.presses("石**", by="sms")
    await me.presses("Note a call", by="sms")
    assert "Noted as contacted" in await me.presses("All well", by="sms")
    for words in ("/silent 90", "/find 石远", "/invite 谈七", "1", "/lesson fraud", "now", "2", "what?", "5"):
        await me.says(words, by="sms")
    await me.says("/lesson fraud", by="sms")
    await me.says("now", by="sms")
    await me.says("1", by="sms")
    await town.ticks()
    for words in ("1", "/lessons", "1", "/find nobody", "QD", "/help"):
        await me.says(words, by="sms")
    assert list(_chinese_read_by(town, me)) == []


async def test_what_the_clock_tells_a_liaison_is_in_english(town: Town) -> None:
    for who in (town.liaison, town.secretary):
        await who.says("English")
    await town.moves_in("outside", "谈七", "+8613900000017", liaison="liaison", joined=False)
    await town.passes(days=45)
    assert "have fallen silent" in await town.secretary.reads()
    assert "this week" in await town.liaison.reads()
    for who in (town.liaison, town.secretary):
        assert list(_chinese_read_by(town, who)) == []


async def _moves(town: Town, by: Door) -> None:
    me = _member(town, by)
    assert "Which one" in await me.says("DZ鼓楼区玉山镇5号", by=by)
    assert "江苏省南京市鼓楼区" in await me.presses("南京鼓楼", by=by)
    assert "Take care" in await me.presses("Yes", by=by)
    await me.says("DZ", by=by)
    assert "province" in await me.says("somewhere far", by=by)
    assert "keep it as" in await me.says("somewhere very far", by=by)
    await me.says("FX", by=by)
    assert "Welcome home" in await me.presses("Yes, I am back", by=by)
    await me.says("DZ昆山", by=by)
    assert "Where do you live" in await me.presses("Rewrite", by=by)
    await me.says("昆山", by=by)
    await me.presses("Yes", by=by)


async def _changes_job_and_number(town: Town, by: Door) -> None:
    me = _member(town, by)
    assert "as what?" in await me.says("GZ", by=by)
    assert "New job" in await me.says("Sunrise Electronics, quality inspector", by=by)
    assert "Noted" in await me.presses("Yes", by=by)
    assert "11 digits" in await me.says("SJ", by=by)
    await me.says("12345", by=by)
    await me.says("SJ139 0000 0099", by=by)
    await me.presses("Yes", by=by)
    assert "on file already" in await me.says(f"SJ{me.phone.number[-11:]}", by=by)


async def _goes_out_of_reach(town: Town, by: Door) -> None:
    me = _member(town, by)
    assert "2027-02-01" in await me.says("/quiet", by=by)
    assert "1 Feb 2027" in await me.says("2027-02-01", by=by)
    assert "Stay safe" in await me.presses("Yes", by=by)
    await town.passes(days=1)
    assert "back early?" in await me.says("QD", by=by)
    assert "Welcome back" in await me.presses("I am back", by=by)


async def _asks_for_help(town: Town, by: Door) -> None:
    me = _member(town, by)
    assert "110" in await me.says("QZ", by=by)
    assert "liaison" in await me.says("my wages are two months late", by=by)
    for trouble in ("工资拖了两个月没发", "QZ出工伤了流血不止", "我不想活了", "要打官司怎么办"):
        await me.says(trouble, by=by)


async def _learns(town: Town, by: Door) -> None:
    me = _member(town, by)
    assert "No lesson" in await me.says("/lesson", by=by)
    await town.secretary.says("发课 防骗")
    await town.secretary.says("现在")
    await town.secretary.presses("确认")
    await town.ticks()
    lesson = await me.reads(by)
    assert ("Reply A" if by == "sms" else "Source: ") in lesson
    assert await me.says("A", by=by) != await me.says("B", by=by)
    await me.says("/lesson", by=by)


async def _looks_at_everything_else(town: Town, by: Door) -> None:
    me = _member(town, by)
    await town.secretary.says("找 " + me.phone.owner)
    file = await me.says("/me", by=by)
    assert "Check in by" in file if by == "sms" else "Times your details were opened: 1" in file
    for words in ("/menu", "JF", "7", "谢谢", "hello there", "/silent", "/stop", "HF", "TD", "不是本人"):
        await me.says(words, by=by)
    await me.says("word " * 500, by=by)
    await me.says("hello again", by=by)
    assert "Passed on" in await me.presses("Pass on to liaison", by=by)


async def _looks_at_the_silent(town: Town, me: Speaker) -> None:
    answer = await me.says("/silent")
    assert "Silent: 2, the longest first" in answer and "44 days without contact" in answer
    assert "in 江苏" in await me.says("/silent 江苏")
    for words in ("/silent 90", "/silent 30", "/silent 鼓楼区", "/find", "nobody", "QD", "what?"):
        await me.says(words)
    await me.says("/find 石远")
    assert "was reminded" in await me.presses("Send a reminder")
    await me.says("/find 石远")
    assert "reminded today already" in await me.presses("Send a reminder")


async def _notes_a_call(me: Speaker) -> None:
    await me.says("/note")
    assert "how was it?" in await me.says("石远")
    assert "not reached" in await me.presses("Not reached")
    await me.presses("Note a visit")
    assert "counts as contacted" in await me.presses("All well")
    assert "Added" in await me.says("all is well at home")
    await me.says("/note 石远")
    await me.presses("In difficulty")
    await me.says("out of work")
    assert "In difficulty: out of work" in await me.says("/find 石远")


async def _invites(me: Speaker) -> None:
    assert "Not joined yet: 1" in await me.says("/invite")
    assert "How shall I invite" in await me.presses("1. 谈**")
    assert "QR code" in await me.presses("Give me a link")
    for answer in ("Text sent", "today already"):
        await me.says("/invite 谈七")
        assert answer in await me.presses("Text their number")
    assert "joined already" in await me.says("/invite 石远")


async def _plans_a_lesson_and_reads_its_report(town: Town, me: Speaker) -> None:
    await me.says("/lessons")
    assert "Which lesson?" in await me.says("/lesson")
    await me.presses("Far from home")
    for words in ("some day", "2026-10-01 8:00", "2026-11-25"):
        await me.says(words)
    assert "Recipients: 2 (1 by chat, 1 by SMS)" in await me.says("2026-11-25 19:30")
    assert "25 Nov 19:30" in await me.presses("Confirm")
    await me.presses("See the report")
    await me.presses("Call off")
    await me.says("/lesson fraud")
    await me.says("now")
    assert "on its way" in await me.presses("Confirm")
    await town.ticks()
    await town.member.says("A")
    assert "answered" in await me.presses("See the report")
    await me.presses("Refresh")
    assert "called off" in await me.says("/lessons") or "called off" in " ".join(me.buttons())


async def _is_told_what_members_do(town: Town, me: Speaker) -> None:
    if me is not town.liaison:
        return
    for words in ("DZ昆山", "1", "GZ quality inspector at Sunrise Electronics", "1", "FX", "1"):
        await town.member.says(words)
    for words in ("QZ", "my wages are late", "what about my dues", "1", "/quiet", "2027-02-01", "1"):
        await town.member.says(words)
    told = await me.reads()
    assert "has moved" in told and "wrote:" in told and "may be out of reach" in told


def _member(town: Town, by: Door) -> Speaker:
    return town.member if by == "chat" else town.old


def _both_members(town: Town) -> tuple[tuple[Speaker, Door], ...]:
    return (town.member, "chat"), (town.old, "sms")


def _chinese_read_by(town: Town, who: Speaker) -> Iterator[tuple[str, str]]:
    """(the Chinese, where it stood) in all that came to somebody since they chose English."""
    known = sorted(_names_of(town), key=len, reverse=True)
    for text in _all_read_by(town, who):
        left = reduce(lambda said, name: said.replace(name, ""), known, text)
        yield from ((found, text) for found in CHINESE.findall(left))


def _all_read_by(town: Town, who: Speaker) -> Iterator[str]:
    chat = [m for m in town.world.chat(who.phone.id) if m.from_bot] if who.phone.smartphone else []
    for message in chat:
        yield from _words_on(message)
    for command, says in town.world.telegram.menu(who.phone.id) if who.phone.smartphone else ():
        yield f"/{command} {says}"
    yield from (m.body for m in town.world.sms(who.phone.id) if m.from_program)


def _words_on(message: ChatMessage) -> Iterator[str]:
    yield message.text
    yield from (button.label for row in message.buttons for button in row)
    yield from filter(None, (message.toast, message.asks_contact))


def _names_of(town: Town) -> Iterator[str]:
    """Whatever is called by its Chinese name in English too."""
    for person in town.people.values():
        yield from (person.phone.owner, masked(person.phone.owner))
    yield from ("【联动】", town.branch.name, town.committee.name, *PLACES, *LANGUAGES)
    namesakes = find_place("鼓楼区")
    assert isinstance(namesakes, Several)
    lived_in = [place for code in ("320000", "320583", "320106") if (place := place_of(code))]
    for place in (*namesakes.options, *lived_in):
        yield from (place.short + place.name[-1], place.name, place.short)
