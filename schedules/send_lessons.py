"""Lessons whose time has come go out, each to everybody by their own door. (S5)"""

from __future__ import annotations

from datetime import datetime

from content.lessons.library import Lesson, all_lessons
from content.letter import Letter
from content.words.catalogue import tongue
from content.words.lesson_letter import lesson_letter
from storage import audience, lessons, offices, outbox, people, post, recipients, units
from storage.audience import Reader
from storage.database import Transaction
from storage.lessons import Sending
from storage.viewer import the_programme


async def send_lessons(tx: Transaction, now: datetime) -> int:
    """How many lessons went into the outbox."""
    due = await lessons.due(tx, now)
    for sending in due:
        lesson = all_lessons().get(sending.slug)
        if lesson:
            await _send(tx, now, sending, lesson)
        else:
            await _call_off(tx, now, sending)
    return len(due)


async def _send(tx: Transaction, now: datetime, sending: Sending, lesson: Lesson) -> None:
    for reader in await _audience(tx, sending):
        await recipients.address_to(tx, sending, reader.member.id)
        await _promise(tx, now, sending, lesson, reader)
    await lessons.mark_sent(tx, now, sending)


async def _audience(tx: Transaction, sending: Sending) -> list[Reader]:
    """As it is now, and not as it was when the lesson was planned."""
    if sending.made_by is None:
        unit = await units.by_id(tx, sending.unit_id or "")
        return await audience.of_unit(tx, the_programme(), unit.path)
    viewer = await offices.viewer_of(tx, sending.made_by)
    return await audience.of_sender(tx, viewer, sending.made_by)


async def _call_off(tx: Transaction, now: datetime, sending: Sending) -> None:
    """The lesson was taken off the shelf after it was planned: its sender hears of it, the others go out."""
    await lessons.cancel(tx, now, sending)
    if sending.made_by is None:
        return
    said = tongue(await people.language_of(tx, sending.made_by)).say(
        "有一课已经撤下，没有发出。请换一课再发。"
    )
    await post.tell(tx, now, sending.made_by, Letter(chat=said), "notice", f"{sending.id}:called_off")


async def _promise(tx: Transaction, now: datetime, sending: Sending, lesson: Lesson, reader: Reader) -> None:
    key = f"{sending.id}:{reader.member.id}"
    if not reader.door:
        await outbox.note_unreachable(tx, now, reader.member.id, "lesson", key, cause=sending.id)
        return
    letter = lesson_letter(tongue(reader.member.language), lesson, sending.id)
    await post.tell(tx, now, reader.member.id, letter, "lesson", key, cause=sending.id)
