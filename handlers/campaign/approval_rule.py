"""When a second person has to agree: to many people, or with a link that leads out."""

from __future__ import annotations

from handlers.campaign import drafted
from handlers.campaign.foreseen import Foreseen
from handlers.turn import Turn
from storage.drafts import Draft


def why_approved(turn: Turn, draft: Draft, seen: Foreseen) -> str:
    """Empty where nobody needs to agree, or somebody has."""
    if draft.approved:
        return ""
    most = turn.house.approval_above
    if drafted.leads_out(draft):
        return turn.say("话里有网址")
    return turn.say("超过 {n} 人", n=most) if most and seen.all > most else ""
