"""Kept counts: how many are away, at and below each unit, for each set of deadlines. (S9, S29)

Deadlines lie at the end of a day, so a unit has a few dozen sets of them, however many its members:
to count is to add up some dozens of rows. Triggers keep them (`tally_triggers`), in the transaction of
whatever changed a file; docs/decisions/0008 says why. The unit "" stands for all of them together.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, text

from storage.columns import PATH, Moment, metadata

# A backup need not carry them: `tally_rebuild.rebuild` makes them anew from the files.
DERIVED = {"derived": True}
EVERYTHING = ""


def _unfolded(name: str) -> Index:
    only = text("writer <> 0 OR n = 0")
    return Index(f"ix_{name}_unfolded", "unit_id", sqlite_where=only, postgresql_where=only)


# Each unit with itself, those above it, and "". A trigger of SQLite cannot climb a tree by itself.
unit_above = Table(
    "unit_above",
    metadata,
    Column("unit_id", Text, primary_key=True),
    Column("above_id", Text, primary_key=True),
    sqlite_with_rowid=False,
    info=DERIVED,
)

# `writer` is the database connection that counted: on PostgreSQL each adds to rows of its own, or all
# check-ins of a county would wait for each other at its one row. `n` may be below 0 in one of them, never
# in their sum; `fold` brings them together as writer 0. SQLite has one writer, which is 0.
tallies = Table(
    "tallies",
    metadata,
    Column("unit_id", Text, primary_key=True),
    Column("silent_after", Moment, primary_key=True),
    Column("heard_on", BigInteger, primary_key=True),
    Column("late_after", Moment, primary_key=True),
    Column("due_from", Moment, primary_key=True),
    Column("writer", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, nullable=False),
    _unfolded("tallies"),
    sqlite_with_rowid=False,
    info=DERIVED,
)

place_tallies = Table(
    "place_tallies",
    metadata,
    Column("unit_id", Text, primary_key=True),
    Column("place_code", PATH, primary_key=True),
    Column("silent_after", Moment, primary_key=True),
    Column("heard_on", BigInteger, primary_key=True),
    Column("writer", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, nullable=False),
    _unfolded("place_tallies"),
    sqlite_with_rowid=False,
    info=DERIVED,
)

KEYS = {
    "tallies": ("silent_after", "heard_on", "late_after", "due_from"),
    "place_tallies": ("place_code", "silent_after", "heard_on"),
}
