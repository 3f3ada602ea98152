"""No space between Chinese words, one between Chinese and Latin letters or digits."""

from __future__ import annotations

import pytest

from content.words.catalogue import tongue


@pytest.mark.parametrize(
    ("message", "fields", "set_in_type"),
    [
        ("请 {name} 加入", {"name": "王五"}, "请王五加入"),
        ("请 {name} 加入", {"name": "Smith"}, "请 Smith 加入"),
        ("下次 {due} 前", {"due": "12月2日"}, "下次 12月2日前"),
        ("有 {n} 人", {"n": 3}, "有 3 人"),
        ("上次是 {day} {kind}", {"day": "9月19日", "kind": "签到"}, "上次是 9月19日签到"),
        ("{name} · {unit}", {"name": "王五", "unit": "柳湾"}, "王五 · 柳湾"),
        ("住在 {where}。", {"where": "昆山 玉山镇"}, "住在昆山 玉山镇。"),
        ("{one}{another}", {"one": "甲 乙", "another": "丙"}, "甲 乙丙"),
    ],
)
def test_a_space_only_beside_letters_and_digits(
    message: str, fields: dict[str, object], set_in_type: str
) -> None:
    assert tongue("zh").say(message, **fields) == set_in_type


def test_in_english_every_space_stays() -> None:
    assert (
        tongue("en").say("{name} {why}，请打个电话。", name="王五", why="停收") == "王五 停收. Please call."
    )


def test_what_people_typed_is_no_format() -> None:
    assert tongue("zh").say("{name}：{value}", name="{n}", value="{0}") == "{n}：{0}"
