"""What goes out from an office, and what its sender does while it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.lessons.library import all_lessons
from tests.simulation.luck import Luck
from tests.simulation.person import DAY, HOUR, MINUTE
from tests.simulation.words import Shown

if TYPE_CHECKING:
    from tests.simulation.officers import Officer

_TIMES = ("现在", "现在", "明天 19:30", "明天早上九点", "后天 22:30", "今天 20:00", "周五晚上7点半")
_WORDS = {
    "发通知": (
        "明天上午停水,请存好水。",
        "下周三开会,回不来的请说一声。",
        "社保卡可以在外地办了,见 www.example.cn",
    ),
    "发祝福": ("重阳快乐,在外多保重。", "新年好,全家平安。"),
    "发提醒": ("请交本月党费。", "请把新地址告诉我们。"),
}
_LATER = ("明天 19:30", "后天早上九点", "只发在外的", "除了今天签到的")
# While it goes out, and after it: what a sender presses, how often.
_WHILE = {
    "暂停": 0.15,
    "继续": 0.9,
    "撤回": 0.1,
    "同意": 0.85,
    "不同意": 0.1,
    "试发给自己": 0.05,
    "看回执": 0.2,
}
_CALLS_OFF = 0.06


def an_order(luck: Luck) -> str:
    if luck.happens(0.5):
        titles = [lesson.chinese.title for lesson in all_lessons().values()]
        return f"发课 {luck.choice(titles)} {luck.choice(_TIMES)}"
    kind = luck.choice(list(_WORDS))
    return f"{kind} {luck.choice(_WORDS[kind])}"


def as_one_sends(officer: Officer, shown: Shown) -> bool:
    """Whether what is shown is about something that they send: then they did with it what they do."""
    again = [way for way in shown.ways if way.label.startswith("再发给")]
    if again and officer.luck.happens(0.4):
        officer.presses(shown, again[0])
        return True
    for way in shown.ways:
        if way.label in _WHILE and officer.luck.happens(_WHILE[way.label]):
            officer.presses(shown, way)
            if way.label == "暂停":
                _goes_on_later(officer)
            return True
    confirm = any(way.label == "确认" for way in shown.ways)
    if confirm and officer.luck.happens(0.4):
        # A change of mind is shown anew, and answered then.
        more = officer.luck.choice(_LATER)
        officer.world.later(officer.luck.uniform(1, 4) * MINUTE, lambda: officer.says(more))
        return True
    return False


def _goes_on_later(officer: Officer) -> None:
    """Minutes after the pause, or days; some call it off, and say so twice."""
    if officer.luck.happens(_CALLS_OFF):
        for minutes in (5, 7):
            officer.world.later(minutes * MINUTE, lambda: officer.says("取消"))
    else:
        wait = officer.luck.choice((3 * MINUTE, 2 * HOUR, 2 * DAY))
        officer.world.later(wait, lambda: officer.says("继续"))
