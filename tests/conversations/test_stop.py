"""TD and 恢复: lessons and reminders stop at once, and start again as easily."""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
@pytest.mark.parametrize("word", ["TD", "退订", "别发了"])
async def test_a_stop_holds_at_once_and_is_not_asked_about(town: Town, word: str, by: Door) -> None:
    assert "不再" in await town.member.says(word, by=by)
    assert (await town.member.file()).stopped
    await town.passes(days=35)
    assert await town.member.reads("chat") == "" and await town.member.reads("sms") == ""


@by_both
async def test_their_own_words_are_answered_all_the_same(town: Town, by: Door) -> None:
    await town.member.says("TD", by=by)
    assert "下次" in await town.member.says("签到", by=by)


@by_both
async def test_starting_again_is_one_word(town: Town, by: Door) -> None:
    await town.member.says("TD", by=by)
    assert "又给您发" in await town.member.says("恢复", by=by)
    assert not (await town.member.file()).stopped
    await town.passes(days=30)
    assert "签到" in await town.member.reads("chat")


@by_both
async def test_a_stop_in_the_middle_of_a_question_is_a_stop(town: Town, by: Door) -> None:
    for question in ("求助", "DZ", "GZ", "SJ"):
        await town.member.says(question, by=by)
        assert "不再" in await town.member.says("TD", by=by)
    assert await town.liaison.reads() == ""


async def test_a_stop_in_the_middle_of_a_question_is_no_cry_for_help(town: Town) -> None:
    await town.old.says("QZ", by="sms")
    assert "不再发课" in await town.old.says("停发", by="sms")
    assert await town.liaison.reads() == ""
