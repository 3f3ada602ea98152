"""Whose consent this is: of an invitation still open, of a number that was shown, of a roster number."""

from __future__ import annotations

from dataclasses import dataclass

from content.act import Act
from handlers.turn import Turn
from storage import addresses, invitations
from storage.addresses import Address
from storage.invitations import Invitation


@dataclass(frozen=True, slots=True)
class Entitled:
    """Somebody on a roster, with the invitation or the number by which we know that it is they."""

    person_id: str
    invitation: Invitation | None = None
    number: Address | None = None
    inviter: str = ""


async def entitled(turn: Turn, act: Act) -> Entitled | None:
    """None where the invitation is over, or the number has gone to somebody else since it was shown."""
    if act.about.get("invitation"):
        invitation = await invitations.still_open(turn.tx, turn.now, act.about["invitation"])
        if invitation is None:
            return None
        return Entitled(invitation.person_id, invitation=invitation, inviter=invitation.made_by)
    if act.about.get("number"):
        shown = await addresses.by_id(turn.tx, act.about["number"])
        now = await addresses.behind(turn.tx, shown.channel, shown.value)
        return Entitled(shown.person_id, number=shown) if now and now.id == shown.id else None
    return None if turn.is_stranger else Entitled(turn.actor.id, inviter=act.about.get("inviter", ""))
