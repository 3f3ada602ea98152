"""What can be asked of the programme itself: points, dues, certificate, lessons, one's own file."""

from __future__ import annotations

import re

from content.act import Act
from content.rules.understanding.clauses import Clause

_SERVICES = {
    "make_up": re.compile(
        r"补课|补(?:一下|上|学)?(?:党课|落下|没上|缺)|(?:缺|漏|落|错过|没赶上|没上)(?:了|"
        r"下)?[^,]{0,6}(?:党课|课)"
    ),
    "points": re.compile(r"积分|学分|多少分|几分了|我的分|^积分"),
    "dues": re.compile(r"党费"),
    "certificate": re.compile(
        r"活动证|流动党员证|党员证(?!件照)|证明信|党员证明|开(?:个|张|一?份)?证明|介绍信"
    ),
    "me": re.compile(
        r"(?:我的|我|个人|本人)(?:登记)?(?:的)?(?:资料|信息|档案|登记情况|台账)|查(?:一下|下|"
        r"看)?(?:我的?)?(?:资料|信息|档案)"
    ),
    "lesson": re.compile(
        r"(?:发|看|听|上|学|要|来|补发|给)(?:我|一下|下|一个|一节|点|份|今天的|这期|本期)*(?:微|短信)?党课|"
        r"党课(?:内容|呢|在哪|怎么(?:看|听)|发(?:我|一下|给))|党课[看听学]|有没有[^,]{0,4}党课|"
        r"今天(?:的)?学习(?:内容|什么)"
    ),
    "menu": re.compile(
        r"(?:有|能)(?:什么|哪些|啥)(?:功能|命令|指令)|能(?:干|做)(?:什么|啥)|怎么(?:用|操作|使用)(?:这个|"
        r"你|啊|呀|$)|使用说明|操作说明"
    ),
}  # fmt: skip
_ALWAYS_WANTED = frozenset({"menu", "me", "make_up"})
_WANTS = re.compile(
    r"查|看|问|多少|几|怎么|咋|如何|要|想|发|给|办|开|补|领|换|交|丢|我的|什么|哪|啥|[吗呢么]$|帮我|"
    r"申请|到期|过期|排名|排行|有误|能|需要|够|没有?$|没$"
)
_DONE = re.compile(
    r"(?:已经?|刚|都|昨天|今天)?(?:交|办|领|补|学|看|听|上|拿|收)(?:过|完|好|到)?了|已[交办领补学看]|"
    r"交过|办过|不(?:用|需要|想|要)|准时|按时"
)


def service(clause: Clause) -> Act | None:
    """Asked for, not only mentioned: 党费交过了 wants nothing."""
    if clause.other or (_DONE.search(clause.text) and not clause.asked):
        return None
    for intent, words in _SERVICES.items():
        if words.search(clause.text) and (intent in _ALWAYS_WANTED or _WANTS.search(clause.text)):
            return Act(intent=intent)
    return None
