"""船回来了, 到岸了, 能联系上了: the words that end a planned absence before its day. (S9)"""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.act import Act
from content.rules.understanding.plain import joined, plain

_BACK = re.compile(
    r"(?:回来|回港|返航|靠岸|到岸|上岸|下船|下山|出山|出来|到港)了|提前(?:回|结束)|联系得?[上到]了|"
    r"(?:打得?|能)通了|(?:有|恢复)了?信号|信号(?:恢复|有|好)了|(?:封闭|培训|集训|学习|施工|工程)结束了|解封了|"
    r"手机(?:还|拿|发)(?:给我|回来|到)?了|^i(?: am|'m) back\b"
)
_NOT_YET = re.compile(r"[没不未等快要才]|什么时候|几时|到时|如果|准备|再(?:说|报|联系)|\?|工资|钱")
_CLAUSE = re.compile(r"[,.;!。、\n]+")
# What the same words are taken for where nobody has announced an absence.
_THE_SAME = frozenset({"return", "check_in", "unknown", "ack", "quiet"})


def is_back(text: str) -> bool:
    """Whether the words say that one can be reached again."""
    clauses = _CLAUSE.split(joined(plain(text)))
    return any(_BACK.search(clause) and not _NOT_YET.search(clause) for clause in clauses)


def ended(acts: Sequence[Act], text: str) -> tuple[Act, ...]:
    """The acts of somebody who announced an absence: 船回来了 ends it, and is no return home for good."""
    if not is_back(text):
        return tuple(acts)
    return (Act(intent="back"), *(act for act in acts if act.intent not in _THE_SAME))
