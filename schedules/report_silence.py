"""Each morning: who has fallen silent since yesterday is told to liaison and secretary. (S9)

The member had a reminder and a day to answer it before anybody hears of it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from content.words.catalogue import tongue
from content.words.silence_report import silence_report
from storage import members, people, post, silence
from storage.database import Transaction
from storage.members import Member
from storage.viewer import the_programme

A_DAY_TO_ANSWER = timedelta(hours=20)


async def report_silence(tx: Transaction, now: datetime) -> int:
    """How many members were reported."""
    fallen = await silence.to_report(tx, the_programme(), now, reminded_before=now - A_DAY_TO_ANSWER)
    for reader, found in (await _by_reader(tx, fallen)).items():
        person = await people.the_one_who_acts(tx, reader)
        letter = silence_report(tongue(person.language), found, now)
        await post.tell(tx, now, reader, letter, "notice", f"silence:{reader}:{now.isoformat()}")
    for member in fallen:
        await members.note_facts(tx, member, reported_at=now)
    return len(fallen)


async def _by_reader(tx: Transaction, fallen: list[Member]) -> dict[str, list[Member]]:
    """Liaison and secretary each hear of theirs in one letter."""
    readers: dict[str, list[Member]] = defaultdict(list)
    for member in fallen:
        told = set(await people.holders(tx, member.unit_path, ("secretary", "committee")))
        if member.liaison_id:
            told.add(member.liaison_id)
        for person_id in sorted(told):
            readers[person_id].append(member)
    return readers
