"""Any word from a member is a contact, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.act import Act
from handlers import back
from handlers.next_step import is_away_as_said
from handlers.turn import Turn, with_actor
from storage import contacts, dialogues, suspects
from storage.contacts import Kind

# How a word is entered in the register of contacts; every other word of a member's is a "word".
_KINDS: Mapping[str, Kind] = {
    "check_in": "check_in",
    "back": "check_in",
    "keep_address": "change",
    "keep_job": "change",
    "prove_number": "change",
    "keep_return": "change",
    "keep_quiet": "change",
    "lesson_answer": "answer",
    "help": "help",
}
_SOMEBODY_ELSE = frozenset({"not_me", "disown"})


async def hear(turn: Turn, acts: Sequence[Act], is_contact: bool = True) -> Turn:
    """The turn after it: the address works, what was asked is answered, and the member is not silent.

    No contact is what a phone says by itself, again and again: it would hide a silent member.
    """
    if turn.actor.address.is_doubted:
        await suspects.proven(turn.tx, turn.now, turn.actor.address.id)
    if turn.word.text or turn.word.token:
        await dialogues.answered(turn.tx, turn.actor.id, turn.word.channel)
    if not is_contact or {act.intent for act in acts} & _SOMEBODY_ELSE:
        return turn
    return await _not_silent(turn, acts)


async def _not_silent(turn: Turn, acts: Sequence[Act]) -> Turn:
    member = turn.actor.member
    if member is None:
        return turn
    kind: Kind = next((_KINDS[act.intent] for act in acts if act.intent in _KINDS), "word")
    heard = await contacts.heard(turn.tx, turn.now, member, kind, turn.word.channel, turn.actor.id)
    if member.quiet_until and not is_away_as_said(turn, member):
        await back.end_absence(turn, heard._replace(quiet_until=member.quiet_until))
        heard = heard._replace(quiet_reason="")
    return with_actor(turn, turn.actor._replace(member=heard))
