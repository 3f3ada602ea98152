"""Days as members say them, seen from Sunday, 22 November 2026."""

from __future__ import annotations

import time
from datetime import date

import pytest

from content.rules.dates import find_date, find_until, number

TODAY = date(2026, 11, 22)

DAYS = {
    "今天": "2026-11-22",
    "明天": "2026-11-23",
    "后天去": "2026-11-24",
    "大后天": "2026-11-25",
    "昨天到的": "2026-11-21",
    "下周一": "2026-11-23",
    "周六走": "2026-11-28",
    "上周五": "2026-11-13",
    "下月5号": "2026-12-05",
    "下个月五号": "2026-12-05",
    "3月5日": "2027-03-05",
    "三月五日": "2027-03-05",
    "3月5号": "2027-03-05",
    "明年3月5日": "2027-03-05",
    "2026-03-05": "2026-03-05",
    "二〇二七年三月五日": "2027-03-05",
    "20261201": "2026-12-01",
    "2026年3月": "2026-03-01",
    "月底": "2026-11-30",
    "12月底": "2026-12-31",
    "年底": "2026-12-31",
    "5号走": "2026-12-05",
    "5号来的": "2026-11-05",
    "9月10号来的": "2026-09-10",
    "廿八号": "2026-11-28",
    "三个月后": "2027-02-22",
    "过三天": "2026-11-25",
    "正月初八": "2027-02-13",
    "大年初六": "2027-02-11",
    "腊月二十八": "2027-02-04",
    "除夕": "2027-02-05",
    "春节": "2027-02-06",
    "元宵": "2027-02-20",
    "清明": "2027-04-05",
    "端午": "2027-06-09",
    "国庆回去": "2027-10-01",
    "国庆来的": "2026-10-01",
    "元旦": "2027-01-01",
}

UNTIL = {
    "三个月": "2027-02-22",
    "半年内电话打不通": "2027-05-22",
    "两周": "2026-12-06",
    "半个月": "2026-12-07",
    "一个半月": "2027-01-06",
    "两年半": "2029-05-22",
    "三四个月": "2027-03-22",
    "到腊月二十八": "2027-02-04",
    "3月5日到5月6日": "2027-05-06",
    "明天开始半年": "2027-05-22",
    "明年3月": "2027-03-31",
    "下个月": "2026-12-31",
    "年底前": "2026-12-31",
}

NO_DAY = [
    "3号楼",
    "两个月没发工资",
    "干了三个月了",
    "2月30日",
    "十一个人",
    "初中同学",
    "五一路",
    "",
    "三个月",
]


@pytest.mark.parametrize(("words", "day"), DAYS.items())
def test_a_day_is_found_as_it_is_said(words: str, day: str) -> None:
    assert find_date(words, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(("words", "day"), UNTIL.items())
def test_the_last_day_of_an_absence_is_worked_out(words: str, day: str) -> None:
    assert find_until(words, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("words", NO_DAY)
def test_where_no_day_is_said_none_is_found(words: str) -> None:
    assert find_date(words, TODAY) is None


def test_the_31st_and_half_a_year_is_the_last_of_the_month() -> None:
    assert find_until("半年", date(2026, 8, 31)) == date(2027, 2, 28)


def test_the_first_days_of_the_new_year_need_no_month_while_it_is_near() -> None:
    assert find_date("初八回厂", date(2027, 2, 1)) == date(2027, 2, 13)
    assert find_date("初八回厂", TODAY) is None


def test_numerals_of_every_kind_are_read() -> None:
    assert [number(n) for n in ("28", "二十八", "廿八", "两", "十", "一百零五", "二〇二六", "人")] == [
        28,
        28,
        28,
        2,
        10,
        105,
        2026,
        None,
    ]


def test_hostile_text_takes_no_time() -> None:
    started = time.thread_time()
    for hostile in (
        "三个月" * 3_333,
        "1月" * 5_000,
        "一" * 10_000,
        "9" * 10_000,
        "下" * 10_000,
        "(3月5日" * 2_000,
    ):
        find_date(hostile, TODAY)
        find_until(hostile, TODAY)
    assert time.thread_time() - started < 1


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("two weeks", "2026-12-06"),
        ("for 10 days", "2026-12-02"),
        ("A month", "2026-12-22"),
        ("half a year or so", "2027-05-22"),
        ("wages two months late", None),
        ("3 weeks ago", None),
    ],
)
def test_a_length_of_time_in_english_is_one_too(words: str, day: str | None) -> None:
    assert find_until(words, date(2026, 11, 22)) == (date.fromisoformat(day) if day else None)
