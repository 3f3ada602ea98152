"""Which of the questions we asked a number, a letter, a yes or a no answers, and whether it still can.

A lesson's question is answered with a letter. So a lesson that comes between a question and its 1
leaves that 1 to the question, and is not answered by accident.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from content.act import Act
from content.letter import ChosenBy
from content.rules.understanding.replies import is_letter
from handlers import picking
from handlers.change_job import spelled
from handlers.turn import Turn
from storage import answering, changes, choices, dialogues
from storage.answering import Asked, Offered
from storage.changes import Change, Field

_FIELDS: dict[str, Field] = {
    "keep_address": "address",
    "keep_return": "address",
    "keep_job": "job",
    "keep_phone": "phone",
    "keep_quiet": "quiet",
}

_BY_NAME: tuple[ChosenBy, ...] = ("number", "letter")


async def answered(turn: Turn, acts: Sequence[Act], text: str) -> Act | None:
    """What the word picks of what was asked; None where it is no such answer, or nothing was asked."""
    if len(acts) > 1 or acts[0].intent not in ("choice", "yes", "no"):
        return None
    asked = await _question(turn, acts[0], text)
    if asked is None:
        return None
    if _was_put_to_another(turn, asked):
        return Act(intent="expired")
    return await _decided(turn, picking.picked(acts, asked))


async def named(turn: Turn, text: str) -> Act | None:
    """The answer whose own words were sent back, of the questions that are open here."""
    for chosen_by in _BY_NAME:
        asked = await answering.last_asked(turn.tx, turn.now, _address_index(turn), chosen_by=chosen_by)
        if asked is None or _was_put_to_another(turn, asked):
            continue
        if chosen_by == "number" and await _asked_for_words_since(turn, asked.at):
            continue
        if found := picking.named(text, asked):
            return await _decided(turn, found)
    return None


async def end_numbers(turn: Turn) -> None:
    """The numbers under older letters to this address mean nothing from now on."""
    await choices.end_numbers(turn.tx, turn.now, _address_index(turn), turn.actor.id)


async def _decided(turn: Turn, picked: Offered | Act | None) -> Act | None:
    if isinstance(picked, Offered):
        await choices.mark_answered(turn.tx, turn.now, picked.token)
        return await still_good(turn, picked)
    return picked


def _was_put_to_another(turn: Turn, asked: Asked) -> bool:
    """It was put to somebody else who had this number: their answer is not this person's."""
    return any(offered.person_id not in (None, turn.actor.id) for offered in asked.offered)


async def read_back_last(turn: Turn) -> Act | None:
    """What a 对 would do now; None where nothing that was read back waits for one."""
    asked = await answering.last_asked(turn.tx, turn.now, _address_index(turn), chosen_by="number")
    if asked is None or not asked.is_open or asked.is_answered:
        return None
    first = asked.offered[0]
    if first.person_id not in (None, turn.actor.id):
        return None
    return _which(asked) if first.act.intent == "change_address" else first.act


async def waits_for_a_yes(turn: Turn) -> bool:
    """Whether something was read back here, and nobody has answered it."""
    asked = await answering.last_asked(turn.tx, turn.now, _address_index(turn), chosen_by="number")
    if asked is None or not asked.is_open or asked.is_answered:
        return False
    return picking.agrees(asked.offered[0].act)


def _which(asked: Asked) -> Act:
    """The question which of several places is meant, as if it had been put last."""
    among = " ".join(offered.act.place for offered in asked.offered)
    about = {"asked": "which", "among": among, "words": asked.offered[0].act.address}
    return Act(intent="change_address", about=about)


async def call_off(turn: Turn) -> Act | None:
    """算了 to what was read back: a later 1 does not bring it back. None where nothing was."""
    asked = await answering.last_asked(turn.tx, turn.now, _address_index(turn), chosen_by="number")
    if asked is None or not asked.is_open or not picking.agrees(asked.offered[0].act):
        return None
    if any(offered.person_id not in (None, turn.actor.id) for offered in asked.offered):
        return None
    if asked.is_answered:
        return Act(intent="answered_already")
    for offered in asked.offered:
        await choices.mark_answered(turn.tx, turn.now, offered.token)
    return Act(intent="drop", about=asked.offered[0].act.about)


async def still_good(turn: Turn, offered: Offered) -> Act:
    """The act that was offered; not if what it would write has been changed since it was offered."""
    field = _FIELDS.get(offered.act.intent)
    if field:
        last = await changes.latest(turn.tx, turn.viewer, turn.actor.id, field)
        if last and last.at > offered.offered_at and not _is_just_that(last, offered.act):
            return Act(intent="overtaken")
    return offered.act


def _is_just_that(change: Change, act: Act) -> bool:
    """The same answer sent twice is told that it is done, and not that it came too late."""
    written = {
        "keep_address": (act.address, act.place),
        "keep_return": ("", change.new_place),
        "keep_job": (spelled(act.employer, act.job), change.new_place),
        "keep_phone": (act.phone, change.new_place),
        "keep_quiet": (act.until, change.new_place),
    }
    return written[act.intent] == (change.new, change.new_place)


async def _question(turn: Turn, act: Act, text: str) -> Asked | None:
    """The last question asked here that such a word can answer."""
    address = _address_index(turn)
    numbered = await answering.last_asked(turn.tx, turn.now, address, chosen_by="number")
    lesson = await answering.last_asked(turn.tx, turn.now, address, chosen_by="letter")
    came_after_all = _is_newer(lesson, numbered) and not _waits(turn, numbered)
    if act.intent == "choice" and lesson and lesson.is_open and (is_letter(text) or came_after_all):
        return lesson
    if act.intent != "choice" and came_after_all:
        # 好的 after a lesson thanks for it, and answers nothing that was settled before it came.
        return None
    if numbered and await _asked_for_words_since(turn, numbered.at):
        return None
    return numbered or (lesson if act.intent == "choice" else None)


def _is_newer(lesson: Asked | None, numbered: Asked | None) -> bool:
    return lesson is not None and (numbered is None or lesson.nth > numbered.nth)


def _waits(turn: Turn, asked: Asked | None) -> bool:
    """Whether a question is open. In the chat the menu under each answer is none."""
    if asked is None or not asked.is_open or asked.is_answered:
        return False
    return turn.by_sms or picking.agrees(asked.offered[0].act)


async def _asked_for_words_since(turn: Turn, moment: datetime) -> bool:
    """A question in words (which number? where?) came later: 1 and 算了 belong to that one."""
    asked_at = await dialogues.asked_at(turn.tx, turn.actor.id, turn.word.channel)
    return asked_at is not None and asked_at > moment


def _address_index(turn: Turn) -> bytes:
    return turn.tx.blind(turn.word.channel, turn.word.address)
