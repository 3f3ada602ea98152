"""What stage a campaign is at, in a word."""

from __future__ import annotations

from content.words.catalogue import N_, Tongue, tongue

_STATES = {
    "draft": N_("草稿"),
    "waiting": N_("等人批准"),
    "planned": N_("排着"),
    "running": N_("正在发"),
    "paused": N_("暂停着"),
    "finished": N_("发完了"),
    "cancelled": N_("取消了"),
    "dropped": N_("没发过，扔掉了"),
}


# What people call them besides.
_ALSO = {
    "等人同意": "waiting",
    "待发": "planned",
    "在发": "running",
    "暂停": "paused",
    "完成": "finished",
    "取消": "cancelled",
}


def state_meant(written: str) -> str | None:
    """The stage of this name, in the program's word, in Chinese or in English; None where it is none."""
    said = written.strip().casefold()
    names = {name: state for state, called in _STATES.items() for name in (state, called)}
    names |= {tongue("en").say(called).casefold(): state for state, called in _STATES.items()}
    return (names | _ALSO).get(said)


def state_in_words(t: Tongue, state: str) -> str:
    return t.say(_STATES[state])
