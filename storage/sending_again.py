"""Once more to those whom a campaign did not reach and who have a door again, and to nobody else. (S6)"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from storage import campaign_life, progress
from storage.campaigns import Campaign, State, campaign_of, campaigns
from storage.database import Transaction
from storage.doors import best_door_of, takes_campaigns
from storage.outbox import outbox
from storage.people import people
from storage.recipients import recipients

# They left or said no themselves, or it was we who kept it back.
_NOT_AGAIN = ("cancelled", "withdrawn", "stopped", "expired")
_LAST_FEW = 3
STATES: tuple[State, ...] = ("running", "paused", "finished")


async def how_many(tx: Transaction, now: datetime, campaign: Campaign) -> int:
    """How many it would go to; none of one that is over for good."""
    if is_over(now, campaign):
        return 0
    found = select(func.count()).select_from(_unreached(campaign.id).subquery())
    return int((await tx.conn.execute(found)).scalar_one())


async def unheard_by(tx: Transaction, now: datetime, person_id: str) -> list[Campaign]:
    """The last few that did not reach this person and still may, oldest first."""
    query = (
        select(campaigns)
        .join(recipients, recipients.c.campaign_id == campaigns.c.id)
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(
            recipients.c.person_id == person_id,
            recipients.c.answered_at.is_(None),
            or_(recipients.c.step.in_(["voice", "not_told"]), _refused()),
            campaigns.c.state.in_(STATES),
        )
        .order_by(campaigns.c.id.desc())
        .limit(_LAST_FEW)
    )
    found = [campaign_of(row) for row in await tx.conn.execute(query)]
    return [one for one in reversed(found) if not is_over(now, one)]


async def send_again(tx: Transaction, now: datetime, campaign: Campaign, person_id: str | None = None) -> int:
    """They wait to be written to, and how many they are. Asked twice, the second finds nobody.

    Of one person alone where that is named.
    """
    if is_over(now, campaign):
        return 0
    whom = _unreached(campaign.id)
    if person_id is not None:
        whom = whom.where(recipients.c.person_id == person_id)
    again = update(recipients).where(
        recipients.c.campaign_id == campaign.id,
        recipients.c.person_id.in_(whom.scalar_subquery()),
        recipients.c.step != "waiting",
    )
    n = (await tx.conn.execute(again.values(step="waiting", next_step_at=None, why=None))).rowcount
    if n and await campaign_life.reopen(tx, campaign.id):
        await progress.begin_again(tx, campaign.id)
    return n


def is_over(now: datetime, campaign: Campaign) -> bool:
    expired = campaign.expires_at is not None and campaign.expires_at <= now
    return expired or campaign.state not in STATES


def _unreached(campaign_id: str) -> Select[tuple[str]]:
    """Ids of the people; each letter they then get is the next in number."""
    return (
        select(recipients.c.person_id)
        .join(people, people.c.id == recipients.c.person_id)
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(
            recipients.c.campaign_id == campaign_id,
            recipients.c.answered_at.is_(None),
            or_(recipients.c.step.in_(["voice", "not_told"]), _refused()),
            best_door_of(recipients.c.person_id).is_not(None),
            takes_campaigns(),
        )
    )


def _refused() -> ColumnElement[bool]:
    return and_(
        recipients.c.step == "letter",
        outbox.c.state == "failed",
        func.coalesce(outbox.c.reason, "").not_in(_NOT_AGAIN),
    )
