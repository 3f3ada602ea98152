"""A time of day, as people write it when they plan a lesson."""

from __future__ import annotations

from datetime import time

import pytest

from content.rules.times import find_time

WRITTEN = {
    "19:30": time(19, 30),
    "19\uff1a30": time(19, 30),
    "明天 19:30": time(19, 30),
    "8:05": time(8, 5),
    "8点": time(8),
    "8点钟": time(8),
    "早上八点": time(8),
    "上午十点半": time(10, 30),
    "中午1点": time(13),
    "中午12点": time(12),
    "下午三点一刻": time(15, 15),
    "下午3:15": time(15, 15),
    "晚上7点半": time(19, 30),
    "晚7点": time(19),
    "今晚8点": time(20),
    "晚上7:30": time(19, 30),
    "7:30 pm": time(19, 30),
    "11月25日 8点": time(8),
    "25号晚8点": time(20),
    "十九点": time(19),
    "二十点十五": time(20, 15),
    "八点三十分": time(8, 30),
    "两点": time(14),
    "3点": time(15),
    "凌晨3点": time(3),
    "半夜两点": time(2),
    "夜里3点": time(3),
    "晚上2点": time(2),
    "半夜11点": time(23),
    "20时": time(20),
}

NO_TIME = [
    "",
    "明天",
    "现在",
    "随便",
    "25:00",
    "8:75",
    "25点",
    "11月25日",
    "139001390",
    "晚上12点",
    "8点75分",
]


@pytest.mark.parametrize(("words", "meant"), WRITTEN.items())
def test_a_time_is_read(words: str, meant: time) -> None:
    assert find_time(words) == meant


@pytest.mark.parametrize("words", NO_TIME)
def test_no_time_is_made_up(words: str) -> None:
    assert find_time(words) is None
