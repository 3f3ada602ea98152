"""Person by person what became of a campaign, for whoever looks after them. (S5, S6)"""

from __future__ import annotations

from dataclasses import dataclass

from storage import fate
from storage.database import Transaction
from storage.fate import Fate
from storage.files import Member, files, member_of, members
from storage.outbox import outbox
from storage.recipients import recipients
from storage.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it for one person. `because` is why no door reached them, `found` what their liaison
    found who was to tell them, or why they were left out.
    """

    member: Member
    fate: Fate
    because: str
    found: str
    n: int | None
    right: bool | None


async def of_campaign(tx: Transaction, viewer: Viewer, campaign_id: str) -> list[Outcome]:
    """Those whom the viewer sees; whoever has not answered first."""
    query = (
        files(viewer)
        .add_columns(fate.fate.label("fate"), fate.because().label("because"))
        .add_columns(recipients.c.why, recipients.c.n, recipients.c.right)
        .join(recipients, recipients.c.person_id == members.c.person_id)
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(recipients.c.campaign_id == campaign_id)
        .order_by(fate.answered, outbox.c.state, members.c.person_id)
    )
    return [
        Outcome(
            member=member_of(tx, row),
            fate=row.fate,
            because=row.because,
            found=row.why or "",
            n=row.n,
            right=row.right,
        )
        for row in await tx.conn.execute(query)
    ]
