"""Days of the calendar: 2026-03-05, 3月5日, 下月5号, 月底, 年底, 国庆."""

from __future__ import annotations

import re
from datetime import date
from re import Match

from content.rules.dates.numerals import NUMERAL, number
from content.rules.dates.reach import Moment, Saying, day_of, feast_day, month_edge, months_later, soonest

_FIXED = {
    "元旦": (1, 1), "劳动节": (5, 1), "五一": (5, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1),
    "国庆": (10, 1), "十一": (10, 1),
}  # fmt: skip
_YEARS = {"今": 0, "本": 0, "明": 1, "后": 2, "去": -1, "前": -2}


def _full(match: Match[str], moment: Moment) -> date | None:
    return day_of(int(match["y"]), int(match["m"]), int(match["d"]))


def _year_month(match: Match[str], moment: Moment) -> date | None:
    year, month = _year(match, moment), number(match["m"])
    day = number(match["d"]) if match["d"] else None
    if year is None or month is None:
        return None
    return day_of(year, month, day) if day else month_edge(year, month, moment.ends)


def _year(match: Match[str], moment: Moment) -> int | None:
    if match["rel"]:
        return moment.as_of.year + _YEARS[match["rel"]]
    year = number(match["y"])
    return year + 2000 if year is not None and year < 100 else year


def _month_day(match: Match[str], moment: Moment) -> date | None:
    month, day = number(match["m"]) or 0, number(match["d"]) or 0
    return soonest((day_of(moment.as_of.year + n, month, day) for n in (-1, 0, 1)), moment)


def _month(match: Match[str], moment: Moment) -> date | None:
    month = number(match["m"]) or 0
    ends = moment.ends or match["edge"] == "底"
    return soonest((month_edge(moment.as_of.year + n, month, ends) for n in (-1, 0, 1)), moment)


def _near_month(match: Match[str], moment: Moment) -> date | None:
    ahead = {"下下": 2, "下": 1, "上": -1}.get(match["which"], 0)
    if not match["which"] and match["edge"] != "底" and moment.as_of.day > 15 and not moment.past:
        ahead = 1
    first = months_later(moment.as_of.replace(day=1), ahead)
    if match["d"]:
        return day_of(first.year, first.month, number(match["d"]) or 0)
    if match["edge"] == "中":
        return first.replace(day=15)
    if match["edge"] == "底" or moment.ends:
        return month_edge(first.year, first.month, ends=True)
    return first if match["edge"] == "初" else None


def _day_of_month(match: Match[str], moment: Moment) -> date | None:
    """ "5号" on the 22nd is next month's, unless it is told as past: 5号来的."""
    day = number(match["d"]) or 0
    here = day_of(moment.as_of.year, moment.as_of.month, day)
    if here and (here >= moment.as_of or moment.past):
        return here
    following = months_later(moment.as_of.replace(day=1), 1)
    return day_of(following.year, following.month, day)


def _year_end(match: Match[str], moment: Moment) -> date:
    return date(moment.as_of.year + _YEARS[match["rel"] or "今"], 12, 31)


def _fixed(match: Match[str], moment: Moment) -> date | None:
    month, day = _FIXED[match["feast"]]
    if match["rel"]:
        return date(moment.as_of.year + _YEARS[match["rel"]], month, day)
    return feast_day((date(moment.as_of.year + n, month, day) for n in (-1, 0, 1)), moment)


_YEAR = r"(?:(?P<y>(?:20)?\d\d|二[零〇][零〇一二三四五六七八九]{2})年|(?P<rel>[今明后去前])年)"
_NUM = NUMERAL
_CJK_NUM = "零一二三四五六七八九十廿"
_NOT_A_DAY = "楼院厂店房门线机码桥仓库车"  # 3号楼, 5号线
_NOT_A_FEAST = "路|街|村|镇|小学|中学|[月号日点个十百天年岁楼栋,、]"
DATED = (
    Saying(re.compile(r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"), _full),
    Saying(re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"), _full),
    Saying(re.compile(rf"{_YEAR}的?(?P<m>{_NUM})月份?(?:(?P<d>{_NUM})[号日]?)?"), _year_month),
    Saying(re.compile(rf"(?<![\d农历正腊个])(?P<m>{_NUM})月份?(?P<d>{_NUM})[号日]?(?!\d)"), _month_day),
    Saying(re.compile(r"(?<![\d.])(?P<m>\d{1,2})[./](?P<d>\d{1,2})[号日]"), _month_day),
    Saying(
        re.compile(rf"(?<![\d个农历闰])(?P<m>{_NUM})月份?(?P<edge>[初中底])?(?![\d{_CJK_NUM}])"),
        _month,
    ),
    Saying(
        re.compile(rf"(?P<which>下下|[上下这本当])个?月份?(?:的?(?P<d>{_NUM})[号日]|(?P<edge>[初中底]))?"),
        _near_month,
    ),
    Saying(
        re.compile(rf"(?<![\d下上这本个正腊冬份{_CJK_NUM}])(?P<which>)(?P<d>)月(?P<edge>[初中底])"),
        _near_month,
    ),
    Saying(re.compile(rf"(?<![\d月{_CJK_NUM}/.-])(?P<d>{_NUM})号(?![{_NOT_A_DAY}])"), _day_of_month),
    Saying(re.compile(r"(?P<rel>[今明后])?年底"), _year_end),
    Saying(
        re.compile(rf"(?:(?P<rel>[今明后])年)?(?P<feast>{'|'.join(_FIXED)})(?!{_NOT_A_FEAST})"),
        _fixed,
    ),
)
