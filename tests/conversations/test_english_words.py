"""Whoever writes English is understood where the words are the commonest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
async def test_the_commonest_english_words_are_understood(town: Town, by: Door) -> None:
    assert "知道您平安" in await town.member.says("Check in", by=by)
    assert (await town.member.file()).last_contact_kind == "check_in"
    assert "现住" in (heard := await town.member.says("my file", by=by)) or "住处" in heard


@by_both
async def test_a_place_in_pinyin_is_asked_for_and_not_kept_twice(town: Town, by: Door) -> None:
    await town.member.says("I moved to Hangzhou", by=by)
    for words in ("Hangzhou", "杭州"):
        town.clock.wind(timedelta(seconds=20))
        heard = await town.member.says(words, by=by)
    assert "浙江省杭州市" in heard
    assert "Hangzhou" not in heard


@by_both
async def test_never_mind_closes_a_question(town: Town, by: Door) -> None:
    await town.member.says("DZ", by=by)
    assert "没有改动" in await town.member.says("Never mind", by=by)
