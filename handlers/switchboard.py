"""Who hears what: a word comes in, is given its meaning, and goes to the one handler for it.

A newcomer who wants to change what an intent does finds its file in the tables: here, of members in
`for_members.py`, of the office in `for_office.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from content.act import Act
from content.letter import Letter
from content.rules.roles import Role, may
from handlers import dispute, hearing, language, machines, meaning, menu, otherwise, sent_roster, several
from handlers.campaign import read, trial, words
from handlers.for_members import FOR_MEMBERS
from handlers.for_office import FOR_LIAISONS
from handlers.handler import Handler
from handlers.joining import doorstep, threshold, welcome
from handlers.turn import Turn

FOR_ANYBODY: Mapping[str, Handler] = {
    "menu": menu.menu,
    "language": language.language,
    "drop": otherwise.drop,
    "dispute": dispute.dispute,
    "ack": read.acknowledged,
    "notice_read": read.notice_read,
    "yes": otherwise.thanks,
    "no": otherwise.drop,
    "choice": otherwise.nothing_asked,
    "unknown": otherwise.not_understood,
    "expired": otherwise.expired,
    "overtaken": otherwise.overtaken,
    "answered_already": otherwise.answered_already,
    "too_long": words.cannot_be_read,
    "trial_answer": trial.trial_answer,
    "wordless": otherwise.wordless,
    "opened_link": welcome.already_inside,
    "join": welcome.already_inside,
    "ask_in": welcome.already_inside,
    "decline": otherwise.drop,
    "send_roster": sent_roster.take_in,
    "import_roster": sent_roster.accept,
    "drop_roster": sent_roster.decline,
}

# What is counted of somebody we do not know.
STRANGER = "stranger"
INTENTS = frozenset((STRANGER, *FOR_MEMBERS, *FOR_ANYBODY, *FOR_LIAISONS))


async def answer(turn: Turn) -> Letter | None:
    """What to say to the one who spoke; None where a machine seems to speak, which would answer that."""
    if turn.is_stranger:
        turn.house.meant(STRANGER)
        return await doorstep.stranger(turn)
    acts = await meaning.of(turn)
    for act in acts:
        turn.house.meant(act.intent)
    patience = await machines.patience_with(turn, acts)
    if threshold.is_inside(turn):
        turn = await hearing.hear(turn, acts, is_contact=not patience.is_echo)
    if patience.just_now:
        return None
    if patience.on_its_own:
        return machines.are_you_there(turn)
    if patience.answers_left > 0:
        return await _answered(turn, acts)
    return await _past_patience(turn, acts, patience)


async def _past_patience(turn: Turn, acts: tuple[Act, ...], patience: machines.Patience) -> Letter | None:
    """What a person asks for is done however often they wrote; only answers are saved."""
    theirs = machines.a_persons(turn, acts)
    letter = await _answered(turn, theirs) if theirs else None
    if letter and patience.answers_left > machines.least_left(theirs):
        return letter
    return machines.last_word(turn) if patience.answers_left == 0 else None


async def _answered(turn: Turn, acts: tuple[Act, ...]) -> Letter:
    if not threshold.is_inside(turn):
        return await threshold.on_the_threshold(turn, acts)
    return await several.answer_each(turn, acts, _handle)


async def _handle(turn: Turn, act: Act) -> Letter:
    role, handler = _who_hears(act)
    if role is not None and not may(turn.actor.roles, role):
        return otherwise.not_yours(turn)
    if role == "member" and turn.actor.member is None:
        return otherwise.only_members(turn, act)
    return await handler(turn, act)


def _who_hears(act: Act) -> tuple[Role | None, Handler]:
    if act.intent in FOR_LIAISONS:
        return "liaison", FOR_LIAISONS[act.intent]
    if act.intent in FOR_MEMBERS:
        return "member", FOR_MEMBERS[act.intent]
    return None, FOR_ANYBODY.get(act.intent, otherwise.not_understood)
