"""What an old phone shows of a letter, and what it costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.contract import Button, Outgoing
from bot.channels.sms import parts_of, sms_text
from bot.channels.telegram.pages import as_pages, length

YES_NO = ((Button("✅ 是", "t1"),), (Button("否", "t2"),))


@pytest.mark.parametrize(
    ("text", "buttons", "shown"),
    [
        ("清明前后来看您", (), "【联动】清明前后来看您"),
        ("您还在惠州吗？", YES_NO, "【联动】您还在惠州吗？\n回1 是 回2 否"),
        ("📢 明天38℃，住10㎡的注意通风", (), "【联动】明天38℃，住10㎡的注意通风"),
        ("𠮷老师好", (), "【联动】𠮷老师好"),
        ("Are you well?", ((Button("Yes", "t"),),), "【联动】Are you well?\nReply 1 Yes"),
    ],
)
def test_a_letter_as_an_old_phone_shows_it(
    text: str, buttons: tuple[tuple[Button, ...], ...], shown: str
) -> None:
    assert sms_text(Outgoing("+8613900139003", text, "77", buttons=buttons), "【联动】") == shown


def test_what_goes_to_many_says_at_its_end_how_to_get_no_more() -> None:
    one = Outgoing("+8613900139003", "明天停水", "77")
    assert sms_text(one, "【联动】", "拒收请回复R") == "【联动】明天停水"
    assert sms_text(one._replace(to_many=True), "【联动】", "拒收请回复R") == "【联动】明天停水 拒收请回复R"


@pytest.mark.parametrize(
    ("text", "parts"),
    [("学" * 70, 1), ("学" * 71, 2), ("学" * 134, 2), ("学" * 135, 3), ("a" * 160, 1), ("€" * 81, 2)],
)
def test_parts_are_counted_as_the_network_counts_them(text: str, parts: int) -> None:
    assert parts_of(text) == parts


@given(st.text(st.sampled_from("学\n \U0001f600a"), max_size=400))
def test_pages_fit_and_lose_no_word(text: str) -> None:
    pages = as_pages(text, 20)
    assert all(0 < length(page) <= 20 for page in pages)
    assert "".join("".join(pages).split()) == "".join(text.split())
