"""Planned silence: at sea, down a mine, behind closed gates; with the day it ends, where it was said."""

from __future__ import annotations

import re
from datetime import date, timedelta

from content.act import Act
from content.rules.dates import find_until
from content.rules.understanding.clauses import Clause

_OUT_OF_REACH = re.compile(
    r"(?:电话|手机|号)?(?:会|可能|都|要|就)?(?:打不通|联系不(?:上|到)|接不(?:到|了)|收不到|关机|停机|"
    r"没信号|没有信号|无信号|没网|没有网|不通|不在服务区)|"
    r"信号(?:不好|差|弱|不稳)|(?:不能|不让|不许|不方便)(?:用|带|玩|开|接|看|联系)(?:手机|电话)?|"
    r"手机(?:要|都)?(?:上交|没收|统一保管)|"
    r"封闭(?:式)?(?:管理|培训|训练|施工|作业|集训|学习|军训)|保密(?:单位|项目|工程)|出海|上船|跑船|"
    r"进山|下井|上岛|远洋"
)
_GONE_ALREADY = re.compile(
    r"(?:前几天|前段时间|之前|昨天|刚才|上次|早上|那天|前两天|上周|上个月)|刚(?:看到|才)|才看到|"
    r"恢复了?|好了|通了|回来了"
)
_YOURS = re.compile(
    r"^(?:你们?|您|书记|支部|村里|村委|热线|你的|联系人)[^,]{0,6}(?:电话|号|手机)|给(?:你|您|书记|村里)打"
)
_AHEAD = re.compile(r"要|会|将|接下来|这段时间|期间|最近|这阵|开始|准备|马上|明天|后天|下周|下个?月|从")
_A_START = timedelta(days=4)  # 明天进山 says when it begins, not when it ends
_UNTIL = re.compile(r"到|至|天|才")


def quiet(clause: Clause, text: str, as_of: date) -> Act | None:
    """Only what lies ahead: a bad line yesterday is a sign of life, not a plan."""
    if clause.other or clause.asked or not _OUT_OF_REACH.search(clause.text):
        return None
    if _GONE_ALREADY.search(text) or _YOURS.search(clause.text):
        return None
    until = find_until(text, as_of)
    if until and until - as_of < _A_START and not _UNTIL.search(text):
        until = None
    if until is None and not _AHEAD.search(text):
        return None
    return Act(intent="quiet", until=until.isoformat() if until else "")
