"""Each query of storage runs on both engines, and whatever reads people says in whose eyes."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Select, Table, event
from sqlalchemy.sql import visitors

from storage import (
    account,
    addresses,
    answering,
    by_voice,
    campaigns,
    claiming,
    clocks,
    due_letters,
    due_work,
    feeding,
    former_addresses,
    in_charge,
    key_check,
    ladder,
    lookahead,
    members,
    moved,
    people,
    post,
    resealing,
    roster_basis,
    rosters,
    sending_again,
    series,
    settling,
    standing_letter,
    suspects,
    task_closing,
    task_follows,
    task_owners,
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
    in_charge.doors_of_admins: "the roof tells them that the program is in trouble, and shows them to nobody",
    key_check.check_key: "tries the key on one name, and gives nothing of it back",
    lookahead.look_ahead: "rows about whoever is about to speak, which `addresses.behind` and the like open",
    resealing.keys_in_use: "reads the first byte of each sealed value, which is the id of its key",
    answering.pressed: "asks in which language to show a person the answers that were offered to them",
    answering.beside: "the same question",
    answering.last_asked: "the same question",
    claiming.claim: "reads whether the person a letter goes to has told us to stop, and their language",
    claiming.take: "under `claim`, the same reading",
    settling.unsettled: "asks a company about a letter of ours; the number goes back where it came from",
    settling.letter_named: "finds our letter by the number that a company's receipt names",
    settling.letter_unanswered: "the same, of a letter whose answer was lost",
    due_work.anything_for: "asks whether any address has ended, rests or is suspect, for the clock alone",
    due_letters.due_letters: "under `claim`, the same reading",
    feeding.write: "the same choice as `feed`",
    ladder.leave_out: "asks whether somebody a letter went to has left, and tells nobody",
    ladder.by_the_next_door: "chooses the doors of letters, as `feeding.feed` does",
    ladder.wait_longer: "asks whether there is another door, and shows it to nobody",
    task_closing.close_those_of_old_numbers: "asks whether an address has ended",
    task_closing.about_old_numbers: "the same, for the clock",
    suspects.not_said_wrong: "asks why a door is shut",
    by_voice.by_voice: "makes tasks in the database; whoever reads one does so as a viewer",
    suspects.open_tasks: "the same, of numbers that seem wrong",
    suspects.failed_for_good: "looks how often one address has failed, by the id of its row",
    suspects.failed_by_receipt: "the same look",
    task_owners.in_charge: "who holds an office and can be reached: ids, for the clock alone",
    task_owners.without_owner: "ids and the paths of their units, to find whom to give a task to",
    task_owners.overdue: "the same search",
    task_follows.with_a_former_liaison: "ids, for the clock alone",
    task_follows.of_nobody_s_member: "the same search",
    members.note_texts: "the names of time zones, under `moved.take_along`",
    moved.take_along: "the names of time zones, written beside what waits; shown to nobody",
    feeding.feed: "chooses the doors of letters; nothing of them is shown to anyone",
    campaigns.plan_once: "locks the sender's row and reads nothing of it",
    clocks.clocks_of: "the names of time zones, for a letter to them; shown to nobody",
    clocks.awake_at: "the same, and the moment at which it opens",
    post.tell: "chooses the door of a letter; nothing of it is shown to the one who writes",
    post.best_door: "the same choice",
    series.make: "locks its maker's row and reads nothing of it",
    account.of: "counts texts by the language they were in, and nothing else of anybody",
    sending_again.how_many: "counts who has a door again, as `audience.reach` does by its viewer",
    sending_again.send_again: "chooses by their doors who is written to again, and shows nobody",
    standing_letter.put_up: "the same choice",
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
