"""讲到了, 见到了, 没人接, 号码不对: how a call ended, in plain words, and whom it was to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Ended(NamedTuple):
    """`how` is an outcome or a reason of a task; `name` as much of the member's name as was said."""

    how: str
    name: str


_SAID = r"(?:讲|说|告诉|通知|转告|转达|传达|带|告知)"
_ENDS: Mapping[str, str] = {
    "visit": rf"(?:见[到着](?:本人|人)?|见过(?:本人|面)?|(?:当面|上门){_SAID}?(?:到|过)?)了?",
    "call": rf"(?:电话里?)?(?:{_SAID}(?:到|过|清楚|给[他她])?|话带到|打通)了",
    "no_reply": r"(?:电话|打了|打过)?(?:没有?人接|无人接听?|没接|不接(?:电话)?|打不通|没打?通|关机)了?",
    "not_found": r"没问到",
    "wrong_number": (
        r"(?:号码?是?(?:不对|错|别人的)|是?(?:空号|停机|别人接的?)|打错|不是(?:本人|[他她])(?:接的?)?)了?"
    ),
    "unwilling": r"(?:本人|[他她])?(?:不(?:愿意?|肯|想)?听|拒绝)了?",
    "not_reached": r"(?:没有?联系[上到]|没找[到着])了?",
    "in_touch": r"(?:已经?有联系|(?:已经?)?联系上|(?:本人|[他她])(?:已经)?知道)了?",
    "right": r"号码?(?:没错|是对的|没有错)",
}
_LEAD = r"(?:[,，:：\s]|我|已经?|都|跟|给|和|刚才?|今天|昨天|上午|下午|电话)*"
_NAME = r"[\u4e00-\u9fff·]{1,8}?"
_WORDS = {
    how: re.compile(rf"(?P<before>{_NAME})??{_LEAD}(?:{said})[\s,，:：]*(?P<after>{_NAME})?[。.!！]*")
    for how, said in _ENDS.items()
}

_IN_ENGLISH: Mapping[str, str] = {
    "i told them": "call",
    "told": "call",
    "saw them": "visit",
    "no answer": "no_reply",
    "wrong number": "wrong_number",
    "would not listen": "unwilling",
    "in touch already": "in_touch",
    "not reached": "not_reached",
}


def how_it_ended(text: str) -> Ended | None:
    """None where the words tell of no call. The name may be none at all: whoever knows the tasks looks."""
    for how, words in _WORDS.items():
        if said := words.fullmatch(text.strip()):
            return Ended(how, said["before"] or said["after"] or "")
    return _in_english(text)


def _in_english(text: str) -> Ended | None:
    """told, or told 何三."""
    said = " ".join(text.strip().split())
    for words, how in _IN_ENGLISH.items():
        if said.lower() == words or said.lower().startswith(f"{words} "):
            return Ended(how, said[len(words) :].strip())
    return None
