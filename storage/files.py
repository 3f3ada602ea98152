"""A member's file: its table, and how one is read from a row. Reading it takes a viewer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Computed,
    Date,
    ForeignKey,
    Index,
    Row,
    Select,
    Table,
    Text,
    select,
    text,
)

from content.rules.industries import industry_of
from content.rules.silence import Deadlines, Rhythm, Standing
from content.rules.zones import zone_names
from storage.columns import PATH, Moment, SealedBytes, metadata
from storage.database import Transaction
from storage.people import people
from storage.units import units
from storage.viewer import Viewer

Whereabouts = Literal["out", "home"]
SealedField = Literal["address", "employer", "job", "reason", "family_phone", "quiet_reason"]

_A_DAY = 86_400_000_000
_EAST_OF_GREENWICH = 8 * 3_600_000_000

# A partial index serves a query that says the same in the same words, and never by a parameter. Each
# leaves out those whom its question is never about, so that they cost it nothing however many they are.
OUT = "whereabouts = 'out'"
TO_REMIND = f"{OUT} AND reported_at IS NULL AND reminded_at IS NULL"
REMINDED = f"{OUT} AND reported_at IS NULL AND reminded_at IS NOT NULL"
HEARD_ON = f"(last_contact_at + {_EAST_OF_GREENWICH}) / {_A_DAY}"


def _index(name: str, only: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(only), postgresql_where=text(only))


members = Table(
    "members",
    metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("unit_id", Text, ForeignKey("units.id"), nullable=False),
    Column("unit_path", PATH, nullable=False),
    Column("liaison_id", Text, ForeignKey("people.id")),
    Column("whereabouts", Text, nullable=False),
    Column("place_code", Text, nullable=False),
    # By which clocks they live, as far as place and address tell: written with them, by `clocks`.
    Column("zones", Text, nullable=False, default="", server_default=""),
    Column("address", SealedBytes),
    Column("employer", SealedBytes),
    Column("job", SealedBytes),
    # What the sealed work comes down to, so that it can be counted: written with it, by `line_of_work`.
    Column("industry", Text, nullable=False, default="unknown", server_default="unknown"),
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
    # The day of the last contact, in China: who asks for ninety days asks for days. See `heard_on`.
    Column("heard_on", BigInteger, Computed(HEARD_ON, persisted=True), nullable=False),
    Index("ix_members_unit_path", "unit_path", "person_id"),
    Index("ix_members_liaison_id", "liaison_id", "person_id"),
    _index("ix_members_silent", OUT, "silent_after", "heard_on", "unit_path", "person_id"),
    _index("ix_members_place", OUT, "place_code", "silent_after", "heard_on", "unit_path", "person_id"),
    _index("ix_members_to_remind", TO_REMIND, "due_from", "person_id"),
    _index("ix_members_reminded", REMINDED, "late_after", "person_id"),
    _index("ix_members_reported", "reported_at IS NOT NULL", "reported_at"),
    # All that figures are counted from: read from here alone they are ten times as quick as from the rows.
    Index("ix_members_figures", "unit_path", "whereabouts", "place_code", "industry", "out_since"),
)


class Member(NamedTuple):
    """A file as its viewer may read it. Sealed fields are text here, empty where nothing is known.

    `joined` and `stopped` (TD) are the person's own choices. `last_contact_kind` is `enrolled` until
    the first word: nobody is silent on the day of enrolment. `heard_on` is the `day_number` of the last
    contact, by Beijing time. `zones` are the clocks by which they live.
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
    zones: str
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
    heard_on: int
    reminded_at: datetime | None
    reported_at: datetime | None
    deadlines: Deadlines

    def standing(self, now: datetime) -> Standing:
        return self.deadlines.standing(now)


def day_number(day: date) -> int:
    """A day as `heard_on` counts them."""
    return (day - date(1970, 1, 1)).days


def line_of_work(texts: Mapping[str, str]) -> dict[str, str]:
    """The column that says in plain what the sealed work comes down to."""
    return {"industry": industry_of(texts.get("employer", ""), texts.get("job", ""))}


def clocks(place_code: str, address: str) -> dict[str, str]:
    """The column that says in plain by which clocks somebody lives there."""
    return {"zones": zone_names(place_code, address)}


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
    # By name through the mapping: each attribute of a row costs six times as much.
    kept = row._mapping

    def opened(field: SealedField) -> str:
        sealed = kept[field]
        return tx.read(sealed, kept["person_id"], f"members.{field}") if sealed else ""

    return Member(
        id=kept["person_id"],
        name=tx.read(kept["name"], kept["person_id"], "people.name"),
        language=kept["language"],
        joined=kept["joined_at"] is not None,
        stopped=kept["lessons_stopped_at"] is not None,
        unit_id=kept["unit_id"],
        unit=kept["unit"],
        unit_path=kept["unit_path"],
        unit_place=kept["unit_place"],
        rhythm=Rhythm(kept["period_days"], kept["grace_days"], kept["timezone"]),
        liaison_id=kept["liaison_id"],
        whereabouts=kept["whereabouts"],
        place_code=kept["place_code"],
        zones=kept["zones"] or kept["timezone"],
        address=opened("address"),
        employer=opened("employer"),
        job=opened("job"),
        reason=opened("reason"),
        family_phone=opened("family_phone"),
        out_since=kept["out_since"],
        dues_until=kept["dues_until"],
        joined_party_on=kept["joined_party_on"],
        quiet_until=kept["quiet_until"],
        quiet_reason=opened("quiet_reason"),
        last_contact_at=kept["last_contact_at"],
        last_contact_kind=kept["last_contact_kind"],
        heard_on=kept["heard_on"],
        reminded_at=kept["reminded_at"],
        reported_at=kept["reported_at"],
        deadlines=Deadlines(kept["due_from"], kept["late_after"], kept["silent_after"]),
    )
