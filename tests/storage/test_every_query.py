"""Each query of storage runs on both engines, and whatever reads people says in whose eyes."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Select, Table, event
from sqlalchemy.sql import visitors

from storage import (
    addresses,
    former_addresses,
    key_check,
    lessons,
    lookahead,
    people,
    post,
    resealing,
    roster_basis,
    rosters,
)
from storage.database import Database, Transaction
from tests.storage.every_query import QUERIES, Query, name_of, public_queries, set_scene

OF_PEOPLE = {"people", "addresses", "members", "contacts", "changes", "viewings"}

# Each line is a read of people in nobody's eyes, with what makes it harmless.
IN_NOBODY_S_EYES: dict[Query, str] = {
    people.the_one_who_acts: "somebody used an address of theirs; it is their own name",
    people.name_of: "an office-holder's name, told to those they look after or whose files they opened",
    people.language_of: "which language to write to somebody in, and nothing else of them",
    people.is_inside: "yes or no, about somebody whose address or file the caller has in hand",
    addresses.behind: "finds out who is speaking, before there is anybody to look with",
    addresses.of_person: "under `post`, and to write down a person's own addresses",
    addresses.by_id: "the id comes from a row or a sealed act of ours, never from what was typed",
    addresses.add: "looks whether somebody else verified the same address, and tells only that",
    addresses.verify: "the same look",
    former_addresses.ended_lately: "finds out who was written to at an address that has just spoken",
    former_addresses.replaced_at: "under the undoing of a change of number, for its own person",
    former_addresses.was_disowned: "tells a yes or no about a number that the asker wrote down",
    former_addresses.restore: "the same look as `verify`",
    key_check.check_key: "tries the key on one name, and gives nothing of it back",
    lookahead.look_ahead: "rows about whoever is about to speak, which `addresses.behind` and the like open",
    resealing.keys_in_use: "reads the first byte of each sealed value, which is the id of its key",
    lessons.plan_once: "locks the sender's row and reads nothing of it",
    post.tell: "chooses the door of a letter; nothing of it is shown to the one who writes",
    post.best_door: "the same choice",
    roster_basis.disowned: "person ids beside blind indexes, for a number that the asker wrote down",
    roster_basis.owners_of: "`addresses.behind` for a whole roster at once",
    rosters.bring: "looks whether somebody else verified one of them, and tells only that",
    post.number_of: "callers hold a Member, which a viewer let them read",
}


def test_every_public_query_has_its_line() -> None:
    assert {name_of(query) for query in public_queries()} == {name_of(query) for query in QUERIES}, (
        "write the line of the query in tests/storage/every_query.py"
    )


async def test_every_query_runs(database: Database) -> None:
    broken = {}
    async with database.writing() as tx:
        scene = await set_scene(tx)
        for query, arguments in QUERIES.items():
            given = arguments(scene)
            attempt = await tx.conn.begin_nested()
            try:
                await query(tx, *given.args, **given.named)
                await tx.desk.catch_up()
            except Exception as error:
                broken[name_of(query)] = repr(error)
            await attempt.rollback()
            tx.desk.forget()
    assert broken == {}


async def test_whatever_reads_people_says_in_whose_eyes(database: Database) -> None:
    async with database.writing() as tx:
        scene = await set_scene(tx)
        unscoped = set()
        for query, arguments in QUERIES.items():
            given = arguments(scene)
            with _tables_read(tx) as read:
                attempt = await tx.conn.begin_nested()
                await query(tx, *given.args, **given.named)
                await attempt.rollback()
                tx.desk.forget()
            if read & OF_PEOPLE and "Viewer" not in _types_asked_for(query):
                unscoped.add(name_of(query))
    assert unscoped == {name_of(query) for query in IN_NOBODY_S_EYES}


def _types_asked_for(query: Query) -> set[str]:
    return {str(parameter.annotation) for parameter in inspect.signature(query).parameters.values()}


@contextmanager
def _tables_read(tx: Transaction) -> Iterator[set[str]]:
    """The tables that any SELECT within the block names, wherever in a statement it stands."""
    read: set[str] = set()

    def note(_connection: Any, statement: Any, *_: Any) -> None:
        for element in visitors.iterate(statement):
            if isinstance(element, Select):
                read.update(part.name for part in visitors.iterate(element) if isinstance(part, Table))

    event.listen(tx.conn.sync_connection, "before_execute", note)
    try:
        yield read
    finally:
        event.remove(tx.conn.sync_connection, "before_execute", note)
