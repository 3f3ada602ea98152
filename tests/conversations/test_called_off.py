"""What was never said is never kept: a number is no place, and 算了 leaves the file as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.test_lesson import sends
from tests.conversations.town import Door, Speaker, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])
A_MOMENT = timedelta(seconds=20)


async def says_in_turn(town: Town, who: Speaker, *words: str, by: Door) -> str:
    """One after the other, a moment between them; what the last one heard."""
    heard = ""
    for word in words:
        town.clock.wind(A_MOMENT)
        heard = await who.says(word, by=by)
    return heard


@by_both
async def test_a_number_out_of_the_list_repeats_the_list(town: Town, by: Door) -> None:
    assert "是哪里" in await says_in_turn(town, town.member, "DZ鼓楼区", "9", by=by)
    assert "徐州市鼓楼区" in await says_in_turn(town, town.member, "2", by=by)
    assert "记下了" in await says_in_turn(town, town.member, "1", by=by)
    assert (await town.member.file()).place_code == "320302"


@by_both
@pytest.mark.parametrize("asked", ["DZ", "GZ"])
async def test_digits_are_neither_a_place_nor_a_trade(town: Town, asked: str, by: Door) -> None:
    for digits in ("7", "2", "88"):
        assert "对吗" not in await says_in_turn(town, town.member, asked, digits, digits, by=by)


@by_both
async def test_the_code_word_is_no_part_of_the_answer(town: Town, by: Door) -> None:
    assert "改为" in (heard := await says_in_turn(town, town.member, "DZ", "老地方", "DZ日本东京", by=by))
    assert "DZ" not in heard
    await says_in_turn(town, town.member, "1", by=by)
    assert (await town.member.file()).address == "日本东京"
    assert "GZ" not in await says_in_turn(town, town.member, "GZ", "GZ 电子厂拧螺丝", by=by)


@by_both
@pytest.mark.parametrize("words", ["不换了", "不搬了", "没换", "算了", "不用改了", "还是不换了吧"])
@pytest.mark.parametrize("asked", ["DZ", "GZ", "换厂了"])
async def test_a_question_is_called_off_in_words(town: Town, asked: str, words: str, by: Door) -> None:
    assert "没有改动" in await says_in_turn(town, town.member, asked, words, by=by)


@by_both
@pytest.mark.parametrize("words", ["算了", "不换了", "取消"])
async def test_what_was_read_back_is_called_off(town: Town, words: str, by: Door) -> None:
    assert "没有改动" in await says_in_turn(town, town.member, "GZ电子厂质检", words, by=by)
    for late in ("1", "对"):
        assert "没有改动" in await says_in_turn(town, town.member, late, by=by)
    assert (await town.member.file()).job == ""


@by_both
async def test_a_no_still_asks_for_it_anew(town: Town, by: Door) -> None:
    assert "换到哪里" in await says_in_turn(town, town.member, "GZ电子厂质检", "写错了", by=by)


@by_both
async def test_what_was_answered_is_not_asked_again_by_a_late_cancel(town: Town, by: Door) -> None:
    await says_in_turn(town, town.member, "换号了 13900139055", by=by)
    assert "校验码" in await town.member.presses("对", by=by)
    assert "已经回过" in await says_in_turn(town, town.member, "取消", by=by)


async def test_a_yes_typed_after_the_button_is_told_that_it_is_done(town: Town) -> None:
    await town.member.says("GZ电子厂质检")
    await town.passes(hours=25)
    await town.member.reads()
    await town.member.presses("对")
    assert "已经回过" in await town.member.says("对")


async def test_thanks_for_a_lesson_answer_nothing_that_was_settled_before(town: Town) -> None:
    await town.old.says("换号了 13900139055", by="sms")
    await town.old.says("1", by="sms")
    await sends(town.liaison)
    await town.old.reads("sms")
    assert "没答对" in await town.old.says("A", by="sms")
    assert "有事随时写给我" in await town.old.says("好的", by="sms")
