"""Any word from a member is a contact, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.act import Act
from handlers import back
from handlers.next_step import is_away_as_said
from handlers.turn import Turn
from storage import addresses, contacts, dialogues
from storage.contacts import Kind

# How a word is entered in the register of contacts; every other word of a member's is a "word".
_KINDS: Mapping[str, Kind] = {
    "check_in": "check_in",
    "back": "check_in",
    "keep_address": "change",
    "keep_job": "change",
    "prove_number": "change",
    "keep_return": "change",
    "lesson_answer": "answer",
    "help": "help",
}
_SOMEBODY_ELSE = frozenset({"not_me", "disown"})


async def hear(turn: Turn, acts: Sequence[Act], is_contact: bool = True) -> None:
    """The address works, what was asked is answered, and the member is not silent.

    No contact is what a phone says by itself, again and again: it would hide a silent member.
    """
    await addresses.revive(turn.tx, turn.actor.address.id)
    if turn.word.text or turn.word.token:
        await dialogues.answered(turn.tx, turn.actor.id, turn.word.channel)
    member = turn.actor.member
    if member and is_contact and not {act.intent for act in acts} & _SOMEBODY_ELSE:
        kind: Kind = next((_KINDS[act.intent] for act in acts if act.intent in _KINDS), "word")
        await contacts.heard(
            turn.tx,
            turn.now,
            member,
            kind,
            turn.word.channel,
            turn.actor.id,
        )
        if member.quiet_until and not is_away_as_said(turn, member):
            await back.end_absence(turn, member)
