"""The kept counts against the files they were counted from: compared, made anew, brought together."""

# ruff: noqa: S608 - the names in the statements are our own tables and columns.

from __future__ import annotations

from sqlalchemy import text

from storage.database import Transaction
from storage.tallies import KEYS

_AWAY = """FROM members JOIN unit_above ON unit_above.unit_id = members.unit_id
WHERE members.whereabouts = 'out'"""
_CLIMB = """INSERT INTO unit_above (unit_id, above_id)
WITH RECURSIVE climbed (unit_id, above_id, next_id) AS (
SELECT id, id, parent_id FROM units UNION ALL
SELECT climbed.unit_id, units.id, units.parent_id FROM climbed JOIN units ON units.id = climbed.next_id)
SELECT unit_id, above_id FROM climbed UNION ALL SELECT id, '' FROM units"""


async def wrong(tx: Transaction) -> int:
    """How many kept counts are not what counting gives: 0 always, or something wrote past the triggers."""
    found = 0
    for name in KEYS:
        key = f"unit_id, {_key(name)}"
        kept = f"SELECT {key}, sum(n) AS n FROM {name} GROUP BY {key} HAVING sum(n) <> 0"
        counted = _counted(name, "count(*)")
        for one, other in ((kept, counted), (counted, kept)):
            query = text(f"SELECT count(*) FROM (SELECT * FROM ({one}) a EXCEPT SELECT * FROM ({other}) b) c")
            found += (await tx.conn.execute(query)).scalar_one()
    return found


async def rebuild(tx: Transaction) -> None:
    """Count everything anew. Whoever writes meanwhile waits."""
    if tx.conn.dialect.name != "sqlite":
        await tx.conn.execute(text("LOCK TABLE units, members IN SHARE ROW EXCLUSIVE MODE"))
    for name in ("unit_above", *KEYS):
        await tx.conn.execute(text(f"DELETE FROM {name}"))
    await tx.conn.execute(text(_CLIMB))
    for name in KEYS:
        into = f"INSERT INTO {name} (unit_id, {_key(name)}, writer, n)"
        await tx.conn.execute(text(f"{into} {_counted(name, '0, count(*)')}"))


async def fold(tx: Transaction) -> int:
    """Bring together what several writers counted; how many rows that were. None on SQLite.

    Rows that a transaction is writing at the moment are left for the next time: nobody waits.
    """
    return 0 if tx.conn.dialect.name == "sqlite" else sum([await _fold(tx, name) for name in KEYS])


async def _fold(tx: Transaction, name: str) -> int:
    await tx.conn.execute(text("SELECT pg_advisory_xact_lock(hashtext('tallies'))"))
    key = f"unit_id, {_key(name)}"
    folded = await tx.conn.execute(
        text(
            f"""WITH taken AS (DELETE FROM {name} WHERE ctid = ANY (ARRAY(
SELECT ctid FROM {name} WHERE writer <> 0 FOR UPDATE SKIP LOCKED)) RETURNING *),
added AS (INSERT INTO {name} ({key}, writer, n) SELECT {key}, 0, sum(n) FROM taken GROUP BY {key}
ON CONFLICT ({key}, writer) DO UPDATE SET n = {name}.n + excluded.n)
SELECT count(*) FROM taken"""
        )
    )
    await tx.conn.execute(text(f"DELETE FROM {name} WHERE writer = 0 AND n = 0"))
    return int(folded.scalar_one())


def _counted(name: str, n: str) -> str:
    columns = ", ".join(f"members.{column}" for column in KEYS[name])
    return f"SELECT unit_above.above_id, {columns}, {n} {_AWAY} GROUP BY unit_above.above_id, {columns}"


def _key(name: str) -> str:
    return ", ".join(KEYS[name])
