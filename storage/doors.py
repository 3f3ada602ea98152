"""Which door of a person is written to first, worked out by the database: the chat before the number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Table, and_, select

from storage.addresses import addresses
from storage.people import people

Untried = Callable[[Any], ColumnElement[bool]]


def best_door_of(person: ColumnElement[Any], untried: Untried | None = None) -> ScalarSelect[str]:
    """The id of the address that `post.best_door` would take, for the person in an outer row.

    `untried` says of an address whether it is still to be considered.
    """
    door = addresses.alias("door")
    query = select(door.c.id).where(door.c.person_id == person, works(door))
    if untried is not None:
        query = query.where(untried(door))
    return query.order_by(door.c.channel.desc(), door.c.id.desc()).limit(1).scalar_subquery()


def works(door: Table | Any) -> ColumnElement[bool]:
    """Verified, in use, and not suspended: nothing personal goes anywhere else."""
    return and_(door.c.ended_at.is_(None), door.c.verified_at.is_not(None), door.c.suspended_at.is_(None))


def takes_campaigns() -> ColumnElement[bool]:
    """Of a row of `people`: they joined, and have not told us to stop."""
    return people.c.joined_at.is_not(None) & people.c.lessons_stopped_at.is_(None)
