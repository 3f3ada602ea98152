"""Buttons that recur: the keys at hand below a chat, by role, and the way to a member's file."""

from __future__ import annotations

from functools import cache

from content.act import Act
from content.letter import Choice, Rows
from content.words.catalogue import Tongue


@cache
def member_keys(t: Tongue) -> Rows:
    """Worked out once for each language: they go out with nearly every answer."""
    return (
        (_key(t.say("签到"), "check_in"), _key(t.say("求助"), "help")),
        (
            _key(t.say("换了住处"), "change_address"),
            _key(t.say("换了工作"), "change_job"),
            _key(t.say("换了号码"), "change_phone"),
        ),
        (_key(t.say("暂时联系不上"), "quiet"), _key(t.say("我的资料"), "me")),
    )


def office_keys(t: Tongue, is_member: bool) -> Rows:
    """Of a liaison or secretary; who is a member as well signs in here too."""
    own_file = ((_key(t.say("签到"), "check_in"), _key(t.say("我的资料"), "me")),)
    return (
        (_key(t.say("谁失联了"), "silent"), _key(t.say("发一课"), "send_lesson")),
        (_key(t.say("发通知"), "send_notice"), _key(t.say("课程回执"), "lesson_reports")),
        (_key(t.say("请人加入"), "invite"), _key(t.say("统计"), "figures")),
        (_key(t.say("待办"), "tasks"), _key(t.say("六清"), "six_clear")),
        *(own_file if is_member else ()),
    )


def to_the_file(t: Tongue, member_id: str) -> Rows:
    """What hangs under a letter about a member, for whoever looks after them."""
    return ((Choice(t.say("打开资料"), Act(intent="open_file", about={"id": member_id})),),)


def key_meant(keys: Rows, text: str) -> Act | None:
    """What the key with exactly this label does, or None where none has it."""
    return next((choice.act for row in keys for choice in row if choice.label == text), None)


def _key(label: str, intent: str) -> Choice:
    return Choice(label, Act(intent=intent), at_hand=True)
