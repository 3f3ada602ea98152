"""A link may fall into wrong hands: the number on the roster hears that it was used, and can object."""

from __future__ import annotations

from content.letter import Letter
from content.rules.phones import takes_sms
from content.words.catalogue import Tongue, tongue
from handlers import dispute, proof
from handlers.doors import not_by_me
from handlers.turn import Turn
from storage import addresses, consents, outbox, people, post


async def tell_the_roster_number(turn: Turn, person_id: str) -> None:
    """Only a number that never answered: the others are doors, and told as such."""
    if not turn.house.sms_connected:
        return
    number = await post.number_of(turn.tx, person_id)
    if number is None or number.verified or not number.usable or not takes_sms(number.value):
        return
    t = tongue(await people.language_of(turn.tx, person_id))
    key = f"{turn.word.id}:roster:{number.id}"
    await outbox.promise(turn.tx, turn.now, outbox.to(number), _link_used(t), "security", key)


async def shut_by_the_roster_number(turn: Turn) -> Letter | None:
    """It says that it was not them: the chats that came by a link end, and joining begins anew."""
    member = turn.actor.member
    opened = await proof.came_by_a_link(turn, turn.actor.id)
    if member is None or not opened:
        return None
    for door in opened:
        await addresses.end(turn.tx, turn.now, door.id, "disputed")
    if await post.best_door(turn.tx, member.id) is None:
        await _is_outside_again(turn, member.id)
    await dispute.tell_liaison(turn, member)
    return Letter(chat=turn.say("好，已经停掉。联系人会打电话和您核实。您自己要用，回“加入”就行。"))


async def _is_outside_again(turn: Turn, person_id: str) -> None:
    """What somebody else agreed to in their place was never theirs."""
    kinds: tuple[consents.Kind, ...] = ("keeping", "overseas_chat")
    for kind in kinds:
        await consents.take_back(turn.tx, turn.now, person_id, kind)
    await people.has_left(turn.tx, person_id)


def _link_used(t: Tongue) -> Letter:
    """To a number that nobody has verified: it names no person and no organisation."""
    return Letter(
        chat=t.say("有人用聊天接受了发给您的邀请。不是您本人，请回“不是我”，就停掉。"),
        choices=not_by_me(t),
        chosen_by="word",
    )
