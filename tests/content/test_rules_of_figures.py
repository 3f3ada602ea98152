"""The three places, the lines of work, the lengths, and the six things: each a rule by itself. (S2, S32)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from content.rules.dates.since import find_since
from content.rules.figures import edges, place_class
from content.rules.industries import industry_of
from content.rules.six_clear import unclear

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("home", "there", "found"),
    [
        ("321300", "310117", "out_of_province"),
        ("321300", "320583", "other_county"),
        ("321300", "321322", "within_city"),
        ("321322", "321302", "within_city"),
        ("321300", "", "unknown"),
        ("", "310117", "unknown"),
        ("321300", "999999", "unknown"),
        ("310115", "310117", "within_city"),
        ("321300", "abroad", "out_of_province"),
        ("", "abroad", "out_of_province"),
    ],
)
def test_the_three_places_and_the_unknown(home: str, there: str, found: str) -> None:
    assert place_class(home, there) == found


@pytest.mark.parametrize(
    ("employer", "job", "line"),
    [
        ("顺禾建筑劳务队", "瓦工", "building"),
        ("大樟建设三工区", "看门", "services"),
        ("明芽电子厂", "质检员", "factory"),
        ("明芽电子厂", "", "factory"),
        ("", "货车司机", "transport"),
        ("顺丰", "", "transport"),
        ("宽河服装厂", "厨师", "catering"),
        ("自己开店", "五金店", "trade"),
        ("", "养殖", "farming"),
        ("县医院", "护工", "services"),
        ("某某科技公司", "程序员", "computing"),
        ("实验小学", "老师", "school_and_health"),
        ("", "写小说", "other"),
        (" ", "", "unknown"),
    ],
)
def test_what_somebody_does_outweighs_where(employer: str, job: str, line: str) -> None:
    assert industry_of(employer, job) == line


def test_lengths_are_counted_by_the_calendar() -> None:
    assert edges(TODAY) == {
        "over_3_years": date(2023, 11, 22),
        "1_to_3_years": date(2025, 11, 22),
        "6_to_12_months": date(2026, 5, 22),
    }
    assert edges(date(2026, 8, 31))["6_to_12_months"] == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("2023年3月", date(2023, 3, 1)),
        ("2023.3", date(2023, 3, 1)),
        ("2019-11出来的", date(2019, 11, 1)),
        ("我是2018年就出来了", date(2018, 1, 1)),
        ("去年3月", date(2025, 3, 1)),
        ("今年8月15号", date(2026, 8, 1)),
        ("三年前", date(2023, 11, 1)),
        ("半年前", date(2026, 5, 1)),
        ("出来5年多了", date(2021, 11, 1)),
        ("2027年3月", None),
        ("2023年13月", None),
        ("早就出来了", None),
    ],
)
def test_since_when_lies_behind(said: str, since: date | None) -> None:
    assert find_since(said, TODAY) == since


@dataclass(frozen=True)
class File:
    reason: str = "务工"
    out_since: date | None = TODAY
    employer: str = ""
    job: str = "瓦工"
    address: str = "前进路5号"
    dues_until: date | None = TODAY


def test_the_six_in_the_order_in_which_they_are_asked_for() -> None:
    assert unclear(File(), has_a_door=True) == []
    assert unclear(File(job="", employer="电子厂"), has_a_door=True) == []
    assert unclear(File("", None, "", "", "", None), has_a_door=False) == [
        "reason",
        "date",
        "industry",
        "address",
        "contact",
        "dues",
    ]
