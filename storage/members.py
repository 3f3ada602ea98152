"""Members' files, found and written. A read goes through a viewer; whoever writes shows what they read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, insert, update

from content.rules.silence import deadlines
from storage import moved
from storage.database import Transaction
from storage.files import Member, Whereabouts, clocks, files, line_of_work, member_of, members
from storage.units import Unit
from storage.viewer import Viewer, below

_DEADLINES = update(members).where(members.c.person_id == bindparam("whose"))
_WORK = frozenset({"employer", "job"})


async def enrol(
    tx: Transaction,
    now: datetime,
    person_id: str,
    unit: Unit,
    liaison_id: str | None = None,
    whereabouts: Whereabouts = "out",
) -> None:
    """Open the file of somebody on the roster. The first period begins now."""
    dates = deadlines(now, unit.rhythm)
    await tx.conn.execute(
        insert(members).values(
            person_id=person_id,
            unit_id=unit.id,
            unit_path=unit.path,
            liaison_id=liaison_id,
            whereabouts=whereabouts,
            place_code="",
            enrolled_at=now,
            last_contact_at=now,
            last_contact_kind="enrolled",
            due_from=dates.due_from,
            late_after=dates.late_after,
            silent_after=dates.silent_after,
        )
    )


async def find(tx: Transaction, viewer: Viewer, person_id: str) -> Member | None:
    """The file, or None where there is none that this viewer may see: the two look alike on purpose."""
    seen = tx.desk.seen("members", person_id) if viewer.person_id == person_id else None
    if seen is None:
        seen = list(await tx.conn.execute(files(viewer).where(members.c.person_id == person_id)))
    return member_of(tx, seen[0]) if seen else None


async def everyone(tx: Transaction, viewer: Viewer, unit_path: str = "") -> list[Member]:
    """All whom the viewer sees, at or below a unit, in the order of units."""
    query = files(viewer).order_by(members.c.unit_path, members.c.person_id)
    if unit_path:
        query = query.where(below(members, unit_path))
    return [member_of(tx, row) for row in await tx.conn.execute(query)]


async def called(tx: Transaction, viewer: Viewer, name: str) -> list[Member]:
    """Those in sight whose name contains `name`. Names are sealed, so each in sight is opened."""
    return [member for member in await everyone(tx, viewer) if name and name in member.name]


async def note_texts(tx: Transaction, member: Member, **said: str) -> None:
    """Write sealed fields of a file, by their names; an empty text clears the field."""
    sealed = {
        field: tx.seal(text, member.id, f"members.{field}") if text else None for field, text in said.items()
    }
    plain = line_of_work({"employer": member.employer, "job": member.job} | said) if _WORK & set(said) else {}
    if "address" in said:
        plain |= clocks(member.place_code, said["address"])
    await tx.conn.execute(update(members).where(members.c.person_id == member.id).values(**sealed, **plain))
    if plain.get("zones", member.zones) != member.zones:
        await moved.take_along(tx, [member.id])


async def note_facts(tx: Transaction, member: Member, **facts: str | date | datetime | None) -> None:
    """Write plain columns of a file, by their names."""
    if isinstance(place := facts.get("place_code"), str):
        facts |= clocks(place, member.address)
    await tx.conn.execute(update(members).where(members.c.person_id == member.id).values(**facts))
    if facts.get("zones", member.zones) != member.zones:
        await moved.take_along(tx, [member.id])


async def entrust(tx: Transaction, member: Member, liaison_id: str | None) -> None:
    await note_facts(tx, member, liaison_id=liaison_id)


async def set_deadlines(
    tx: Transaction,
    member: Member,
    heard_at: datetime,
    kind: str,
    quiet_until: date | None,
) -> Member:
    """The file after a contact, with its deadlines; the reminder and the report of this silence are over."""
    dates = deadlines(heard_at, member.rhythm, quiet_until)
    row = {
        "whose": member.id,
        "last_contact_at": heard_at,
        "last_contact_kind": kind,
        "quiet_until": quiet_until,
        "due_from": dates.due_from,
        "late_after": dates.late_after,
        "silent_after": dates.silent_after,
        "reminded_at": None,
        "reported_at": None,
    }
    tx.desk.write_behind(_DEADLINES, row, changes=("members", member.id))
    return member._replace(
        last_contact_at=heard_at,
        last_contact_kind=kind,
        quiet_until=quiet_until,
        deadlines=dates,
        reminded_at=None,
        reported_at=None,
    )
