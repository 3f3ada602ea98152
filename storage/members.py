"""Members' files. Every read goes through a viewer; whoever writes shows the member they were let read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Column, Date, ForeignKey, Index, Row, Select, Table, Text, insert, select, update

from content.rules.silence import Deadlines, Rhythm, Standing, deadlines
from storage.columns import PATH, Moment, SealedBytes, metadata
from storage.database import Transaction
from storage.people import people
from storage.units import Unit, units
from storage.viewer import Viewer, below

Whereabouts = Literal["out", "home"]
SealedField = Literal["address", "employer", "job", "reason", "family_phone", "quiet_reason"]

members = Table(
    "members",
    metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("unit_id", Text, ForeignKey("units.id"), nullable=False),
    Column("unit_path", PATH, nullable=False),
    Column("liaison_id", Text, ForeignKey("people.id")),
    Column("whereabouts", Text, nullable=False),
    Column("place_code", Text, nullable=False),
    Column("address", SealedBytes),
    Column("employer", SealedBytes),
    Column("job", SealedBytes),
    Column("reason", SealedBytes),
    Column("family_phone", SealedBytes),
    Column("out_since", Date),
    Column("dues_until", Date),
    Column("joined_party_on", Date),
    Column("quiet_until", Date),
    Column("quiet_reason", SealedBytes),
    Column("enrolled_at", Moment, nullable=False),
    Column("last_contact_at", Moment, nullable=False),
    Column("last_contact_kind", Text, nullable=False),
    Column("due_from", Moment, nullable=False),
    Column("late_after", Moment, nullable=False),
    Column("silent_after", Moment, nullable=False),
    Column("reminded_at", Moment),
    Column("reported_at", Moment),
    Index("ix_members_unit_silent", "unit_path", "silent_after"),
    Index("ix_members_liaison_silent", "liaison_id", "silent_after"),
    Index("ix_members_silent_after", "silent_after"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file as its viewer may read it. Sealed fields are text here, empty where nothing is known.

    `joined` and `stopped` (TD) are the person's own choices. `last_contact_kind` is `enrolled` until
    the first word: nobody is silent on the day of enrolment.
    `reminded_at` and `reported_at` are about the present silence and end with the next contact.
    """

    id: str
    name: str
    language: str
    joined: bool
    stopped: bool
    unit_id: str
    unit: str
    unit_path: str
    unit_place: str
    rhythm: Rhythm
    liaison_id: str | None
    whereabouts: Whereabouts
    place_code: str
    address: str
    employer: str
    job: str
    reason: str
    family_phone: str
    out_since: date | None
    dues_until: date | None
    joined_party_on: date | None
    quiet_until: date | None
    quiet_reason: str
    last_contact_at: datetime
    last_contact_kind: str
    reminded_at: datetime | None
    reported_at: datetime | None
    deadlines: Deadlines

    def standing(self, now: datetime) -> Standing:
        return self.deadlines.standing(now)


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
    row = (await tx.conn.execute(files(viewer).where(members.c.person_id == person_id))).first()
    return member_of(tx, row) if row else None


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
    await tx.conn.execute(update(members).where(members.c.person_id == member.id).values(**sealed))


async def note_facts(tx: Transaction, member: Member, **facts: str | date | datetime | None) -> None:
    """Write plain columns of a file, by their names."""
    await tx.conn.execute(update(members).where(members.c.person_id == member.id).values(**facts))


async def entrust(tx: Transaction, member: Member, liaison_id: str | None) -> None:
    await note_facts(tx, member, liaison_id=liaison_id)


async def set_deadlines(
    tx: Transaction,
    member: Member,
    heard_at: datetime,
    kind: str,
    quiet_until: date | None,
) -> Deadlines:
    """The deadlines after a contact; the reminder and the report of this silence are over."""
    dates = deadlines(heard_at, member.rhythm, quiet_until)
    await note_facts(
        tx,
        member,
        last_contact_at=heard_at,
        last_contact_kind=kind,
        quiet_until=quiet_until,
        due_from=dates.due_from,
        late_after=dates.late_after,
        silent_after=dates.silent_after,
        reminded_at=None,
        reported_at=None,
    )
    return dates


def files(viewer: Viewer) -> Select[tuple[object, ...]]:
    """The one SELECT of members' files; every other query of them goes on from here."""
    return (
        select(
            members,
            people.c.name,
            people.c.language,
            people.c.joined_at,
            people.c.lessons_stopped_at,
            units.c.name.label("unit"),
            units.c.place_code.label("unit_place"),
            units.c.period_days,
            units.c.grace_days,
            units.c.timezone,
        )
        .join(people, people.c.id == members.c.person_id)
        .join(units, units.c.id == members.c.unit_id)
        .where(viewer.sees(members))
    )


def member_of(tx: Transaction, row: Row[tuple[object, ...]]) -> Member:
    """The file in a row of `files`."""

    def text(field: SealedField) -> str:
        return tx.open(getattr(row, field), row.person_id, f"members.{field}")

    return Member(
        id=row.person_id,
        name=tx.open(row.name, row.person_id, "people.name"),
        language=row.language,
        joined=row.joined_at is not None,
        stopped=row.lessons_stopped_at is not None,
        unit_id=row.unit_id,
        unit=row.unit,
        unit_path=row.unit_path,
        unit_place=row.unit_place,
        rhythm=Rhythm(row.period_days, row.grace_days, row.timezone),
        liaison_id=row.liaison_id,
        whereabouts=row.whereabouts,
        place_code=row.place_code,
        address=text("address"),
        employer=text("employer"),
        job=text("job"),
        reason=text("reason"),
        family_phone=text("family_phone"),
        out_since=row.out_since,
        dues_until=row.dues_until,
        joined_party_on=row.joined_party_on,
        quiet_until=row.quiet_until,
        quiet_reason=text("quiet_reason"),
        last_contact_at=row.last_contact_at,
        last_contact_kind=row.last_contact_kind,
        reminded_at=row.reminded_at,
        reported_at=row.reported_at,
        deadlines=Deadlines(row.due_from, row.late_after, row.silent_after),
    )
