"""What became of a campaign for one person, in a line of its report. (S5, S6)"""

from __future__ import annotations

from content.words import tasks as words
from content.words.catalogue import N_
from handlers.turn import Turn
from storage.campaigns import Campaign
from storage.outcomes import Outcome

_STATES = {
    "answered": N_("已答"),
    "delivered": N_("已送达，还没答"),
    "accepted": N_("已发出，还没答"),
    "pending": N_("在路上"),
    "unknown": N_("不确定收到没有"),
    "failed": N_("发不到"),
    "stopped": N_("停收了，没有发"),
    "not_joined": N_("没加入，发不到"),
    "cancelled": N_("取消了，没有发"),
    "expired": N_("过期了，没有发"),
    "told": N_("联系人转告了"),
    "not_told": N_("联系人没联系上"),
    "left_out": N_("没有发"),
}


# Of a notice, which is read: it asks nothing.
_READ = {"answered": N_("已读"), "delivered": N_("已送达"), "accepted": N_("已发出，还没回执")}


def line(turn: Turn, campaign: Campaign, number: int, outcome: Outcome) -> str:
    states = _STATES | _READ if campaign.is_read else _STATES
    state = turn.say(states[state_of(outcome)])
    line = turn.say("{n}. {name} · {state}", n=number, name=outcome.member.name, state=state)
    if outcome.fate != "answered":
        return line + _by_voice(turn, outcome)
    if campaign.is_read:
        return line
    return line + (turn.say("，答对") if outcome.right else turn.say("，答错"))


def state_of(outcome: Outcome) -> str:
    if outcome.fate not in ("handed", "failed", "left_out"):
        return outcome.fate
    if outcome.because in ("cancelled", "expired"):
        return outcome.because
    if outcome.fate == "left_out":
        return "left_out"
    return "stopped" if outcome.member.stopped else "failed" if outcome.member.joined else "not_joined"


def _by_voice(turn: Turn, outcome: Outcome) -> str:
    """Who sees to those whom no letter reached, why they reached nobody, and what kept the letter."""
    if outcome.fate == "handed":
        return turn.say("，已派人转告")
    if outcome.fate == "not_told":
        return _why_not_told(turn, outcome)
    if state_of(outcome) in ("failed", "left_out") and outcome.because:
        return turn.say("：{why}", why=words.why(turn.tongue, outcome.because))
    return ""


def _why_not_told(turn: Turn, outcome: Outcome) -> str:
    found = words.why(turn.tongue, outcome.found) if outcome.found else ""
    kept = words.why(turn.tongue, outcome.because) if outcome.because else ""
    if found and kept:
        return turn.say("：{why}（消息没到：{kept}）", why=found, kept=kept)
    return turn.say("：{why}", why=found or kept) if found or kept else ""
