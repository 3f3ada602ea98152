"""Whom a lesson is for, and by which door each would get it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from storage.addresses import addresses
from storage.database import Transaction
from storage.files import Member, files, member_of, members
from storage.people import people as people_table
from storage.viewer import Viewer, below


@dataclass(frozen=True, slots=True)
class Reader:
    """`door` is empty for whoever is to hear it by voice."""

    member: Member
    door: str


@dataclass(frozen=True, slots=True)
class Reach:
    chat: int
    sms: int
    nowhere: int


async def of_sender(tx: Transaction, viewer: Viewer, sender_id: str) -> list[Reader]:
    """All away from home whom the sender answers for, but for the sender: those below an office,
    and those entrusted."""
    return await _readers(tx, viewer, members.c.person_id != sender_id)


async def of_unit(tx: Transaction, viewer: Viewer, unit_path: str) -> list[Reader]:
    """All away from home of a unit and those below it."""
    return await _readers(tx, viewer, below(members, unit_path))


def reach(readers: Sequence[Reader]) -> Reach:
    doors = [reader.door for reader in readers]
    return Reach(doors.count("telegram"), doors.count("sms"), doors.count(""))


async def _readers(tx: Transaction, viewer: Viewer, wanted: ColumnElement[bool]) -> list[Reader]:
    query = files(viewer).where(members.c.whereabouts == "out", wanted)
    rows = await tx.conn.execute(query.order_by(members.c.unit_path, members.c.person_id))
    found = [member_of(tx, row) for row in rows]
    doors = await _doors(tx, viewer)
    return [Reader(member, doors.get(member.id, "")) for member in found]


async def _doors(tx: Transaction, viewer: Viewer) -> dict[str, str]:
    """By person the channel of the door that `post.best_door` would take; none for who stopped lessons."""
    rows = await tx.conn.execute(
        select(addresses.c.person_id, addresses.c.channel)
        .join(members, members.c.person_id == addresses.c.person_id)
        .join(people_table, people_table.c.id == addresses.c.person_id)
        .where(
            viewer.sees(members),
            people_table.c.joined_at.is_not(None),
            people_table.c.lessons_stopped_at.is_(None),
            addresses.c.ended_at.is_(None),
            addresses.c.verified_at.is_not(None),
            addresses.c.suspended_at.is_(None),
        )
        .order_by(addresses.c.channel)
    )
    return {row.person_id: row.channel for row in rows}
