"""Who is told of a member: who looks after them and, where no letter reaches that one, the next above."""

from __future__ import annotations

from storage import offices, post
from storage.database import Transaction
from storage.files import Member


async def reaches(tx: Transaction, person_id: str) -> bool:
    """Whether they have a door that works: who has not joined has none."""
    return await post.best_door(tx, person_id) is not None


async def has_only_sms(tx: Transaction, person_id: str) -> bool:
    door = await post.best_door(tx, person_id)
    return door is not None and door.channel == "sms"


async def secretaries_of(tx: Transaction, member: Member) -> list[str]:
    """Those who answer for the member's branch; where no letter reaches any of them, those nearest above."""
    path = member.unit_path
    while path:
        held = await offices.holders(tx, path, ("secretary", "committee"))
        reached = [who for who in held if who != member.id and await reaches(tx, who)]
        if reached:
            return reached
        path = _above(path)
    return await offices.holders(tx, member.unit_path, ("secretary", "committee"))


def _above(path: str) -> str:
    """`c/t/` for `c/t/b/`, and nothing above `c/`."""
    higher = path.rstrip("/").rpartition("/")[0]
    return f"{higher}/" if higher else ""
