"""Any word from a member is a contact, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from content.act import Act
from handlers.turn import Turn
from storage import addresses, contacts, dialogues
from storage.contacts import Kind
from storage.files import Member

# How a word is entered in the register of contacts; every other word of a member's is a "word".
_KINDS: Mapping[str, Kind] = {
    "check_in": "check_in",
    "keep_address": "change",
    "keep_job": "change",
    "prove_number": "change",
    "keep_return": "change",
    "lesson_answer": "answer",
    "help": "help",
}
_SOMEBODY_ELSE = frozenset({"not_me", "disown"})


async def hear(turn: Turn, acts: Sequence[Act]) -> None:
    """The address works, what was asked is answered, and the member is not silent."""
    await addresses.revive(turn.tx, turn.actor.address.id)
    if turn.word.text or turn.word.token:
        await dialogues.answered(turn.tx, turn.actor.id, turn.word.channel)
    member = turn.actor.member
    if member and not {act.intent for act in acts} & _SOMEBODY_ELSE:
        kind: Kind = next((_KINDS[act.intent] for act in acts if act.intent in _KINDS), "word")
        await contacts.heard(
            turn.tx,
            turn.now,
            member,
            kind,
            turn.word.channel,
            turn.actor.id,
            quiet_until=_still_quiet(turn, member),
        )


def _still_quiet(turn: Turn, member: Member) -> date | None:
    """A planned absence ends with the member's own word, but not with the 谢谢 of the day it was told."""
    told = member.last_contact_at.astimezone(turn.house.zone).date()
    return member.quiet_until if told == turn.today else None
