"""The triggers that keep the tallies: whoever writes a file, by whatever statement, is counted.

They are put in place after each migration, not by one: SQLite drops the triggers of a table that a
migration makes anew, and nobody would notice before the figures were wrong.
"""

# ruff: noqa: S608 - the names in the statements are our own tables and columns.

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from storage.tallies import KEYS

_COUNTED = (
    "unit_id",
    "whereabouts",
    "place_code",
    "heard_on",
    "due_from",
    "late_after",
    "silent_after",
)
# A generated column is nobody's to update: SQLite names the column that it comes from.
_WRITTEN = ", ".join("last_contact_at" if column == "heard_on" else column for column in _COUNTED)
_IS_OUT = "{row}.whereabouts = 'out'"


def install(connection: Connection) -> None:
    """Put the triggers in place, or put them right: the same however often it is done."""
    sqlite = connection.dialect.name == "sqlite"
    for statement in _for_sqlite() if sqlite else _for_postgresql():
        connection.exec_driver_sql(statement)


def _for_sqlite() -> Iterator[str]:
    taken = "\n".join(_take_out(name) for name in KEYS)
    added = "\n".join(_add(name, "NEW", "0", 1) for name in KEYS)
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _COUNTED)
    bodies = {
        "units_climb AFTER INSERT ON units": _climb(),
        f"members_in AFTER INSERT ON members WHEN {_IS_OUT.format(row='NEW')}": added,
        f"members_gone AFTER DELETE ON members WHEN {_IS_OUT.format(row='OLD')}": taken,
        f"members_changed AFTER UPDATE OF {_WRITTEN} ON members WHEN {changed}": f"{taken}\n{added}",
    }
    for name, key in KEYS.items():
        same = " AND ".join(f"{column} = NEW.{column}" for column in ("unit_id", *key, "writer"))
        bodies[f"{name}_empty AFTER UPDATE OF n ON {name} WHEN NEW.n = 0"] = (
            f"DELETE FROM {name} WHERE {same};"
        )
    for head, body in bodies.items():
        yield f"DROP TRIGGER IF EXISTS {head.split()[0]}"
        yield f"CREATE TRIGGER {head} BEGIN\n{body}\nEND"


def _for_postgresql() -> Iterator[str]:
    taken = "\n".join(_add(name, "OLD", "pg_backend_pid()", -1) for name in KEYS)
    added = "\n".join(_add(name, "NEW", "pg_backend_pid()", 1) for name in KEYS)
    body = f"IF TG_OP <> 'INSERT' THEN\n{taken}\nEND IF;\nIF TG_OP <> 'DELETE' THEN\n{added}\nEND IF;"
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _COUNTED)
    yield _function("units_climb", _climb())
    yield _function("members_count", body)
    for name, head, function in (
        ("units_climb", "AFTER INSERT ON units FOR EACH ROW", "units_climb"),
        ("members_count", "AFTER INSERT OR DELETE ON members FOR EACH ROW", "members_count"),
        ("members_changed", f"AFTER UPDATE ON members FOR EACH ROW WHEN ({changed})", "members_count"),
    ):
        yield f"CREATE OR REPLACE TRIGGER {name} {head} EXECUTE FUNCTION {function}()"


def _function(name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN\n{body}\nRETURN NULL; END $$"
    )


def _climb() -> str:
    return """INSERT INTO unit_above (unit_id, above_id)
SELECT NEW.id, NEW.id UNION ALL SELECT NEW.id, '' WHERE NEW.parent_id IS NULL
UNION ALL SELECT NEW.id, above_id FROM unit_above WHERE unit_id = NEW.parent_id;"""


def _add(name: str, row: str, writer: str, n: int) -> str:
    """`n` more at the row's unit and at each above it."""
    key = ", ".join(KEYS[name])
    values = ", ".join(f"{row}.{column}" for column in KEYS[name])
    return f"""INSERT INTO {name} (unit_id, {key}, writer, n)
SELECT above_id, {values}, {writer}, {n} FROM unit_above
WHERE unit_id = {row}.unit_id AND {_IS_OUT.format(row=row)}
ON CONFLICT (unit_id, {key}, writer) DO UPDATE SET n = {name}.n + {n};"""


def _take_out(name: str) -> str:
    same = " AND ".join(f"{column} = OLD.{column}" for column in KEYS[name])
    return f"""UPDATE {name} SET n = n - 1
WHERE unit_id IN (SELECT above_id FROM unit_above WHERE unit_id = OLD.unit_id)
AND {same} AND writer = 0 AND {_IS_OUT.format(row="OLD")};"""
