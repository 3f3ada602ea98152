"""Lessons whose time has come go out, each to everybody by their own door. (S5)"""

from __future__ import annotations

from datetime import datetime

from content.lessons.library import all_lessons
from content.words.catalogue import tongue
from content.words.lesson_letter import lesson_letter
from storage import audience, lessons, outbox, people, post
from storage.audience import Reader
from storage.database import Transaction
from storage.lessons import Sending


async def send_lessons(tx: Transaction, now: datetime) -> int:
    """How many lessons went into the outbox."""
    due = await lessons.due(tx, now)
    for sending in due:
        await _send(tx, now, sending)
    return len(due)


async def _send(tx: Transaction, now: datetime, sending: Sending) -> None:
    viewer = await people.viewer_of(tx, sending.made_by)
    for reader in await audience.of_sender(tx, viewer, sending.made_by):
        await lessons.address_to(tx, sending, reader.member.id)
        await _promise(tx, now, sending, reader)
    await lessons.mark_sent(tx, now, sending)


async def _promise(tx: Transaction, now: datetime, sending: Sending, reader: Reader) -> None:
    key = f"{sending.id}:{reader.member.id}"
    if not reader.door:
        await outbox.note_unreachable(tx, now, reader.member.id, "lesson", key, cause=sending.id)
        return
    letter = lesson_letter(tongue(reader.member.language), all_lessons()[sending.slug], sending.id)
    await post.tell(tx, now, reader.member.id, letter, "lesson", key, cause=sending.id)
