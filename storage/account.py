"""What became of a campaign, counted from its recipients and all their letters. (S5, S6)"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update

from content.rules.account import Account
from storage.campaigns import Campaign, campaign_of, campaigns
from storage.coverage import has_answered, has_failed, has_it
from storage.database import Transaction
from storage.files import files, member_of, members
from storage.outbox import outbox
from storage.people import people
from storage.recipients import recipients
from storage.viewer import Viewer

_IS_TOLD = recipients.c.step == "told"
# Nobody reached them, and nobody told them.
_IS_MISSING = and_(or_(has_failed, recipients.c.step == "waiting"), ~has_answered, ~_IS_TOLD)


async def due(tx: Transaction) -> list[Campaign]:
    """Those at an end of which their sender was not told: nothing more happens by itself."""
    goes_on = exists().where(
        recipients.c.campaign_id == campaigns.c.id, recipients.c.next_step_at.is_not(None)
    )
    # What was claimed when it was called off is put aside in a moment, and would count as gone out.
    of_it = (outbox.c.campaign_id == campaigns.c.id) & outbox.c.state.in_(["pending", "sending"])
    called_off = (campaigns.c.state == "cancelled") & ~exists().where(of_it)
    over = or_(and_(campaigns.c.state == "finished", ~goes_on), called_off)
    query = (
        select(campaigns)
        .where(
            over,
            campaigns.c.started_at.is_not(None),
            campaigns.c.told_at.is_(None),
        )
        .order_by(campaigns.c.id)
        .with_for_update(skip_locked=True)
    )
    return [campaign_of(row) for row in await tx.conn.execute(query)]


async def note_told(tx: Transaction, now: datetime, campaign_id: str) -> bool:
    """False where another process did."""
    untold = and_(campaigns.c.id == campaign_id, campaigns.c.told_at.is_(None))
    return bool((await tx.conn.execute(update(campaigns).where(untold).values(told_at=now))).rowcount)


async def of(tx: Transaction, campaign: Campaign) -> Account:
    reason = func.coalesce(recipients.c.why, outbox.c.reason, "")
    query = (
        select(
            func.count().label("n"),
            recipients.c.step,
            reason.label("because"),
            has_it.label("arrived"),
            has_answered.label("answered"),
            _IS_MISSING.label("missing"),
            outbox.c.state,
        )
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(recipients.c.campaign_id == campaign.id)
        .group_by(recipients.c.step, reason, has_it, has_answered, _IS_MISSING, outbox.c.state)
    )
    rows = (await tx.conn.execute(query)).all()
    failed: Counter[str] = Counter()
    for row in rows:
        if row.missing:
            failed[_word(campaign, row.step, row.because)] += row.n
    twice, texts = await _letters(tx, campaign.id)
    return Account(
        whole=sum(row.n for row in rows),
        sent=sum(row.n for row in rows if row.state in ("accepted", "delivered", "unknown")),
        delivered=sum(row.n for row in rows if row.arrived and not row.missing),
        answered=sum(row.n for row in rows if row.answered),
        told=sum(row.n for row in rows if row.step == "told" and not row.arrived),
        handed=sum(row.n for row in rows if row.step == "voice" and row.missing),
        not_told=sum(row.n for row in rows if row.step == "not_told" and row.missing),
        failed=failed,
        twice=twice,
        texts=texts,
    )


async def missing(tx: Transaction, viewer: Viewer, campaign_id: str, limit: int) -> list[str]:
    """The names of those whom nobody reached, of whom the viewer sees."""
    query = (
        files(viewer)
        .join(recipients, recipients.c.person_id == members.c.person_id)
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(recipients.c.campaign_id == campaign_id, _IS_MISSING)
        .order_by(members.c.person_id)
        .limit(limit)
    )
    return [member_of(tx, row).name for row in await tx.conn.execute(query)]


def _word(campaign: Campaign, step: str, because: str) -> str:
    """Our word for why; a company's own code behind it would be a line for each."""
    if step == "waiting" and not because:
        return "cancelled" if campaign.cancelled else "waiting"
    return because.partition(":")[0] or "no_address"


async def _letters(tx: Transaction, campaign_id: str) -> tuple[int, dict[str, int]]:
    """(letters that may have come twice, texts that went out by language), of all that each person got."""
    most = select(func.max(recipients.c.letters)).where(recipients.c.campaign_id == campaign_id)
    twice, texts = 0, Counter[str]()
    for nth in range(1, ((await tx.conn.execute(most)).scalar_one() or 1) + 1):
        query = (
            select(people.c.language, outbox.c.channel, func.count().label("n"))
            .add_columns(func.count().filter(outbox.c.unsure > 0).label("unsure"))
            .select_from(recipients)
            .join(outbox, outbox.c.id == _letter_id(nth))
            .join(people, people.c.id == recipients.c.person_id)
            .where(recipients.c.campaign_id == campaign_id, outbox.c.sent_at.is_not(None))
            .group_by(people.c.language, outbox.c.channel)
        )
        for row in await tx.conn.execute(query):
            twice += row.unsure
            texts[row.language] += row.n if row.channel == "sms" else 0
    return twice, {language: n for language, n in texts.items() if n}


def _letter_id(nth: int) -> ColumnElement[str]:
    found: ColumnElement[str] = recipients.c.campaign_id + "." + recipients.c.person_id + f".{nth}"
    return found
