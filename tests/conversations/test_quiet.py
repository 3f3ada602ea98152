"""出海三个月: a planned absence, told beforehand, is not silence. (S9)"""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Town
from tests.conversations.ways_in import history_of

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
async def test_read_back_confirmed_and_nobody_is_reminded(town: Town, by: Door) -> None:
    assert "2027年2月2日" in await town.member.says("我要出海三个月", by=by)
    assert (await town.member.file()).quiet_until is None
    assert "平平安安" in await town.member.says("对", by=by)
    assert [change.field for change in await history_of(town, town.member)] == ["quiet"]
    assert "不算失联" in await town.liaison.reads()
    await town.passes(days=85)
    assert await town.member.reads("chat") == "" and await town.member.reads("sms") == ""
    assert (await town.member.file()).standing(town.clock.now()) == "fresh"


@by_both
async def test_the_day_may_be_asked_for(town: Town, by: Door) -> None:
    assert "什么时候" in await town.member.says("/quiet" if by == "chat" else "接下来会封闭管理", by=by)
    assert "2027年2月2日" in await town.member.says("三个月", by=by)


@by_both
@pytest.mark.parametrize("thanks", ["谢谢", "好的", "1"])
async def test_a_thank_you_on_the_same_day_does_not_end_it(town: Town, thanks: str, by: Door) -> None:
    await town.member.says("我要出海三个月", by=by)
    await town.member.says("对", by=by)
    await town.liaison.reads()
    await town.member.says(thanks, by=by)
    assert (await town.member.file()).quiet_until is not None
    assert await town.liaison.reads() == ""


@by_both
async def test_their_own_word_ends_it_and_says_so(town: Town, by: Door) -> None:
    await town.member.says("我要出海三个月", by=by)
    await town.member.says("对", by=by)
    await town.passes(days=10)
    back = await town.member.says("签到", by=by)
    assert "12月12日" in back and "又" in back
    assert (await town.member.file()).quiet_until is None


@by_both
async def test_rewriting_asks_for_the_day_again(town: Town, by: Door) -> None:
    await town.member.says("我要出海三个月", by=by)
    assert "什么时候" in await town.member.says("重写", by=by)
    assert "2026年12月2日" in await town.member.says("一个月", by=by)
