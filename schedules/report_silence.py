"""Each morning: who has fallen silent since yesterday is told to liaison and secretary. (S9)

The member had a reminder and a day to answer it before anybody hears of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from content.rules.times import A_DAY
from content.words.catalogue import tongue
from content.words.silence_report import silence_report
from schedules.readers import has_only_sms, reaches, secretaries_of
from storage import members, overdue, people, post
from storage.database import Transaction
from storage.files import Member
from storage.viewer import the_programme


async def report_silence(tx: Transaction, now: datetime) -> int:
    """How many members were reported. However many they are, each reader gets one letter."""
    fallen = await _fallen_silent(tx, now)
    for reader, found in (await _by_reader(tx, fallen)).items():
        language = await people.language_of(tx, reader)
        letter = silence_report(tongue(language), found, now, await has_only_sms(tx, reader))
        await post.tell(tx, now, reader, letter, "notice", f"silence:{reader}:{now.isoformat()}")
    return len(fallen)


async def _fallen_silent(tx: Transaction, now: datetime) -> list[Member]:
    """Those nobody was told of yet; from here on they count as told."""
    fallen: list[Member] = []
    while found := await overdue.to_report(tx, the_programme(), now, reminded_before=now - A_DAY):
        for member in found:
            await members.note_facts(tx, member, reported_at=now)
        fallen += found
    return fallen


async def _by_reader(tx: Transaction, fallen: Sequence[Member]) -> dict[str, list[Member]]:
    """Liaison and secretary each hear of theirs, as far as they can; nobody is told about themselves."""
    readers: dict[str, list[Member]] = defaultdict(list)
    for member in fallen:
        told = set(await secretaries_of(tx, member))
        if member.liaison_id and await reaches(tx, member.liaison_id):
            told.add(member.liaison_id)
        for person_id in sorted(told - {member.id}):
            readers[person_id].append(member)
    return readers
