"""A cry for help that did not reach the one it was for goes to whoever stands above. (S22)"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from content.letter import Letter
from content.words.catalogue import Tongue, tongue
from content.words.hotlines import hotline
from content.words.keys import to_the_file
from storage import members, offices, outbox, people, post, unheard
from storage.database import Transaction
from storage.files import Member
from storage.outbox import Kind
from storage.unheard import Unheard
from storage.viewer import the_programme


async def hand_up_help(tx: Transaction, now: datetime) -> int:
    """How many letters were written because others failed."""
    written = 0
    for cry in await unheard.unheard(tx, now):
        member = await members.find(tx, the_programme(), cry.member_id)
        if member and cry.chat:
            written += await _hand_up(tx, now, member, cry)
    return written


async def _hand_up(tx: Transaction, now: datetime, member: Member, cry: Unheard) -> int:
    above = await _next_above(tx, member.unit_path, cry.tried | {member.id})
    for person_id in above:
        letter = _to_the_next(tongue(await people.language_of(tx, person_id)), member, cry)
        await post.tell(tx, now, person_id, letter, _kind(cry), f"{cry.cause}:{person_id}", cry.cause)
    return len(above) or await _nobody_is_left(tx, now, member, cry)


async def _next_above(tx: Transaction, unit_path: str, but_not: Collection[str]) -> list[str]:
    """The nearest who answer for the unit and were not tried yet; [] where there is nobody."""
    while unit_path:
        answering = await offices.holders(tx, unit_path, ("secretary", "committee"))
        if left := [person_id for person_id in answering if person_id not in but_not]:
            return left
        unit_path = unit_path.rstrip("/").rpartition("/")[0]
        unit_path += "/" if unit_path else ""
    return []


async def _nobody_is_left(tx: Transaction, now: datetime, member: Member, cry: Unheard) -> int:
    """Whoever waits for a call that will not come has to know it."""
    door = await post.best_door(tx, member.id)
    if door is None:
        return 0
    letter = _to_member(tongue(member.language))
    key = f"{cry.cause}:nobody"
    return int(bool(await outbox.promise(tx, now, outbox.to(door), letter, _kind(cry), key)))


def _kind(cry: Unheard) -> Kind:
    """As the cry itself: what could wait for the liaison's morning can wait for that of the next above."""
    return "urgent" if cry.urgent else "help"


def _to_the_next(t: Tongue, member: Member, cry: Unheard) -> Letter:
    return Letter(
        chat=t.say("{cry}\n\n这条求助没能送到该收的人，请您接手，马上联系本人。", cry=cry.chat),
        sms=t.say("{cry}没能送到该收的人，请您接手。", cry=cry.sms),
        choices=to_the_file(t, member.id),
    )


def _to_member(t: Tongue) -> Letter:
    call = hotline(t, "", urgent=False)
    return Letter(chat=t.say("您的求助没能送到联系人那里，请直接打电话。{call}", call=call))
