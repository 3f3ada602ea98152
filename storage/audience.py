"""By which doors an audience would be reached, counted by the database before anything goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, literal_column, select

from content.rules.audience import Audience
from storage.addresses import addresses
from storage.database import Transaction
from storage.doors import best_door_of, takes_campaigns
from storage.files import Member, files, member_of, members
from storage.listing import wanted
from storage.people import people
from storage.units import units
from storage.viewer import Viewer


class Reach(NamedTuple):
    """`nowhere`: they did not join, stopped, or have no address that works; somebody is to call them."""

    chat: int
    sms: int
    nowhere: int

    @property
    def all(self) -> int:
        return sum(self)


async def reach(
    tx: Transaction, viewer: Viewer, audience: Audience, now: datetime, sender_id: str = ""
) -> Reach:
    """How many of those whom the sender answers for, but for the sender."""
    channel = addresses.c.channel
    found = (
        select(channel, takes_campaigns(), func.count())
        .select_from(members)
        .join(people, people.c.id == members.c.person_id)
        .outerjoin(addresses, addresses.c.id == best_door_of(members.c.person_id))
        .where(members.c.person_id != sender_id, *wanted(viewer, audience, now))
        .group_by(channel, takes_campaigns())
    )
    by_door = {"telegram": 0, "sms": 0, "": 0}
    for door, takes_them, n in await tx.conn.execute(found):
        by_door[door if door and takes_them else ""] += n
    return Reach(by_door["telegram"], by_door["sms"], by_door[""])


class Share(NamedTuple):
    """So many whom the same will happen to. `door` is telegram or sms; where it is empty `why` says why:
    not_joined, stopped or no_address. `zone` are the clocks they live by, `language` what they read.
    """

    door: str
    why: str
    language: str
    zone: str
    n: int


async def shares(
    tx: Transaction, viewer: Viewer, audience: Audience, now: datetime, sender_id: str = ""
) -> list[Share]:
    """All of the audience but the sender, in as many rows as there are ways to be reached or not."""
    one = _of(viewer, audience, now, sender_id).subquery()
    kind = (one.c.door, one.c.why, one.c.language, one.c.zone)
    rows = await tx.conn.execute(select(*kind, func.count().label("n")).group_by(*kind).order_by(*kind))
    return [Share(*row) for row in rows]


async def page(
    tx: Transaction,
    viewer: Viewer,
    audience: Audience,
    now: datetime,
    sender_id: str = "",
    after: str = "",
    limit: int = 12,
) -> list[tuple[Member, str, str]]:
    """(who, the door, why none) by id, those after the last one seen."""
    where = [members.c.person_id != sender_id, members.c.person_id > after, *wanted(viewer, audience, now)]
    query = (
        files(viewer)
        .add_columns(_DOOR.label("door"), _WHY.label("why"))
        .outerjoin(addresses, addresses.c.id == best_door_of(members.c.person_id))
        .where(*where)
        .order_by(members.c.person_id)
        .limit(limit)
    )
    return [(member_of(tx, row), row.door, row.why) for row in await tx.conn.execute(query)]


async def counted(
    tx: Transaction, viewer: Viewer, audience: Audience, now: datetime, by: str, sender_id: str = ""
) -> list[tuple[str, int]]:
    """How many of the audience are of each unit (its path), place (its code), trade or standing."""
    one = _of(viewer, audience, now, sender_id).add_columns(_kinds(now)[by].label("kind")).subquery()
    counted = select(one.c.kind, func.count().label("n")).group_by(one.c.kind).order_by(one.c.kind)
    return [(kind, n) for kind, n in await tx.conn.execute(counted)]


async def unit_above_all(
    tx: Transaction, viewer: Viewer, audience: Audience, now: datetime, sender_id: str = ""
) -> str:
    """The path of the lowest unit that all of the audience stand at or below; empty where there is none."""
    paths = _of(viewer, audience, now, sender_id).with_only_columns(
        func.min(members.c.unit_path), func.max(members.c.unit_path)
    )
    first, last = (await tx.conn.execute(paths)).one()
    return _in_common(first or "", last or "")


def _in_common(first: str, last: str) -> str:
    """What is common to the first and the last of them in their order is common to all."""
    same: list[str] = []
    for one, other in zip(first.split("/"), last.split("/"), strict=False):
        if one != other or not one:
            break
        same.append(one)
    return "".join(f"{step}/" for step in same)


_TAKES_THEM = takes_campaigns()
_DOOR = case((_TAKES_THEM & addresses.c.id.is_not(None), addresses.c.channel), else_="")
_WHY = case(
    (people.c.joined_at.is_(None), "not_joined"),
    (people.c.lessons_stopped_at.is_not(None), "stopped"),
    (addresses.c.id.is_(None), "no_address"),
    else_="",
)
_ZONE = func.coalesce(func.nullif(members.c.zones, literal_column("''")), units.c.timezone)


def _of(viewer: Viewer, audience: Audience, now: datetime, sender_id: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            _DOOR.label("door"), _WHY.label("why"), people.c.language.label("language"), _ZONE.label("zone")
        )
        .select_from(members)
        .join(people, people.c.id == members.c.person_id)
        .join(units, units.c.id == members.c.unit_id)
        .outerjoin(addresses, addresses.c.id == best_door_of(members.c.person_id))
        .where(members.c.person_id != sender_id, *wanted(viewer, audience, now))
    )


def _kinds(now: datetime) -> dict[str, ColumnElement[str]]:
    standing = case(
        (members.c.silent_after <= now, "silent"),
        (members.c.late_after <= now, "late"),
        (members.c.due_from <= now, "due"),
        else_="fresh",
    )
    return {
        "units": members.c.unit_path,
        "places": members.c.place_code,
        "trades": members.c.industry,
        "standings": standing,
        "languages": people.c.language,
    }
