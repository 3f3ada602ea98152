"""What became of a campaign for one of its recipients, as clauses of a query over recipients and letters.

The tally, the page with the people, the bar and the final account all count by these, and so agree. (S5, S6)
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from storage.addresses import addresses
from storage.campaigns import campaigns
from storage.outbox import outbox
from storage.recipients import recipients

# answered, delivered and told: they have it. handed: their liaison is to tell them; not_told: and could not.
# failed: nobody reached them; left_out: it was too late, was called off, or they left. accepted, unknown:
# out, and nothing more is known. pending: on its way, or not written yet.
Fate = Literal[
    "answered",
    "delivered",
    "told",
    "handed",
    "not_told",
    "failed",
    "left_out",
    "accepted",
    "unknown",
    "pending",
]

_STEP, _STATE = recipients.c.step, func.coalesce(outbox.c.state, "")
answered: ColumnElement[bool] = recipients.c.answered_at.is_not(None)
# A chat takes a message or refuses it, and says nothing more; whoever answered has it in any case.
has_it = or_(_STATE == "delivered", (_STATE == "accepted") & (outbox.c.channel == "telegram"), answered)
went_out = _STATE.in_(["accepted", "delivered", "unknown"]) | answered
told = (_STEP == "told") & ~has_it
handed = (_STEP == "voice") & ~has_it
not_told = (_STEP == "not_told") & ~has_it
_called_off = (_STEP == "waiting") & recipients.c.campaign_id.in_(
    select(campaigns.c.id).where(campaigns.c.state == "cancelled")
)
_refused = (_STEP == "letter") & (_STATE == "failed")
# Handed to a liaison or not: whoever has it by no way.
failed = and_(~has_it, or_(_STEP.in_(["voice", "not_told", "left_out"]), _refused, _called_off))
fate: ColumnElement[str] = case(
    (answered, "answered"),
    (has_it, "delivered"),
    (told, "told"),
    (handed, "handed"),
    (not_told, "not_told"),
    (failed & or_(_STEP == "left_out", _called_off), "left_out"),
    (failed, "failed"),
    ((_STEP == "letter") & _STATE.in_(["accepted", "unknown"]), _STATE),
    else_="pending",
)


def because() -> ColumnElement[str]:
    """Why no door reached them, as a word of the table of receipts: what the liaison found is another matter.

    Where no letter was written, it is why their numbers rest; empty where nobody knows.
    """
    rests = (
        select(addresses.c.suspended_for)
        .where(
            addresses.c.person_id == recipients.c.person_id,
            addresses.c.ended_at.is_(None),
            addresses.c.suspended_at.is_not(None),
        )
        .order_by(addresses.c.suspended_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    found: ColumnElement[str] = case(
        (_STEP == "left_out", func.coalesce(recipients.c.why, outbox.c.reason, "")),
        (_called_off, "cancelled"),
        (_STEP == "waiting", ""),
        (_STATE.in_(["accepted", "unknown"]), "no_receipt"),
        else_=func.coalesce(outbox.c.reason, rests, ""),
    )
    return found
