"""党费: until when they are paid is said where it is known, and asked of the branch where it is not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conversations.office import notes
from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
@pytest.mark.parametrize("word", ["党费", "党费交到几月了"])
async def test_known_they_are_said_and_can_be_disputed(town: Town, word: str, by: Door) -> None:
    await notes(town, town.member, dues_until=date(2026, 6, 1))
    assert "党费登记交到2026年6月" in await town.member.says(word, by=by)
    assert "已转给" in await town.member.presses("请联系人核对", by=by)
    assert "核对党费交到了哪个月" in await town.liaison.reads()


@by_both
@pytest.mark.parametrize("word", ["党费", "查党费"])
async def test_unknown_the_branch_is_asked_to_enter_them(town: Town, word: str, by: Door) -> None:
    assert "党费由支部登记" in await town.member.says(word, by=by)
    await town.member.presses("请联系人登记", by=by)
    assert "登记党费交到了哪个月" in await town.liaison.reads()


@by_both
async def test_in_english(town: Town, by: Door) -> None:
    await notes(town, town.member, dues_until=date(2026, 6, 1))
    await town.member.says("English")
    assert "Jun 2026" in await town.member.says("dues", by=by)
