"""Days counted from today: 明天, 大后天, 下周一, 周末."""

from __future__ import annotations

import re
from datetime import date, timedelta
from re import Match

from content.rules.dates.reach import Moment, Saying

_DAYS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨儿": -1,
    "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "今儿": 0, "当天": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明儿": 1, "次日": 1,
    "后天": 2, "后日": 2, "后儿": 2, "大后天": 3, "大后日": 3,
}  # fmt: skip
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {c: i for i, c in enumerate("1234567")}
_WEEKDAYS |= {"天": 6, "末": 5}
_AHEAD = {"上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}


def _near_day(match: Match[str], moment: Moment) -> date:
    return moment.as_of + timedelta(days=_DAYS[match[0]])


def _week_day(match: Match[str], moment: Moment) -> date:
    monday = moment.as_of - timedelta(days=moment.as_of.weekday())
    day = monday + timedelta(days=_WEEKDAYS[match["day"]])
    if match["which"]:
        return day + timedelta(weeks=_AHEAD[match["which"]])
    return day if day >= moment.as_of else day + timedelta(weeks=1)


def _week_end(match: Match[str], moment: Moment) -> date | None:
    """下周 alone has no day to begin on, but it has a day by which it is over."""
    if not moment.ends:
        return None
    sunday = moment.as_of + timedelta(days=6 - moment.as_of.weekday())
    return sunday + timedelta(weeks=_AHEAD[match["which"]])


_WEEK = r"(?:周|星期|礼拜)"
NEAR = (
    Saying(re.compile("|".join(sorted(_DAYS, key=len, reverse=True))), _near_day),
    Saying(
        re.compile(rf"(?P<which>下下|[上下这本])?个?{_WEEK}(?P<day>[一二三四五六日天末]|[1-7](?!\d))(?!月)"),
        _week_day,
    ),
    Saying(re.compile(rf"(?P<which>下下|[下这本])个?{_WEEK}(?![一二三四五六日天末1-7])"), _week_end),
)
