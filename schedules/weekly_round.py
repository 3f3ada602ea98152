"""Monday morning: each liaison learns whom to look after this week. (S4)"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from content.words.catalogue import tongue
from content.words.round import round_letter
from schedules.readers import has_only_sms, reaches, secretaries_of
from storage import people, post, silence
from storage.database import Transaction
from storage.files import Member
from storage.viewer import the_programme


async def weekly_round(tx: Transaction, now: datetime) -> int:
    """How many were written to. For a liaison whom no letter reaches, the secretary looks after theirs."""
    by_reader: dict[str, list[Member]] = defaultdict(list)
    for member in await silence.late_or_silent(tx, the_programme(), now):
        for reader in await _readers(tx, member):
            by_reader[reader].append(member)
    for reader, late in by_reader.items():
        language = await people.language_of(tx, reader)
        letter = round_letter(tongue(language), late, now, await has_only_sms(tx, reader))
        await post.tell(tx, now, reader, letter, "notice", f"round:{reader}:{now.isoformat()}")
    return len(by_reader)


async def _readers(tx: Transaction, member: Member) -> list[str]:
    if member.liaison_id is None:
        return []
    if await reaches(tx, member.liaison_id):
        return [member.liaison_id]
    return await secretaries_of(tx, member)
