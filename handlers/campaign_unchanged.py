"""A second 暂停, 继续 after the end: what is said where nothing changes. (S5, S24)"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from content.letter import Letter
from content.words.catalogue import N_
from handlers.lesson_time import spelled
from handlers.turn import Turn
from storage import progress_letter, stoppable
from storage.campaigns import Campaign

# What ended longer ago is not what the word is about.
LATELY = timedelta(days=1)

_ENDED = {"finished": N_("{title}已经发完了。"), "cancelled": N_("{title}已经取消了。")}
_SAID: Mapping[str, Mapping[str, str]] = {
    "pause_campaign": _ENDED
    | {"paused": N_("{title}已经暂停着，没有再发。接着发写“继续”，不发了写“取消”。")},
    "resume_campaign": {
        "running": N_("{title}正在发，不用继续。"),
        "planned": N_("{title}定在 {when} 发，不用继续。"),
        "finished": N_("{title}已经发完了，没有要继续的。"),
        "cancelled": N_("{title}已经取消了，不能继续。要发请重新写。"),
    },
    "cancel_campaign": _ENDED,
}


async def unchanged(turn: Turn, intent: str, campaign: Campaign) -> str:
    """Why this word changes nothing about it; empty where it does."""
    said = _SAID[intent].get(campaign.state)
    if said is None:
        return ""
    title = await progress_letter.title_of(turn.tx, turn.tongue, campaign, turn.by_sms)
    return turn.say(said, title=title, when=spelled(turn, campaign.planned_for))


async def of_the_last(turn: Turn, intent: str) -> str:
    """The same of the last there was, where none was named; empty where there was none."""
    last = await stoppable.last(turn.tx, turn.actor.id, turn.now - LATELY)
    return await unchanged(turn, intent, last) if last else ""


def past_its_hour(turn: Turn, before: Campaign) -> str:
    """Its plan was let go by while it was paused; empty where that was not so."""
    if before.sent_at or before.planned_for > turn.now:
        return ""
    return turn.say("原定 {when} 已经过了，现在就发。", when=spelled(turn, before.planned_for))


async def past_its_end(turn: Turn, campaign: Campaign) -> Letter:
    title = await progress_letter.title_of(turn.tx, turn.tongue, campaign, turn.by_sms)
    return Letter(chat=turn.say("{title}已经过期了，不发了。要发请重新写。", title=title))
