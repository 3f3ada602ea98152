"""退出: a member takes the consent back. Nothing is sent any more; the file stays with the branch."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.words.catalogue import Tongue
from content.words.keys import to_the_file
from handlers import liaison
from handlers.joining.roster_number import DECLINED
from handlers.turn import Turn
from storage import addresses, consents, dialogues, number_claims, outbox, people
from storage.addresses import Address
from storage.files import Member


async def withdraw(turn: Turn, _act: Act) -> Letter:
    """Read back once: it costs a member every way to us but the telephone."""
    return Letter(
        chat=turn.say(
            "退出后，这里和短信都不再联系您。您的党员资料和纸质台账一样，由支部保管。"
            "以后想回来，发短信“加入”，或请联系人邀请。确定退出吗？"
        ),
        sms=turn.say("退出后不再联系您，资料和纸质台账一样由支部保管。确定退出吗？"),
        choices=((turn.choice(turn.say("退出"), "leave"), turn.choice(turn.say("不退"), "drop")),),
    )


async def leave(turn: Turn, _act: Act) -> Letter:
    """The consents end with their date, the chats are forgotten, the numbers are only on the roster."""
    member = await turn.own_file()
    others = await _other_doors(turn)
    kinds: tuple[consents.Kind, ...] = ("keeping", "overseas_chat")
    for kind in kinds:
        await consents.take_back(turn.tx, turn.now, member.id, kind)
    await _shut_every_door(turn, member)
    await people.has_left(turn.tx, member.id)
    await number_claims.end_open(turn.tx, turn.now, member.id, "withdrawn")
    await outbox.call_off(turn.tx, turn.now, member.id)
    await _say_farewell(turn, others)
    await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member))
    return Letter(
        chat=turn.say("好，已退出，不再联系您。想回来，用登记的手机号发“加入”，或请联系人邀请。多保重！"),
        sms=turn.say("好，已退出，不再联系您。想回来，回“加入”就行。多保重！"),
    )


async def _other_doors(turn: Turn) -> list[Address]:
    known = await addresses.of_person(turn.tx, turn.actor.id)
    return [door for door in known if door.verified and door.usable and door.value != turn.word.address]


async def _say_farewell(turn: Turn, doors: list[Address]) -> None:
    """The last word there: whoever did not ask for it has to know, and how to come back."""
    letter = Letter(
        chat=turn.say("按您说的，已退出联动。不是您办的，请马上打电话给联系人，或用手机号回“加入”。")
    )
    for door in doors:
        key = f"{turn.word.id}:farewell:{door.id}"
        await outbox.promise(turn.tx, turn.now, outbox.to(door), letter, "security", key)


async def _shut_every_door(turn: Turn, member: Member) -> None:
    for door in await addresses.of_person(turn.tx, member.id):
        await dialogues.answered(turn.tx, member.id, door.channel)
        if door.channel == "sms":
            await addresses.suspend(turn.tx, turn.now, door.id, DECLINED)
        else:
            await addresses.end(turn.tx, turn.now, door.id, "withdrawn")


def _to_liaison(t: Tongue, member: Member) -> Letter:
    return Letter(
        chat=t.say(
            "{name}（{unit}）退出了联动，不再收消息。资料还在支部；以后请打电话或上门联系。",
            name=member.name,
            unit=member.unit,
        ),
        sms=t.say("{who}退出了联动，以后请打电话或上门联系。", who=masked(member.name)),
        choices=to_the_file(t, member.id),
    )
