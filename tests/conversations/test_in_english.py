"""Whatever somebody writes who chose English, by whichever door: the answer is in English."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversations.office import heard, lives_in
from tests.conversations.town import Door, Speaker, Town, a_town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])
CORPUS = Path(__file__).parents[1] / "content" / "understanding.jsonl"
# One of each kind of message is enough, and of the commonest kinds a few.
OF_A_KIND = 2

OFFICE = (
    *("失联", "失联 90", "失联 30", "失联 苏州", "失联 鼓楼区", "失联 火星", "找 石远", "找 谁", "找"),
    *("邀请", "邀请 石远", "邀请 谈七", "发课", "发课 防骗", "明天晚上七点半", "确认", "党课情况", "记录"),
    *("记录 石远", "一切都好", "提醒 石远", "转给 石远", "1", "2", "3", "帮助", "下一页", "取消", "你好"),
)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Without the count of parts: English takes two, see `test_language`."""
    async with a_town(tmp_path) as town:
        yield town
        assert not town.members_named_to_office()
        assert not town.ear.wrong


def messages() -> list[str]:
    """A few of each kind that the corpus of understanding knows."""
    by_kind: dict[str, list[str]] = {}
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        kinds = [act["intent"] for act in case["acts"]]
        # Who gives up a door is a stranger there from then on, and nobody knows a stranger's language.
        if "短信" not in case["text"] and not {"not_me", "withdraw", "choice"} & {*kinds}:
            by_kind.setdefault(" ".join(kinds), []).append(case["text"])
    return [text for kind in by_kind.values() for text in kind[:OF_A_KIND]]


async def says_each(town: Town, who: Speaker, texts: list[str] | tuple[str, ...], by: Door) -> None:
    for n, text in enumerate(texts):
        if n % 8 == 0:
            # Nobody is answered by SMS more than so many times an hour.
            await town.passes(hours=2)
        await who.says(text, by=by)


@by_both
async def test_a_member_is_answered_in_english(town: Town, by: Door) -> None:
    me = town.member if by == "chat" else town.old
    await me.says("English", by=by)
    await says_each(town, me, messages(), by)


@by_both
@pytest.mark.parametrize("who", ["liaison", "secretary"])
async def test_an_office_is_answered_in_english(town: Town, who: str, by: Door) -> None:
    me = town.people[who]
    await town.moves_in("outside", "谈七", "+8613900000017", liaison="liaison", joined=False)
    for member in (town.member, town.outside):
        await heard(town, member, 44)
    await lives_in(town, town.old, "320106")
    await me.says("English", by=by)
    await says_each(town, me, OFFICE, by)


@by_both
async def test_what_members_do_is_told_in_english(town: Town, by: Door) -> None:
    for officer in (town.liaison, town.secretary):
        await officer.says("English")
    await says_each(town, town.member if by == "chat" else town.old, messages()[::2], by)
    await town.passes(days=60)


@by_both
async def test_two_weeks_away_are_two_weeks(town: Town, by: Door) -> None:
    me = town.member if by == "chat" else town.old
    for words in ("English", "/quiet"):
        await me.says(words, by=by)
    assert "16 Nov 2026" in await me.says("two weeks", by=by)
