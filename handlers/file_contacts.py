"""The latest contacts with a member, a line a day. (S4, S31)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from content.words import standing as words
from handlers.turn import Turn
from storage import contacts
from storage.contacts import Contact
from storage.files import Member

LINES = 5
MOST_CONTACTS = 60


async def latest_contacts(turn: Turn, member: Member) -> list[str]:
    """Newest first; what was noted in words has a line of its own."""
    return _told(turn, await contacts.latest(turn.tx, turn.viewer, member.id, limit=MOST_CONTACTS))


async def contacts_with_me(turn: Turn, member: Member) -> list[str]:
    """As the member reads it: that something was noted, and whom to ask what. The words are the liaison's."""
    known = await contacts.latest(turn.tx, turn.viewer, member.id, limit=MOST_CONTACTS)
    told = _told(turn, [replace(one, note="") for one in known])
    if any(one.note for one in known):
        told.append(turn.say("有的谈话有文字记录，想知道写了什么，请问联系人。"))
    return told


def _told(turn: Turn, known: Sequence[Contact]) -> list[str]:
    noted: dict[date, list[Contact]] = {}
    for contact in known:
        noted.setdefault(contact.at.astimezone(turn.house.zone).date(), []).append(contact)
    lines = [line for day, that_day in noted.items() for line in _of_a_day(turn, day, that_day)]
    return [turn.say("最近的联系："), *lines[:LINES]] if lines else [turn.say("还没有联系记录。")]


def _of_a_day(turn: Turn, day: date, that_day: Sequence[Contact]) -> list[str]:
    def line(what: str) -> str:
        return f"{turn.tongue.day(day)} {what}"

    def called(contact: Contact) -> str:
        return words.contact(turn.tongue, contact.kind)

    in_words = [
        line(turn.say("{name}：{value}", name=called(contact), value=contact.note))
        for contact in that_day
        if contact.note
    ]
    counted = Counter(called(contact) for contact in that_day if not contact.note)
    bare = [turn.say("{what} {n} 次", what=what, n=n) if n > 1 else what for what, n in counted.items()]
    return [*in_words, line(turn.say("、").join(bare))] if bare else in_words
