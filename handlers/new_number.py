"""A new number proves itself by answering: it takes the old one's place, and the liaison hears of it."""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules import names, phones
from content.words.catalogue import Tongue
from handlers import liaison, menu
from handlers.turn import Turn
from storage import addresses, changes, contacts
from storage.addresses import Address, AddressTaken
from storage.changes import Change
from storage.files import Member


async def new_phone_answers(turn: Turn, _act: Act) -> Letter:
    """The answer came from the new number itself: it is theirs, and the old ones end."""
    member, new = await turn.own_file(), turn.actor.address
    if new.verified:
        return Letter(chat=turn.say("这个号码已经核对好了。"), choices=menu.for_member(turn))
    try:
        await addresses.verify(turn.tx, turn.now, new)
    except AddressTaken:
        return Letter(chat=turn.say("这个号码登记不了，没有改动。请联系人帮您核对。"))
    old = await _end_the_old(turn, new)
    await changes.record(turn.tx, member, _change(turn, member, old, new))
    await contacts.heard(turn.tx, turn.now, member, "change", turn.word.channel, turn.actor.id)
    await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member, new.value))
    return Letter(
        chat=turn.say("核对好了，以后就用这个号码联系您。"),
        sms=turn.say("核对好了，以后就用这个号码联系您。回QD可签到。"),
        choices=menu.for_member(turn),
    )


async def _end_the_old(turn: Turn, new: Address) -> list[Address]:
    """Those that were in use; a number that never answered leaves no trace in the history."""
    others = [
        number
        for number in await addresses.of_person(turn.tx, turn.actor.id)
        if number.channel == "sms" and number.id != new.id
    ]
    for number in others:
        await addresses.end(turn.tx, turn.now, number.id)
    return [number for number in others if number.verified]


def _change(turn: Turn, member: Member, old: list[Address], new: Address) -> Change:
    return Change(
        field="phone",
        old=" ".join(number.value for number in old),
        new=new.value,
        old_place=member.place_code,
        new_place=member.place_code,
        at=turn.now,
        channel=turn.word.channel,
        by_id=turn.actor.id,
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
        choices=((Choice(t.say("打开资料"), Act(intent="open_file", about={"id": member.id})),),),
    )
