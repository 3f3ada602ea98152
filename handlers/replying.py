"""Free words after a question of ours: the answer to it, or something else altogether?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from content.act import Act
from content.rules.places import find_place
from content.rules.understanding.job import is_about_work
from content.rules.understanding.replies import is_word_for

_SAYS_LITTLE = frozenset({"unknown", "choice", "ack", "yes", "no", "ask"})
# 在昆山上班 is a sign of life by itself, and an address to somebody who was asked for one.
_BY_THE_WAY: Mapping[str, frozenset[str]] = {
    "change_address": frozenset({"check_in", "depart", "change_job"}),
    "change_job": frozenset({"check_in", "change_address"}),
    "quiet": frozenset({"return"}),
}
_TELLS: Mapping[str, Callable[[str], bool]] = {
    "change_address": lambda text: find_place(text) is not None,
    "change_job": is_about_work,
}
_CODE_WORDS = ("check_in", "stop", "resume", "menu", "not_me", "me", "lesson", "withdraw", "dispute")
_LONGEST_COMMAND = 8


def is_reply(awaited: Act, acts: Sequence[Act], text: str) -> bool:
    """Whether the words answer `awaited`. A code word (QD, TD, 菜单) or a no never does."""
    if awaited.intent == "note_words":
        return True
    if acts[0].intent == "no" or any(is_word_for(word, text.lower()) for word in _CODE_WORDS):
        return False
    if awaited.about.get("verbatim"):
        return acts[0].intent not in ("ack", "yes")
    allowed = _SAYS_LITTLE | {awaited.intent}
    if _TELLS.get(awaited.intent, bool)(text):
        allowed |= _BY_THE_WAY.get(awaited.intent, frozenset())
    return all(act.intent in allowed for act in acts)


def is_a_note(awaited: Act, text: str) -> bool:
    """A liaison tells what was talked about: 找他谈过了,情绪不错 is no order to look somebody up."""
    return awaited.intent == "note_words" and len(text) > _LONGEST_COMMAND


def filled_in(awaited: Act, acts: Sequence[Act], text: str) -> Act:
    """The awaited act with the answer in it, and whatever else the answer says that it can use."""
    said = next((act for act in acts if act.intent == awaited.intent), acts[0])
    return replace(
        awaited,
        text=text,
        place=said.place,
        address=said.address,
        employer=said.employer,
        job=said.job,
        phone=said.phone,
        date=said.date,
        until=said.until,
        kind=said.kind or awaited.kind,
        urgent=said.urgent,
        options=said.options,
    )
