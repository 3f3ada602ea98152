"""Whether the kept counts still add up to the files, in a second or two for a million of them.

To compare each count takes half a minute there (`tally_rebuild.wrong`), which nobody waits for. So each
unit's counts are brought to two numbers: how many, and a sum into which their deadlines go. A place that
changed past the triggers, and nothing else with it, is not seen.
"""

# ruff: noqa: S608 - the names in the statements are our own tables and columns.

from __future__ import annotations

from sqlalchemy import text

from storage.database import Transaction

# So small that a hundred million add up without overflow; a prime, so that whole days do not fall together.
_DEADLINES = "3 * (silent_after % 1000003) + 5 * (heard_on % 1000003)"
_KEPT = f"sum(n) AS n, sum(n * ({_DEADLINES})) AS s"
# The index on whereabouts would lead to each file apart, and take four times as long.
_OWN = f"""SELECT unit_id, count(*) AS n, sum({_DEADLINES}) AS s
FROM members WHERE whereabouts || '' = 'out' GROUP BY unit_id"""
_ALL = f"""SELECT unit_id, n, s, 0 AS places_n, 0 AS places_s
FROM (SELECT unit_id, {_KEPT} FROM tallies GROUP BY unit_id) kept
UNION ALL SELECT unit_id, 0, 0, n, s
FROM (SELECT unit_id, {_KEPT} FROM place_tallies GROUP BY unit_id) kept
UNION ALL SELECT above_id, -n, -s, -n, -s
FROM ({_OWN}) own JOIN unit_above ON unit_above.unit_id = own.unit_id"""
_APART = f"""SELECT count(*) FROM (SELECT unit_id FROM ({_ALL}) together GROUP BY unit_id
HAVING sum(n) <> 0 OR sum(s) <> 0 OR sum(places_n) <> 0 OR sum(places_s) <> 0) apart"""


async def units_apart(tx: Transaction) -> int:
    """At how many units the counts do not add up: 0 always, or something wrote past the triggers."""
    return int((await tx.conn.execute(text(_APART))).scalar_one())
