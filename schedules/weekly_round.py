"""Monday morning: each liaison learns whom to look after this week. (S4)"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

from content.words.catalogue import tongue
from content.words.round import round_letter
from content.words.silence_report import LISTED
from schedules.readers import has_only_sms, reaches, secretaries_of
from storage import people, post, silence, task_news
from storage.database import Transaction
from storage.files import Member
from storage.silence import Sought
from storage.viewer import the_programme

_AT_ONCE = 500


@dataclass(slots=True)
class Round:
    """Those who are named in a letter, and how many there are: a county may have thousands."""

    first: list[Member] = field(default_factory=list)
    n: int = 0

    def add(self, member: Member) -> None:
        self.n += 1
        if len(self.first) < LISTED:
            self.first.append(member)


async def weekly_round(tx: Transaction, now: datetime) -> int:
    """How many were written to. For a liaison whom no letter reaches, the secretary looks after theirs."""
    by_reader: dict[str, Round] = defaultdict(Round)
    liaisons: dict[str, bool] = {}
    async for member in _overdue(tx, now):
        for reader in await _readers(tx, member, liaisons):
            by_reader[reader].add(member)
    to_do = await task_news.open_by_owner(tx, the_programme())
    for reader in to_do:
        by_reader[reader]
    for reader, late in by_reader.items():
        t, by_sms = tongue(await people.language_of(tx, reader)), await has_only_sms(tx, reader)
        letter = round_letter(t, late.first, now, by_sms, late.n, to_do.get(reader, 0))
        await post.tell(tx, now, reader, letter, "notice", f"round:{reader}:{now.isoformat()}")
    return len(by_reader)


async def _overdue(tx: Transaction, now: datetime) -> AsyncIterator[Member]:
    """All whose word is late, longest first, a page at a time."""
    sought, mark = Sought(overdue=True), ""
    while found := await silence.silent(tx, the_programme(), now, sought, mark, _AT_ONCE):
        for member in found:
            yield member
        mark = silence.page_mark(found[-1], sought)


async def _readers(tx: Transaction, member: Member, reached: dict[str, bool]) -> list[str]:
    """`reached` remembers of each liaison whether a letter reaches them."""
    if member.liaison_id is None:
        return []
    if member.liaison_id not in reached:
        reached[member.liaison_id] = await reaches(tx, member.liaison_id)
    return [member.liaison_id] if reached[member.liaison_id] else await secretaries_of(tx, member)
