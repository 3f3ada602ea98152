"""Whatever a town lived through: no letter of ours went into its reader's night that nobody waited for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from content.rules.hours import next_allowed
from content.rules.zones import zones_named
from storage import holidays
from storage.campaigns import campaigns
from storage.database import Transaction
from storage.outbox import outbox

# Written out, and not what the program says itself: whoever adds a kind thinks about it here.
_AT_ANY_HOUR = ("reply", "urgent", "security", "edit")
# Of the moments in which a letter is taken up and is written down as sent.
_SHOWN = "{kind} {cause} at {at}, zone '{zone}'"


async def letters_into_the_night(tx: Transaction) -> list[str]:
    off = await holidays.known(tx)
    rows = await tx.conn.execute(
        select(outbox, campaigns.c.at_any_hour).outerjoin(campaigns, campaigns.c.id == outbox.c.campaign_id)
    )
    return [_shown(row) for row in rows if not _may_come_at_night(row) and _woke_somebody(row, off)]


def _may_come_at_night(row: Row[Any]) -> bool:
    # What a sender tries on themselves, and what its sender meant for the night.
    return row.kind in _AT_ANY_HOUR or bool(row.at_any_hour) or str(row.cause).startswith("trial:")


def _woke_somebody(row: Row[Any], off: holidays.Holidays) -> bool:
    if not row.zone:
        return str(row.channel) != "none"
    sent: datetime | None = row.sent_at
    return sent is not None and bool(next_allowed(sent, zones_named(row.zone), holidays=off) != sent)


def _shown(row: Row[Any]) -> str:
    return _SHOWN.format(kind=row.kind, cause=row.cause or row.idempotency_key, at=row.sent_at, zone=row.zone)
