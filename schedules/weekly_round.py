"""Monday morning: each liaison learns whom to look after this week. (S4)"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from content.words.catalogue import tongue
from content.words.round import round_letter
from storage import people, post, silence
from storage.database import Transaction
from storage.files import Member
from storage.viewer import the_programme


async def weekly_round(tx: Transaction, now: datetime) -> int:
    """How many liaisons were written to."""
    by_liaison: dict[str, list[Member]] = defaultdict(list)
    for member in await silence.late_or_silent(tx, the_programme(), now):
        if member.liaison_id:
            by_liaison[member.liaison_id].append(member)
    for liaison_id, late in by_liaison.items():
        person = await people.the_one_who_acts(tx, liaison_id)
        letter = round_letter(tongue(person.language), late, now)
        await post.tell(tx, now, liaison_id, letter, "notice", f"round:{liaison_id}:{now.isoformat()}")
    return len(by_liaison)
