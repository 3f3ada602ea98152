"""The first answer after joining: what one can do from here, by the role one has."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.rules.silence import due_day
from content.words.catalogue import Tongue
from content.words.commands import commands
from content.words.keys import to_the_file
from handlers import liaison, menu, proof
from handlers.joining import second_door
from handlers.turn import Actor, Turn, with_actor
from handlers.who_speaks import who_speaks
from storage import contacts, people
from storage.files import Member


async def welcome(turn: Turn, person_id: str, inviter: str = "") -> Letter:
    """The person is inside from now, and joining was their first word; a second door is only added.

    The liaison hears of it, and whoever invited: once, where they are the same.
    """
    was_inside = await people.is_inside(turn.tx, person_id)
    if not was_inside:
        await people.has_joined(turn.tx, person_id, turn.now)
    turn = with_actor(turn, await _who_joined(turn))
    member = turn.actor.member
    if member:
        await contacts.heard(turn.tx, turn.now, member, "check_in", turn.word.channel, turn.actor.id)
    if was_inside:
        await second_door.tell_the_others(turn)
        return _second_door(turn, bool(await proof.came_by_a_link(turn, turn.actor.id)))
    if member is None:
        return _to_office(turn)
    await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member))
    if inviter and inviter != member.id:
        await liaison.write_to(turn, inviter, lambda t: _to_liaison(t, member))
    return _to_member(turn, member)


async def already_inside(turn: Turn, act: Act) -> Letter:
    """An invitation opened by somebody who needs none is left as it is, for whom it was meant."""
    letter = await menu.menu(turn, act)
    said = turn.say("您已经登记好了，不用再点邀请。")
    return letter._replace(chat=f"{said}\n{letter.chat}", sms=said)


async def _who_joined(turn: Turn) -> Actor:
    actor = await who_speaks(turn.tx, turn.word)
    if actor is None:
        raise LookupError("the address that joined is gone")
    return actor


def _second_door(turn: Turn, another_chat: bool) -> Letter:
    chat = turn.say("接通了！以后在这里写给我也行，短信照样能用。")
    if another_chat:
        chat += "\n" + turn.say("另有一个聊天账号也接通着。不是您的，写“不是我”，就停掉。")
    return Letter(
        chat=chat,
        sms=turn.say("接通了！以后发短信给我也行，聊天照样能用。"),
        choices=menu.own(turn),
        menu=commands(turn.tongue, turn.actor.role),
    )


def _to_member(turn: Turn, member: Member) -> Letter:
    due = turn.tongue.day(due_day(turn.now, member.rhythm))
    return Letter(
        chat=turn.say(
            "{name}，欢迎！已经登记好了。\n"
            "以后每个月报一次平安就行：点“签到”，或写一句“一切都好”。下次请在 {due} 前。\n"
            "搬家、换工作、换号码，也直接写给我。",
            name=member.name,
            due=due,
        ),
        sms=turn.say("登记好了，欢迎！每月回一次QD签到，下次{due}前。搬家回DZ，求助回QZ。", due=due),
        choices=menu.for_member(turn),
        menu=commands(turn.tongue, turn.actor.role),
    )


def _to_office(turn: Turn) -> Letter:
    return Letter(
        chat=turn.say("{name}，欢迎！您可以看谁失联了、发一课、找一个人。", name=turn.actor.person.name),
        sms=turn.say("登记好了。回“失联”看人数，回“发课”发短信党课。"),
        choices=menu.for_office(turn),
        menu=commands(turn.tongue, turn.actor.role),
    )


def _to_liaison(t: Tongue, member: Member) -> Letter:
    return Letter(
        chat=t.say("{name}（{unit}）已经加入，可以联系上了。", name=member.name, unit=member.unit),
        sms=t.say("{who}已经加入，可以联系上了。", who=masked(member.name)),
        choices=to_the_file(t, member.id),
    )
