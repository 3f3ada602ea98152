"""What became of a campaign, counted from its recipients and all their letters. (S5, S6)"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, update

from content.rules.account import Account
from storage import fate
from storage.campaigns import Campaign, campaign_of, campaigns
from storage.database import Transaction
from storage.files import files, member_of, members
from storage.outbox import outbox
from storage.people import people
from storage.recipients import recipients
from storage.viewer import Viewer

# Nobody reached them, and nobody told them.
_MISSING = ("handed", "not_told", "failed", "left_out")


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
    reason = case((fate.failed, fate.because()), else_="")
    kinds = (fate.fate.label("fate"), fate.went_out.label("went_out"), reason.label("because"))
    # By its place: to a database the same words with other values bound are another expression.
    each = (
        select(*kinds)
        .select_from(recipients)
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(recipients.c.campaign_id == campaign.id)
        .subquery()
    )
    rows = (await tx.conn.execute(select(*each.c, func.count().label("n")).group_by(*each.c))).all()
    failed: Counter[str] = Counter()
    by_fate: Counter[str] = Counter()
    for row in rows:
        by_fate[row.fate] += row.n
        if row.fate in _MISSING:
            failed[_word(row.because)] += row.n
    twice, texts = await _letters(tx, campaign.id)
    return Account(
        whole=by_fate.total(),
        sent=sum(row.n for row in rows if row.went_out),
        delivered=by_fate["delivered"] + by_fate["answered"],
        answered=by_fate["answered"],
        told=by_fate["told"],
        handed=by_fate["handed"],
        not_told=by_fate["not_told"],
        waiting=by_fate["pending"],
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
        .where(recipients.c.campaign_id == campaign_id, fate.failed)
        .order_by(members.c.person_id)
        .limit(limit)
    )
    return [member_of(tx, row).name for row in await tx.conn.execute(query)]


def _word(because: str) -> str:
    """Our word for why; a company's own code behind it would be a line for each."""
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
