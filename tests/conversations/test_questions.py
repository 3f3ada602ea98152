"""A number answers the last thing that was asked with numbers, once, and never what has changed since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.office import heard
from tests.conversations.test_lesson import sends
from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])
A_MOMENT = timedelta(seconds=20)


async def test_a_lesson_that_comes_between_leaves_the_number_to_the_question(town: Town) -> None:
    await town.old.says("DZ苏州昆山", by="sms")
    await sends(town.liaison)
    assert "回B 不行，工资要用钱发" in await town.old.reads("sms")
    assert "记下了" in await town.old.says("1", by="sms")
    assert (await town.old.file()).place_code == "320583"
    assert "答对了" in await town.old.says("B", by="sms")


async def test_the_lesson_is_answered_by_letter_and_the_question_stays_open(town: Town) -> None:
    await town.old.says("DZ苏州昆山", by="sms")
    await sends(town.liaison)
    await town.old.reads("sms")
    assert "正确的是B" in await town.old.says("A", by="sms")
    assert (await town.old.file()).place_code == ""
    assert "记下了" in await town.old.says("对", by="sms")
    assert (await town.old.file()).place_code == "320583"


async def test_a_lesson_alone_takes_a_number_too_and_a_letter_for_a_month(town: Town) -> None:
    await sends(town.liaison)
    town.clock.wind(timedelta(days=12))
    assert "答对了" in await town.old.says("B", by="sms")
    assert "以第一次为准。正确的是B" in await town.old.says("B", by="sms")


async def test_in_the_chat_a_number_after_a_lesson_is_no_button_of_the_menu(town: Town) -> None:
    await town.member.says("签到")
    await sends(town.liaison)
    await town.member.reads()
    assert "答对了" in await town.member.says("2")


@by_both
async def test_an_old_yes_does_not_put_back_an_older_address(town: Town, by: Door) -> None:
    await town.member.says("DZ苏州昆山", by=by)
    town.clock.wind(A_MOMENT)
    first = town.member.last_message() if by == "chat" else None
    await town.member.says("DZ广东东莞", by=by)
    await town.member.presses("对", by=by)
    town.clock.wind(A_MOMENT)
    if first:
        town.world.press(town.member.phone.id, first.id, 0, 0)
        assert "又改过了" in await town.member.reads()
    assert (await town.member.file()).place_code == "441900"


@by_both
async def test_a_yes_after_the_roster_or_another_door_changed_it_is_too_late(town: Town, by: Door) -> None:
    other: Door = "sms" if by == "chat" else "chat"
    await town.member.says("跳槽到富士康了", by=by)
    town.clock.wind(A_MOMENT)
    await town.member.says("换工作了，在工地当瓦工", by=other)
    await town.member.says("对", by=other)
    town.clock.wind(A_MOMENT)
    assert "又改过了" in await town.member.says("对", by=by)
    assert "瓦工" in (await town.member.file()).job


@by_both
async def test_home_again_by_another_door_makes_an_old_address_too_late(town: Town, by: Door) -> None:
    other: Door = "sms" if by == "chat" else "chat"
    await town.member.says("DZ广东东莞", by=by)
    town.clock.wind(A_MOMENT)
    await town.member.says("我回村了", by=other)
    await town.member.says("对", by=other)
    town.clock.wind(A_MOMENT)
    assert "又改过了" in await town.member.says("对", by=by)
    assert (await town.member.file()).whereabouts == "home"


async def test_a_number_sent_twice_is_told_so_and_does_nothing(town: Town) -> None:
    await town.old.says("桂花开了没", by="sms")
    await town.old.says("今天风好大", by="sms")
    assert "已转给" in await town.old.says("1", by="sms")
    assert "今天风好大" in await town.liaison.reads()
    assert "已经回过了" in await town.old.says("1", by="sms")
    assert await town.liaison.reads() == ""


async def test_a_late_one_to_a_reminder_checks_in(town: Town) -> None:
    await heard(town, town.old, 27)
    await town.passes(days=1)
    assert "回1 签到" in await town.old.reads("sms")
    town.clock.wind(timedelta(days=4))
    assert "下次请在12月7日前" in await town.old.says("1", by="sms")
    assert (await town.old.file()).last_contact_kind == "check_in"


@by_both
async def test_a_check_in_twice_a_day_is_fine(town: Town, by: Door) -> None:
    for _ in range(2):
        assert "12月2日" in await town.member.says("QD", by=by)


@by_both
async def test_a_no_belongs_to_what_was_asked_last(town: Town, by: Door) -> None:
    await town.member.says("DZ苏州昆山", by=by)
    town.clock.wind(A_MOMENT)
    await town.member.says("QZ", by=by)
    assert "没有改动" in await town.member.says("算了", by=by)


@by_both
async def test_after_the_clock_stepped_back_a_number_means_the_last_question(town: Town, by: Door) -> None:
    await town.member.says("跳槽到富士康了", by=by)
    town.clock.wind(timedelta(minutes=-1))
    await town.member.says("DZ苏州昆山", by=by)
    await town.member.says("1", by=by)
    file = await town.member.file()
    assert (file.place_code, file.employer) == ("320583", "")


@by_both
@pytest.mark.parametrize(
    ("code", "question"), [("DZ", "住在哪里"), ("GZ", "做什么"), ("SJ", "11"), ("QZ", "难处")]
)
async def test_the_same_code_again_begins_the_question_again(
    town: Town, code: str, question: str, by: Door
) -> None:
    for _ in range(2):
        assert question in await town.member.says(code, by=by)
    assert await town.liaison.reads() == ""


@by_both
async def test_another_code_in_answer_to_a_question_is_that_code(town: Town, by: Door) -> None:
    await town.member.says("QZ", by=by)
    assert "住在哪里" in await town.member.says("DZ", by=by)
    assert await town.liaison.reads() == ""


@by_both
async def test_another_number_instead_of_a_yes_is_the_correction(town: Town, by: Door) -> None:
    assert "139 0000 0098" in await town.member.says("SJ13900000098", by=by)
    assert "139 0000 0099" in await town.member.says("13900000099", by=by)
    assert "0099" in await town.member.says("对", by=by)


@by_both
async def test_another_place_instead_of_a_yes_is_the_correction(town: Town, by: Door) -> None:
    await town.member.says("DZ苏州昆山", by=by)
    assert "东莞" in await town.member.says("广东东莞", by=by)
    await town.member.says("对", by=by)
    assert (await town.member.file()).place_code == "441900"
