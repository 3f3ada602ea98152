"""不是我: an older door says that it was not the person. What is newer is undone, and the liaison told."""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.words.catalogue import Tongue
from content.words.keys import to_the_file
from handlers import doors, liaison, menu, new_number, not_me, proof
from handlers.turn import Turn
from storage import addresses, former_addresses, number_claims
from storage.addresses import Address, AddressTaken
from storage.files import Member
from storage.number_claims import Claim


async def dispute(turn: Turn, act: Act) -> Letter:
    """A claim, a change and a door of the last days; only what this door may speak against."""
    member, here = turn.actor.member, turn.actor.address
    if await _undo(turn, here):
        if member:
            await tell_liaison(turn, member)
        return Letter(
            chat=turn.say("好，已经停掉，您的资料还是您的。联系人会打电话和您核实。"),
            choices=menu.own(turn),
        )
    if member and await proof.is_outranked(turn, here):
        await tell_liaison(turn, member)
        return Letter(chat=turn.say("已告诉联系人，会打登记的手机号核实。在这之前，先不停掉另一边。"))
    return await not_me.not_me(turn, act) if not act.about.get("alarm") else _too_late(turn)


async def dispute_from_the_old_number(turn: Turn, old: Address) -> Letter:
    """Somebody else's turn by now, who says that the change of number was none of theirs."""
    claim = await number_claims.moved_lately(turn.tx, turn.now, old.person_id)
    if claim is None or claim.ended_at != old.ended_at:
        return _too_late(turn)
    member = await doors.file_of(turn, old.person_id)
    await number_claims.end_open(turn.tx, turn.now, member.id, "disputed")
    await _put_back(turn, member, claim)
    await _shut(turn, await proof.doors_below(turn, member.id, old))
    await tell_liaison(turn, member)
    return Letter(chat=turn.say("好，已换回这个号码。联系人会打电话和您核实。"))


async def _undo(turn: Turn, here: Address) -> bool:
    """Whether there was anything to undo."""
    person_id, proven = turn.actor.id, here.verified_at or turn.now
    claim = await number_claims.open_of(turn.tx, turn.now, person_id)
    await number_claims.end_open(turn.tx, turn.now, person_id, "disputed")
    moved = await number_claims.moved_lately(turn.tx, turn.now, person_id)
    if moved and (moved.made_at < proven or moved.value == here.value):
        moved = None
    if moved:
        await _put_back(turn, await turn.own_file(), moved)
    shut = await proof.doors_below(turn, person_id, here)
    await _shut(turn, shut)
    return bool(claim or moved or shut)


async def _shut(turn: Turn, doors_to_shut: Sequence[Address]) -> None:
    for door in doors_to_shut:
        await addresses.end(turn.tx, turn.now, door.id, "disputed")


async def _put_back(turn: Turn, member: Member, claim: Claim) -> None:
    new = await addresses.behind(turn.tx, "sms", claim.value)
    if new and new.person_id == member.id:
        await addresses.end(turn.tx, turn.now, new.id, "disputed")
    old = await former_addresses.replaced_at(turn.tx, member.id, claim.ended_at or turn.now)
    for number in old:
        try:
            await former_addresses.restore(turn.tx, number)
        except AddressTaken:
            continue  # somebody has proven it as theirs since; the liaison is told all the same
    await number_claims.undo(turn.tx, claim)
    await new_number.record(turn, member, [new] if new else [], " ".join(number.value for number in old))


async def tell_liaison(turn: Turn, member: Member) -> None:
    await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member), kind="security")


def _too_late(turn: Turn) -> Letter:
    return Letter(chat=turn.say("已经没有可以换回的了。如果有人冒用您的名字，请马上打电话给联系人。"))


def _to_liaison(t: Tongue, member: Member) -> Letter:
    return Letter(
        chat=t.say(
            "{name}（{unit}）说：换手机号或新接通的聊天不是本人办的，已停掉、换回。请马上打电话核实。",
            name=member.name,
            unit=member.unit,
        ),
        sms=t.say("{who}说换号或新接通的聊天不是本人办的，已停。请打电话核实。", who=masked(member.name)),
        choices=to_the_file(t, member.id),
    )
