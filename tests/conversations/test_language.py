"""中文 / English: each reads in their own language."""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Town


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
