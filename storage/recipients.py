"""Whom a campaign is for, and how far it has come with each of them. (S5, S6)"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, select, text, update

from storage import task_closing
from storage.campaigns import Campaign, campaign_of, campaigns
from storage.columns import Moment, metadata
from storage.database import Transaction
from storage.once import insert_once
from storage.outbox import outbox

# waiting: not written to yet. letter: what the outbox says of it. voice: the liaison is to tell them; told
# and not_told: the liaison did, or could not. left_out: it expired, was cancelled, or they left.
Step = Literal["waiting", "letter", "voice", "told", "not_told", "left_out"]

WAITING = "step = 'waiting'"
HAS_NEXT_STEP = "next_step_at IS NOT NULL"

recipients = Table(
    "campaign_recipients",
    metadata,
    Column("campaign_id", Text, ForeignKey("campaigns.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    # Whose night must be over before they are written to.
    Column("zone", Text, nullable=False),
    Column("step", Text, nullable=False),
    # The letter that counts now, of as many as were written: another door, or the same once more.
    Column("letter_id", Text),
    Column("letters", Integer, nullable=False),
    # When to go on to the next door unless it arrived by then; empty once nothing more happens by itself.
    Column("next_step_at", Moment),
    Column("why", Text),
    Column("n", Integer),
    Column("right", Boolean),
    Column("answered_at", Moment),
    Index(
        "ix_campaign_recipients_waiting",
        "campaign_id",
        "zone",
        "person_id",
        sqlite_where=text(WAITING),
        postgresql_where=text(WAITING),
    ),
    Index(
        "ix_campaign_recipients_next_step",
        "next_step_at",
        "campaign_id",
        sqlite_where=text(HAS_NEXT_STEP),
        postgresql_where=text(HAS_NEXT_STEP),
    ),
    Index("ix_campaign_recipients_person", "person_id"),
)


async def add(tx: Transaction, campaign_id: str, person_id: str, zone: str) -> bool:
    """One more to be written to; False where they are among the recipients already."""
    row = {"campaign_id": campaign_id, "person_id": person_id, "zone": zone, "step": "waiting", "letters": 0}
    return bool(await insert_once(tx, recipients, row))


async def note(tx: Transaction, campaign_id: str, person_id: str, **values: Any) -> None:
    """What changed for one recipient."""
    await tx.conn.execute(
        update(recipients)
        .where(recipients.c.campaign_id == campaign_id, recipients.c.person_id == person_id)
        .values(**values)
    )


async def back_to_voice(tx: Transaction, campaign_id: str, person_id: str) -> bool:
    """That they were told, or not, was said by a slip; False where they have it by another way meanwhile."""
    theirs = (recipients.c.campaign_id == campaign_id) & (recipients.c.person_id == person_id)
    as_it_was = recipients.c.step.in_(["told", "not_told"]) & recipients.c.answered_at.is_(None)
    back = update(recipients).where(theirs, as_it_was).values(step="voice", why=None)
    return bool((await tx.conn.execute(back)).rowcount)


async def stumbled(tx: Transaction, now: datetime, letter_id: str) -> None:
    """The letter will not arrive: where it is the one that counts, its recipient is due for the next step."""
    found = select(outbox.c.campaign_id, outbox.c.person_id).where(outbox.c.id == letter_id)
    row = (await tx.conn.execute(found.where(outbox.c.campaign_id.is_not(None)))).first()
    if row:
        theirs = (recipients.c.campaign_id == row.campaign_id) & (recipients.c.person_id == row.person_id)
        of_now = (recipients.c.letter_id == letter_id) & (recipients.c.step == "letter")
        await tx.conn.execute(update(recipients).where(theirs, of_now).values(next_step_at=now))


async def arrived_late(tx: Transaction, now: datetime, letter_id: str) -> None:
    """A receipt tells that a letter arrived for which a voice was asked already: nobody needs to call."""
    campaign_id, _, rest = letter_id.partition(".")
    person_id = rest.partition(".")[0]
    if not person_id:
        return
    theirs = (recipients.c.campaign_id == campaign_id) & (recipients.c.person_id == person_id)
    back = await tx.conn.execute(
        update(recipients)
        .where(theirs, recipients.c.step == "voice")
        .values(step="letter", next_step_at=None)
    )
    if back.rowcount:
        await task_closing.answered(tx, now, campaign_id, person_id)


async def answer(
    tx: Transaction, now: datetime, campaign_id: str, person_id: str, n: int, right: bool
) -> bool:
    """Note an answer; the first one counts, and False says that there was one, or that nobody asked."""
    noted = await tx.conn.execute(
        update(recipients)
        .where(
            recipients.c.campaign_id == campaign_id,
            recipients.c.person_id == person_id,
            recipients.c.answered_at.is_(None),
        )
        .values(n=n, right=right, answered_at=now)
    )
    if noted.rowcount:
        await task_closing.answered(tx, now, campaign_id, person_id)
    return bool(noted.rowcount)


async def latest_for(tx: Transaction, person_id: str) -> Campaign | None:
    """The lesson that was sent last to this person."""
    rows = await tx.conn.execute(
        select(campaigns)
        .join(recipients, recipients.c.campaign_id == campaigns.c.id)
        .where(
            recipients.c.person_id == person_id,
            campaigns.c.kind == "lesson",
            campaigns.c.started_at.is_not(None),
        )
        .order_by(campaigns.c.started_at.desc(), campaigns.c.id.desc())
        .limit(1)
    )
    row = rows.first()
    return campaign_of(row) if row else None


async def unread_notice(tx: Transaction, person_id: str, since: datetime) -> str | None:
    """The id of the last that went to this person and was no lesson, if they have not answered it yet."""
    rows = await tx.conn.execute(
        select(campaigns.c.id, recipients.c.answered_at)
        .join(recipients, recipients.c.campaign_id == campaigns.c.id)
        .where(
            recipients.c.person_id == person_id,
            recipients.c.letter_id.is_not(None),
            campaigns.c.kind != "lesson",
            campaigns.c.started_at >= since,
        )
        .order_by(campaigns.c.started_at.desc(), campaigns.c.id.desc())
        .limit(1)
    )
    row = rows.first()
    return row.id if row and row.answered_at is None else None
