"""What tasks are called, and why it came to them. (S6)"""

from __future__ import annotations

from collections.abc import Mapping

from content.rules.receipts import meaning_of
from content.words.catalogue import N_, Tongue

_KINDS = {"tell": N_("转告"), "number_wrong": N_("核实号码")}
# What the table of receipts does not know: nothing was sent, or nobody said what became of it.
_CAUSES: Mapping[str, str] = {
    "not_joined": N_("还没加入"),
    "stopped": N_("停收了消息"),
    "no_receipt": N_("一天没有送达回执"),
}
WHYS = {
    "no_reply": N_("没人接"),
    "wrong_number": N_("号码不对"),
    "unwilling": N_("本人不听"),
    "other": N_("其他"),
}


def kind(t: Tongue, name: str) -> str:
    return t.say(_KINDS[name])


def cause(t: Tongue, word: str) -> str:
    """As a secretary reads it: 关机, 空号, 还没加入."""
    if word in _CAUSES:
        return t.say(_CAUSES[word])
    meaning = meaning_of(word)
    return meaning.in_english if t.code == "en" else meaning.says


def why(t: Tongue, word: str) -> str:
    return t.say(WHYS[word]) if word in WHYS else cause(t, word)
