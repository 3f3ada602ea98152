"""A number that an office sends back acts on whoever was shown last, and on nobody else. (S9)"""

from __future__ import annotations

import pytest

from tests.conversations.office import heard
from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


async def _four_of_one_surname(town: Town) -> None:
    for n, name in enumerate(("田大", "田二", "田三", "田四")):
        await town.moves_in(name, name, f"+861390001001{n}", liaison="liaison")


async def test_several_found_take_the_numbers_over(town: Town) -> None:
    await heard(town, town.old, 44)
    await _four_of_one_surname(town)
    await town.liaison.says("找 欧阳山", by="sms")
    assert "找到4人" in await town.liaison.says("找 田", by="sms")
    assert "田**" in await town.liaison.says("2", by="sms")
    assert await town.old.reads("sms") == ""


async def test_several_of_several_branches_are_told_apart_by_branch(town: Town) -> None:
    await town.moves_in("t1", "田大", "+8613900010011", liaison="liaison")
    await town.moves_in("t2", "田二", "+8613900010012", liaison="liaison", unit=town.committee)
    answer = await town.liaison.says("找 田", by="sms")
    assert "田**（柳湾村）" in answer and "田**（云溪镇党委）" in answer


@by_both
async def test_nobody_found_ends_the_older_numbers(town: Town, by: Door) -> None:
    await heard(town, town.old, 44)
    await town.liaison.says("找 欧阳山", by=by)
    assert "没有这个人" in await town.liaison.says("找 霍大山", by=by)
    for number in ("1", "2"):
        assert "没有这个选项" in await town.liaison.says(number, by=by)
    assert await town.old.reads("sms") == ""


async def test_a_reminder_says_whom_it_went_to(town: Town) -> None:
    await heard(town, town.old, 44)
    await town.liaison.says("找 欧阳山", by="sms")
    assert "已提醒欧阳**" in await town.liaison.presses("发提醒", by="sms")


@by_both
@pytest.mark.parametrize(
    ("word", "answer"), [("平安", "算已联系"), ("有困难", "什么困难"), ("没联系上", "仍算没有")]
)
async def test_the_words_of_an_answer_pick_it(town: Town, word: str, answer: str, by: Door) -> None:
    await town.liaison.says("记 欧阳山 打过电话", by=by)
    assert answer in await town.liaison.says(f" {word} ", by=by)


@by_both
async def test_the_words_of_a_file_s_answers_pick_too(town: Town, by: Door) -> None:
    await town.liaison.says("找 石远", by=by)
    assert "怎么样" in await town.liaison.says("记一次电话", by=by)


async def test_a_file_opened_by_sms_tells_of_a_cry_of_today_and_which_number_to_call(town: Town) -> None:
    await town.old.says("工资两个月没发了", by="sms")
    assert "今天求助过" in await town.liaison.says("找 欧阳山", by="sms")
    await town.passes(days=1)
    assert "今天求助过" not in await town.liaison.says("找 欧阳山", by="sms")
