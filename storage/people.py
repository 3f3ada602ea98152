"""People: those on a roster and those with an office, by one name each and in one language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Column, Select, Table, Text, insert, select, update

from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction

people = Table(
    "people",
    metadata,
    key(),
    Column("name", SealedBytes, nullable=False),
    Column("language", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("joined_at", Moment),
    Column("lessons_stopped_at", Moment),
)


class Person(NamedTuple):
    id: str
    name: str
    language: str
    joined_at: datetime | None


async def add(tx: Transaction, now: datetime, name: str, language: str = "zh") -> str:
    """A new person; who they are in the branch is said by `members.enrol` and `offices.grant`."""
    made = tx.new_id(now)
    sealed = tx.seal(name, made, "people.name")
    await tx.conn.execute(insert(people).values(id=made, name=sealed, language=language, made_at=now))
    return made


async def the_one_who_acts(tx: Transaction, person_id: str) -> Person:
    """The person at the other end of an address that was just used, about themselves."""
    seen = tx.desk.seen("people", person_id)
    row = seen[0] if seen else (await tx.conn.execute(by_ids([person_id]))).one()
    kept = row._mapping
    return Person(
        id=person_id,
        name=tx.read(kept["name"], person_id, "people.name"),
        language=kept["language"],
        joined_at=kept["joined_at"],
    )


def by_ids(person_ids: Sequence[str]) -> Select[tuple[object, ...]]:
    return select(people).where(people.c.id.in_(person_ids))


async def name_of(tx: Transaction, person_id: str) -> str:
    """The name of somebody with an office: members are told who looks after them and who looked."""
    sealed = (await tx.conn.execute(select(people.c.name).where(people.c.id == person_id))).scalar_one()
    return tx.read(sealed, person_id, "people.name")


async def language_of(tx: Transaction, person_id: str) -> str:
    """In which language somebody is written to."""
    query = select(people.c.language).where(people.c.id == person_id)
    language: str = (await tx.conn.execute(query)).scalar_one()
    return language


async def is_inside(tx: Transaction, person_id: str) -> bool:
    """Whether the person has joined."""
    query = select(people.c.joined_at).where(people.c.id == person_id)
    return (await tx.conn.execute(query)).scalar_one() is not None


async def has_joined(tx: Transaction, person_id: str, now: datetime) -> None:
    await tx.conn.execute(update(people).where(people.c.id == person_id).values(joined_at=now))


async def has_left(tx: Transaction, person_id: str) -> None:
    """Back on the roster only: nothing is sent until they join again."""
    await tx.conn.execute(update(people).where(people.c.id == person_id).values(joined_at=None))


async def choose_language(tx: Transaction, person_id: str, language: str) -> None:
    await tx.conn.execute(update(people).where(people.c.id == person_id).values(language=language))


async def stop_lessons(tx: Transaction, person_id: str, now: datetime | None) -> None:
    """Lessons and reminders stop from `now`; None starts them again. Help is never stopped."""
    await tx.conn.execute(update(people).where(people.c.id == person_id).values(lessons_stopped_at=now))
