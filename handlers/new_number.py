"""A new number that is proven takes the old one's place: every door and the liaison hear of it. (S7)"""

from __future__ import annotations

from collections.abc import Sequence

from content.letter import Letter
from content.rules import names, phones
from content.words.catalogue import Tongue, tongue
from content.words.keys import to_the_file
from handlers import doors, liaison, menu
from handlers.turn import Turn
from storage import addresses, changes, number_claims, outbox
from storage.addresses import Address
from storage.changes import Change
from storage.files import Member
from storage.number_claims import Claim


async def take_over(turn: Turn, member: Member, claim: Claim) -> None:
    """Raises AddressTaken where somebody else has proven the number meanwhile."""
    new_id = await addresses.add(turn.tx, turn.now, member.id, "sms", claim.value, verified=True)
    t = tongue(member.language)
    await doors.tell_every_door(turn, member.id, _to_old_doors(t, claim), "moved", but_not=(claim.value,))
    old = await _end_the_old(turn, member, new_id)
    await number_claims.end_open(turn.tx, turn.now, member.id, "moved")
    await record(turn, member, old, claim.value)
    if turn.word.address != claim.value:
        new = outbox.to(await addresses.by_id(turn.tx, new_id))
        await outbox.promise(turn.tx, turn.now, new, greeting(t), "reply", f"{turn.word.id}:new:{new_id}")
    await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member, claim.value))


def moved(turn: Turn, claim: Claim) -> Letter:
    """To the door where the code was typed; an old number hears from us for the last time."""
    number = phones.masked(claim.value)
    return Letter(
        chat=turn.say("核对好了，以后就用 {number} 联系您。", number=number),
        sms=turn.say("核对好了，以后用{number}联系您，这个旧号码不再用。", number=number),
        choices=menu.for_member(turn),
    )


def greeting(t: Tongue) -> Letter:
    """To the new number itself."""
    return Letter(
        chat=t.say("核对好了，以后就用这个号码联系您。"),
        sms=t.say("核对好了，以后就用这个号码联系您。回QD可签到。"),
    )


async def record(turn: Turn, member: Member, old: Sequence[Address], new: str) -> None:
    change = Change(
        field="phone",
        old=" ".join(number.value for number in old),
        new=new,
        old_place=member.place_code,
        new_place=member.place_code,
        at=turn.now,
        channel=turn.word.channel,
        by_id=member.id,
    )
    await changes.record(turn.tx, member, change)


async def _end_the_old(turn: Turn, member: Member, new_id: str) -> list[Address]:
    """Those that were in use; a number that never answered leaves no trace in the history."""
    others = [
        number
        for number in await addresses.of_person(turn.tx, member.id)
        if number.channel == "sms" and number.id != new_id
    ]
    for number in others:
        await addresses.end(turn.tx, turn.now, number.id, "replaced")
    return [number for number in others if number.verified]


def _to_old_doors(t: Tongue, claim: Claim) -> Letter:
    number = phones.masked(claim.value)
    return Letter(
        chat=t.say(
            "您的手机号已换成 {number}。不是您换的，七天内点“不是我”，就换回来。",
            number=number,
        ),
        sms=t.say("您的手机号已换成{number}。不是您换的，七天内回“不是我”，就换回来。", number=number),
        choices=doors.not_by_me(t),
        chosen_by="word",
    )


def _to_liaison(t: Tongue, member: Member, number: str) -> Letter:
    return Letter(
        chat=t.say(
            "{name}（{unit}）换了手机号，已核对：{number}",
            name=member.name,
            unit=member.unit,
            number=phones.as_written(number),
        ),
        sms=t.say("{who}换了手机号，已核对。详情请用聊天看。", who=names.masked(member.name)),
        choices=to_the_file(t, member.id),
    )
