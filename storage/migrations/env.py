"""Run by Alembic, with the connection that `bring_up_to_date` opened."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from storage.columns import Moment, SealedBytes
from storage.schema import metadata


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration stands by itself: it names the database's types, not ours, which may change."""
    if kind == "type" and isinstance(item, SealedBytes):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(item, Moment):
        return "sa.BigInteger()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=plain_types,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
