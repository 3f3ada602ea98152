"""The command menu that a chat shows, by role."""

from __future__ import annotations

from content.rules.roles import Role
from content.words.catalogue import Tongue

Menu = tuple[tuple[str, str], ...]


def commands(t: Tongue, role: Role) -> Menu:
    """(command, what it does), the most used first."""
    if role == "member":
        return (
            ("checkin", t.say("签到，报平安")),
            ("move", t.say("换了住处")),
            ("job", t.say("换了工作")),
            ("phone", t.say("换了手机号")),
            ("quiet", t.say("暂时联系不上")),
            ("ask", t.say("求助")),
            ("lesson", t.say("最近一课")),
            ("me", t.say("我的资料")),
            ("menu", t.say("能办什么")),
            ("language", "中文 / English"),
        )
    return (
        ("silent", t.say("谁失联了")),
        ("find", t.say("找一个人")),
        ("lesson", t.say("发一课")),
        ("notice", t.say("发通知")),
        ("lessons", t.say("课程回执")),
        ("tasks", t.say("待办")),
        ("figures", t.say("统计")),
        ("sixclear", t.say("六清")),
        ("invite", t.say("请人加入")),
        *((("ledger", t.say("要台账")),) if role != "liaison" else ()),
        ("menu", t.say("能办什么")),
        ("language", "中文 / English"),
    )
