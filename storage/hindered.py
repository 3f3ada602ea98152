"""Letters to many that wait for us: the account is empty, a template not approved. No reader is to blame."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select

from content.rules.receipts import OF_ONE_MESSAGE, meaning_of, words_of_ours
from storage.database import Transaction
from storage.offices import offices
from storage.outbox import BULK, outbox


class Hindrance(NamedTuple):
    """What keeps a campaign: `word` is one of the table of receipts."""

    campaign_id: str
    word: str

    @property
    def is_its_own(self) -> bool:
        """It stands in this message: others go out."""
        return self.word in OF_ONE_MESSAGE


def is_of_ours(reason: ColumnElement[Any]) -> ColumnElement[bool]:
    """Of a reason as the outbox keeps it, with a company's code behind a colon or without."""
    words = words_of_ours()
    with_codes = (reason.startswith(f"{word}:", autoescape=True) for word in words)
    return or_(reason.in_(words), *with_codes)


def anything() -> ColumnElement[bool]:
    return exists().where(*_WAITING, is_of_ours(outbox.c.reason))


async def hindrances(tx: Transaction) -> list[Hindrance]:
    query = select(outbox.c.campaign_id, outbox.c.reason).where(*_WAITING, is_of_ours(outbox.c.reason))
    rows = await tx.conn.execute(query.distinct())
    return sorted({Hindrance(row[0], meaning_of(row[1]).word) for row in rows})


async def doors(tx: Transaction) -> list[str]:
    """By which of them nothing goes out just now, whatever it says."""
    query = select(outbox.c.channel, outbox.c.reason).where(*_WAITING, is_of_ours(outbox.c.reason))
    rows = await tx.conn.execute(query.distinct())
    return sorted({row[0] for row in rows if meaning_of(row[1]).word not in OF_ONE_MESSAGE})


async def administrators(tx: Transaction) -> list[str]:
    query = select(offices.c.person_id).where(offices.c.role == "admin", offices.c.ended_at.is_(None))
    return list((await tx.conn.execute(query.distinct().order_by(offices.c.person_id))).scalars())


_WAITING = outbox.c.state == "pending", outbox.c.priority == BULK, outbox.c.campaign_id.is_not(None)
