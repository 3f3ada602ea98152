"""A province of as many members as wanted, put straight into a SQLite file: a million in a minute or two.

Counties of 10,000, in ten towns of twenty branches with fifty members each. One in twenty is silent.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from content.rules.silence import Rhythm, deadlines
from storage import migrations, tally_rebuild
from storage.database import Database
from storage.vault import Vault
from storage.viewer import Viewer, the_programme
from tests.bench.crowd import FIRST_CHAT

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
SIZES = (10_000, 100_000, 1_000_000) + ((10_000_000,) if os.environ.get("TEN_MILLION") else ())
A_BRANCH, A_TOWN, A_COUNTY = 50, 1_000, 10_000
PLACES = ("320506", "320583", "310115", "440305", "330106")
Doors = Literal["", "sms", "telegram"]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class County:
    """The database, and three who look at it: at one branch, at one county, at everything."""

    path: Path
    members: int

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.path}"

    @property
    def viewers(self) -> dict[str, Viewer]:
        branch = _path_of(0)
        county = "/".join(branch.split("/")[:2]) + "/"
        return {
            "a branch": Viewer("nobody", (branch,)),
            "a county": Viewer("nobody", (county,)),
            "everything": the_programme(),
        }


def county_in(folder: Path, members: int) -> County:
    return County(folder / f"county-{members}.db", members)


async def settle(folder: Path, vault: Vault, members: int, doors: Doors = "") -> County:
    """`doors`: by which channel each of them is reached; none where nobody is written to."""
    county = county_in(folder, members)
    await migrations.bring_up_to_date(county.url)
    connection = sqlite3.connect(county.path, isolation_level=None)
    try:
        _load(connection, vault, members, doors)
    finally:
        connection.close()
    await migrations.bring_up_to_date(county.url)
    database = Database(county.url, vault)
    try:
        async with database.writing() as tx:
            await tally_rebuild.rebuild(tx)
    finally:
        await database.close()
    return county


def _load(connection: sqlite3.Connection, vault: Vault, members: int, doors: Doors) -> None:
    """Without triggers and indexes: each is made once, over all rows."""
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000")
    laid_aside = _laid_aside(connection)
    connection.execute("BEGIN")
    _insert(connection, "units", _units(members))
    _insert(connection, "people", _people(vault, members))
    _insert(connection, "members", _members(vault, members))
    if doors:
        _insert(connection, "addresses", _addresses(vault, members, doors))
    connection.execute("COMMIT")
    for statement in laid_aside:
        connection.execute(statement)
    connection.execute("PRAGMA journal_mode=WAL")


def _laid_aside(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
        " AND sql IS NOT NULL AND tbl_name IN ('units', 'people', 'members', 'addresses')"
    ).fetchall()
    for kind, name, _ in found:
        connection.execute(f"DROP {kind} {name}")
    return [sql for kind, _, sql in found if kind == "index"]


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    names, marks = ", ".join(first), ", ".join("?" * len(first))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
    connection.execute(statement, tuple(first.values()))
    connection.executemany(statement, (tuple(row.values()) for row in rows))


def _units(members: int) -> Iterator[dict[str, Any]]:
    paths = dict.fromkeys(
        path for n in range(0, members, A_BRANCH) for path in _with_those_above(_path_of(n))
    )
    for path in paths:
        *above, own = path.removesuffix("/").split("/")
        yield {
            "id": own,
            "parent_id": above[-1] if above else None,
            "path": path,
            "kind": "branch" if own.startswith("b") else "committee",
            "name": own,
            "place_code": "320583",
            "timezone": "Asia/Shanghai",
            "period_days": 30,
            "grace_days": 7,
            "made_at": 0,
        }


def _people(vault: Vault, members: int) -> Iterator[dict[str, Any]]:
    for n in range(members):
        sealed = vault.seal("石远", _id(n), "people.name")
        yield {"id": _id(n), "name": sealed, "language": "zh", "made_at": 0, "joined_at": 0}


def _members(vault: Vault, members: int) -> Iterator[dict[str, Any]]:
    rhythm = Rhythm()
    for n in range(members):
        heard = NOW - timedelta(days=_days(n), seconds=n % 30_000)
        dates = deadlines(heard, rhythm)
        path = _path_of(n)
        yield {
            "person_id": _id(n),
            "unit_id": path.split("/")[-2],
            "unit_path": path,
            "whereabouts": "out",
            "place_code": PLACES[n // 20 % len(PLACES)],
            "address": vault.seal("江苏省苏州市吴中区金枫路 8 号", _id(n), "members.address"),
            "enrolled_at": 0,
            "last_contact_at": _micro(heard),
            "last_contact_kind": "check_in",
            "due_from": _micro(dates.due_from),
            "late_after": _micro(dates.late_after),
            "silent_after": _micro(dates.silent_after),
            "reminded_at": _micro(dates.late_after) if n % 20 == 0 else None,
            "reported_at": _micro(dates.silent_after) if n % 20 == 0 else None,
        }


def _addresses(vault: Vault, members: int, doors: Doors) -> Iterator[dict[str, Any]]:
    for n in range(members):
        value = f"+86139{n:08}" if doors == "sms" else str(FIRST_CHAT + n)
        yield {
            "id": _id(n),
            "person_id": _id(n),
            "channel": doors,
            "value": vault.seal(value, _id(n), "addresses.value"),
            "value_index": vault.blind(doors, value),
            "made_at": 0,
            "verified_at": 0,
            "came_by_link": False,
        }


def _days(n: int) -> int:
    """Since the last contact: one in twenty is silent and reported, one in five hundred has come due."""
    if n % 20 == 0:
        return 40 + n // 20 % 300
    return 28 if n % 500 == 1 else n % 27


def _path_of(n: int) -> str:
    """province / county / town / branch, by the number of the member."""
    return f"p/c{n // A_COUNTY:06}/t{n // A_TOWN:07}/b{n // A_BRANCH:08}/"


def _with_those_above(path: str) -> Iterator[str]:
    parts = path.removesuffix("/").split("/")
    return ("/".join(parts[: depth + 1]) + "/" for depth in range(len(parts)))


def _id(n: int) -> str:
    return f"{n:026}"


def _micro(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
