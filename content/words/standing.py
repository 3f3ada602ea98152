"""How a contact and a standing are called in front of people."""

from __future__ import annotations

from content.rules.silence import Standing
from content.words.catalogue import N_, Tongue

STANDINGS: dict[Standing, str] = {
    "fresh": N_("按时联系"),
    "due": N_("快到期"),
    "late": N_("迟了"),
    "silent": N_("失联"),
}
_CONTACTS = {
    "enrolled": N_("列入名册"),
    "check_in": N_("签到"),
    "word": N_("来过消息"),
    "change": N_("报告变动"),
    "answer": N_("答题"),
    "help": N_("求助"),
    "call": N_("电话"),
    "visit": N_("走访"),
    "message": N_("发消息联系"),
    "not_reached": N_("没联系上"),
}


def standing(t: Tongue, value: Standing) -> str:
    return t.say(STANDINGS[value])


def ago(t: Tongue, days: int) -> str:
    """今天, 昨天, 3天前: `days` are local days."""
    if days <= 0:
        return t.say("今天")
    return t.say("昨天") if days == 1 else t.say("{days}天前", days=days)


def contact(t: Tongue, kind: str) -> str:
    return t.say(_CONTACTS[kind])
