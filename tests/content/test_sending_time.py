"""When something is to go out, as senders write it: understood, or known not to be; never taken for today."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from content.rules.sending_time import Told, told_when

# A Monday.
TODAY = date(2026, 11, 2)
TOMORROW, FRIDAY = date(2026, 11, 3), date(2026, 11, 6)
EVENING = time(19, 30)

WHOLE = {
    "周五19:30": (FRIDAY, EVENING),
    "周五 19：30": (FRIDAY, EVENING),
    "星期五晚上7点半": (FRIDAY, EVENING),
    "11/5 8点": (date(2026, 11, 5), time(8)),
    "11-5 8点": (date(2026, 11, 5), time(8)),
    "12.1 19:30": (date(2026, 12, 1), EVENING),
    "5日8点": (date(2026, 11, 5), time(8)),
    "5日 8点": (date(2026, 11, 5), time(8)),
    "5号晚8点": (date(2026, 11, 5), time(20)),
    "11月5日8点": (date(2026, 11, 5), time(8)),
    "后晚8点": (date(2026, 11, 4), time(20)),
    "后天晚上8点": (date(2026, 11, 4), time(20)),
    "tomorrow 8点": (TOMORROW, time(8)),
    "tomorrow 8am": (TOMORROW, time(8)),
    "Tomorrow at 7:30 pm": (TOMORROW, EVENING),
    "Dec 1 19:30": (date(2026, 12, 1), EVENING),
    "December 1st 19:30": (date(2026, 12, 1), EVENING),
    "1 Dec, 19:30": (date(2026, 12, 1), EVENING),
    "Friday 19:30": (FRIDAY, EVENING),
    "day after tomorrow 19:30": (date(2026, 11, 4), EVENING),
    "明早": (TOMORROW, time(8)),
    "明晚": (TOMORROW, EVENING),
    "明天早上": (TOMORROW, time(8)),
    "tonight": (TODAY, EVENING),
    "明早九点": (TOMORROW, time(9)),
    "今晚12点": (TOMORROW, time(0)),
    "今晚24点": (TOMORROW, time(0)),
    "明天零点": (TOMORROW, time(0)),
    "改到明天19:30": (TOMORROW, EVENING),
    "那就明天晚上7点半发吧。": (TOMORROW, EVENING),
    "三天后 8点": (date(2026, 11, 5), time(8)),
    "月底8点": (date(2026, 11, 30), time(8)),
    "2026-12-01 19:30": (date(2026, 12, 1), EVENING),
}
PARTLY = {
    "19:30": (None, EVENING),
    "明天": (TOMORROW, None),
    "周五": (FRIDAY, None),
    "11/5": (date(2026, 11, 5), None),
    "明天下午": (TOMORROW, None),
    "Dec 1": (date(2026, 12, 1), None),
}
UNCLEAR = [
    "下周 8点",
    "12月 8点",
    "下个月 8点",
    "明天或后天 8点",
    "明天下午三点或四点",
    "明天 8点到9点",
    "25:00",
    "明天25点",
    "13/45 8点",
    "过几天 8点",
    "改天 8点",
    "周八 8点",
    "next week 8:00",
    "Sept 31 8:00",
    "明天凌晨12点",
    "一会儿",
]
NO_TIME = ["", "随便吧", "石远", "好的"]
NOT_ALONE = ["明天 19:30 石远不用收", "开会时间改到明天19:30了告诉大家", "明天停水", "请石远明天来"]


@pytest.mark.parametrize(("words", "meant"), (WHOLE | PARTLY).items())
def test_a_day_and_an_hour_are_read(words: str, meant: tuple[date | None, time | None]) -> None:
    told = told_when(words, TODAY)
    assert (told.day, told.hour) == meant and told.alone and not told.unclear


@pytest.mark.parametrize("words", ["现在", "现在发", "现在就发", "马上发", "立即发送", "now", "send now"])
def test_now(words: str) -> None:
    assert told_when(words, TODAY) == Told(now=True, alone=True)


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("半小时后", timedelta(minutes=30)),
        ("半个小时后发", timedelta(minutes=30)),
        ("两小时后", timedelta(hours=2)),
        ("一个半小时以后", timedelta(minutes=90)),
        ("20分钟后", timedelta(minutes=20)),
        ("in 2 hours", timedelta(hours=2)),
        ("in half an hour", timedelta(minutes=30)),
    ],
)
def test_so_long_from_now(words: str, after: timedelta) -> None:
    told = told_when(words, TODAY)
    assert told.after == after and told.alone and not told.unclear


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_is_not_understood_is_known_as_such(words: str) -> None:
    assert told_when(words, TODAY).unclear


@pytest.mark.parametrize("words", NO_TIME)
def test_no_time_is_none(words: str) -> None:
    told = told_when(words, TODAY)
    assert not told.says_when and not told.unclear


@pytest.mark.parametrize("words", NOT_ALONE)
def test_more_than_a_time(words: str) -> None:
    assert not told_when(words, TODAY).alone
