"""A backup in the place of a database: all of it or nothing, and nothing is said twice because of it.

What was still to be sent when the backup was made may have gone out since: nobody can know. So it is
not sent again, and whoever restores is told.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    literal,
    select,
    update,
)

from storage import migrations
from storage.backup_file import Backup, BackupDamaged, rows_in
from storage.campaigns import campaigns
from storage.columns import Moment
from storage.occurrences import mark, occurrences
from storage.outbox import RESTORED, outbox
from storage.schema import metadata

_AT_ONCE = 500
# Written down by the clock alone, before anybody is in the database.
NOTHING = {"occurrences", "alembic_version"}


class DatabaseHasContent(Exception):
    """There is something in the database already."""


class ProgramRunning(Exception):
    """Another process has the database open."""


@dataclass(frozen=True, slots=True)
class Restored:
    """`unknown` letters and `called_off` lessons were due when the backup was made, or since."""

    unknown: int
    called_off: int


def has_content(connection: Connection) -> bool:
    found = MetaData()
    found.reflect(connection)
    tables = [table for name, table in found.tables.items() if name not in NOTHING]
    return any(connection.execute(select(literal(1)).select_from(table).limit(1)).first() for table in tables)


def fill(connection: Connection, backup: Backup, now: datetime) -> Restored:
    """Everything in the backup into a database without tables, and then brought up to date."""
    migrations.upgrade(connection, backup.revision)
    found = MetaData()
    found.reflect(connection)
    counted = dict.fromkeys(backup.rows, 0)
    for table, rows in _chunks(backup, found):
        connection.execute(insert(table), rows)
        counted[table.name] += len(rows)
    if counted != backup.rows:
        raise BackupDamaged
    migrations.upgrade(connection, "head")
    return _settle(connection, now)


def clear(connection: Connection) -> None:
    """Take away all that is ours."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in metadata.tables or name == "alembic_version")
    found.drop_all(connection)


def _settle(connection: Connection, now: datetime) -> Restored:
    """What may have gone out since is not sent again; no slot of the clock is made up for."""
    may_be_out = outbox.c.state.in_(["pending", "sending"]) & (outbox.c.not_before <= now)
    letters = connection.execute(
        update(outbox)
        .where(may_be_out)
        .values(state="unknown", reason=RESTORED, lease_until=None, sent_at=now)
    )
    begun = campaigns.c.state.in_(["planned", "running"]) & (campaigns.c.planned_for <= now)
    lessons = connection.execute(update(campaigns).where(begun).values(state="cancelled", ended_at=now))
    _count_slots_from(connection, now)
    return Restored(letters.rowcount, lessons.rowcount)


def _count_slots_from(connection: Connection, now: datetime) -> None:
    here, moment = mark(now), literal(now, Moment)
    row = {
        "job": occurrences.c.job,
        "local_slot": literal(here.local),
        "slot": moment,
        "struck_at": moment,
        "outcome": literal("from here"),
    }
    jobs = select(*row.values()).group_by(occurrences.c.job).having(func.max(occurrences.c.slot) < now)
    connection.execute(insert(occurrences).from_select(list(row), jobs))


def _chunks(backup: Backup, found: MetaData) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    for name, rows in groupby(rows_in(backup), key=lambda row: row[0]):
        table = found.tables[name]
        read = {column.name: _reader(column.type) for column in table.columns}
        typed = (
            {
                key: None if value is None else read[key](value)
                for key, value in zip(keys, values, strict=True)
            }
            for _, keys, values in rows
        )
        while chunk := list(islice(typed, _AT_ONCE)):
            yield table, chunk


def _reader(kind: object) -> Callable[[Any], Any]:
    if isinstance(kind, LargeBinary):
        return b64decode
    if isinstance(kind, Date):
        return date.fromisoformat
    return bool if isinstance(kind, Boolean) else lambda value: value
