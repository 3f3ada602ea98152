"""What stage a campaign is at, in a word."""

from __future__ import annotations

from content.words.catalogue import N_, Tongue

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


def state_in_words(t: Tongue, state: str) -> str:
    return t.say(_STATES[state])
