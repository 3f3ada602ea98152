"""签到: a member says that all is well. (S8)"""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Town


@pytest.mark.parametrize("words", ["签到", "一切都好", "QD", "千到"])
@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_a_word_is_answered_with_the_day_of_the_next(town: Town, words: str, by: Door) -> None:
    assert "12月2日" in await town.member.says(words, by=by)


async def test_the_button_and_the_command_do_the_same(town: Town) -> None:
    assert "12月2日" in await town.member.says("/checkin")
    assert "12月2日" in await town.member.presses("签到")


async def test_an_old_phone_is_enough(town: Town) -> None:
    assert "12月2日" in await town.old.says("签到", by="sms")
    assert (await town.old.file()).last_contact_kind == "check_in"
