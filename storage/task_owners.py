"""Whose a task is: the liaison's or, where no letter reaches that one, of whoever is nearest above. (S4)"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, exists, select, update

from content.rules.roles import Role
from storage.addresses import addresses
from storage.database import Transaction
from storage.doors import works
from storage.files import members
from storage.offices import offices
from storage.tasks import tasks
from storage.units import units

_IN_CHARGE: tuple[Role, ...] = ("secretary", "committee")

# Who answers for a unit, by its path: of those alone whom a letter reaches.
InCharge = Mapping[str, Sequence[str]]


class Ownerless(NamedTuple):
    """An open task for which an owner is sought: not the member it is about, nor who had it before."""

    id: str
    unit_path: str
    member_id: str
    owner_id: str | None


def reachable_liaison() -> ColumnElement[Any]:
    """Of a row of `members`: the liaison where a letter reaches them, else NULL."""
    door = addresses.alias("liaison_door")
    has_door = exists().where(door.c.person_id == members.c.liaison_id, works(door)).correlate(members)
    return case((has_door & (members.c.liaison_id != members.c.person_id), members.c.liaison_id))


def answers_for_a_unit(person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    held = offices.alias("held_office")
    return exists().where(
        held.c.person_id == person_id, held.c.role.in_(_IN_CHARGE), held.c.ended_at.is_(None)
    )


async def in_charge(tx: Transaction) -> InCharge:
    """Read once for however many tasks: a county has some thousands."""
    door = addresses.alias("their_door")
    rows = await tx.conn.execute(
        select(units.c.path, offices.c.person_id)
        .join(units, units.c.id == offices.c.unit_id)
        .where(
            offices.c.role.in_(_IN_CHARGE),
            offices.c.ended_at.is_(None),
            exists().where(door.c.person_id == offices.c.person_id, works(door)),
        )
        .order_by(offices.c.granted_at, offices.c.id)
    )
    found: dict[str, list[str]] = {}
    for path, person_id in rows:
        found.setdefault(path, []).append(person_id)
    return found


def nearest(in_charge: InCharge, path: str, but_not: Collection[str | None]) -> str | None:
    """The first of those nearest above, beyond the place of whoever of `but_not` stands there."""
    best: str | None = None
    while path:
        here = in_charge.get(path, ())
        if any(who in but_not for who in here):
            best = None
        elif here and best is None:
            best = here[0]
        path = _above(path)
    return best


async def without_owner(tx: Transaction, opened_at: datetime) -> list[Ownerless]:
    """Of the tasks just opened those that no liaison has."""
    query = _SOUGHT.where(tasks.c.owner_id.is_(None), tasks.c.opened_at == opened_at)
    rows = await tx.conn.execute(query.where(tasks.c.closed_at.is_(None)))
    return [Ownerless(*row) for row in rows]


async def overdue(tx: Transaction, now: datetime, limit: int) -> list[Ownerless]:
    """Open tasks that nobody has seen to in time."""
    query = _SOUGHT.where(tasks.c.due_at <= now, tasks.c.closed_at.is_(None))
    rows = await tx.conn.execute(query.order_by(tasks.c.due_at, tasks.c.id).limit(limit))
    return [Ownerless(*row) for row in rows]


async def give(
    tx: Transaction, now: datetime, owner_id: str, task_ids: Sequence[str], due_at: datetime, raised: bool
) -> None:
    """They are this one's from now on, who has not heard of them yet."""
    values = {"owner_id": owner_id, "given_at": now, "due_at": due_at, "told_at": None}
    values |= {"tries": 0, "tried_at": None}
    more = {"raised": tasks.c.raised + 1} if raised else {}
    await tx.conn.execute(update(tasks).where(tasks.c.id.in_(task_ids)).values(**values, **more))


async def leave_with(tx: Transaction, task_ids: Sequence[str], due_at: datetime) -> None:
    """Nobody stands above: they stay where they are, and are looked at again."""
    due = {"due_at": due_at}
    await tx.conn.execute(update(tasks).where(tasks.c.id.in_(task_ids)).values(due))


_SOUGHT = select(tasks.c.id, members.c.unit_path, tasks.c.member_id, tasks.c.owner_id).join(
    members, members.c.person_id == tasks.c.member_id
)


def _above(path: str) -> str:
    """`c/t/` for `c/t/b/`, and nothing above `c/`."""
    higher = path.rstrip("/").rpartition("/")[0]
    return f"{higher}/" if higher else ""
