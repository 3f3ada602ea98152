"""换了号码: the new number is written to and must answer before it takes the old one's place. (S7)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules import names, phones
from content.words.catalogue import Tongue
from handlers import liaison, menu
from handlers.turn import Turn
from storage import addresses, changes, dialogues, outbox
from storage.addresses import Address, AddressTaken
from storage.changes import Change
from storage.members import Member


async def change_phone(turn: Turn, act: Act) -> Letter:
    number = act.phone or phones.as_e164(act.text) or ""
    if not number:
        return await _ask_number(turn, asked_before=bool(act.about))
    if not phones.takes_sms(number):
        return await _ask_number(turn, asked_before=True)
    confirm = Choice(turn.say("对"), Act(intent="keep_phone", phone=number))
    return Letter(
        chat=turn.say("新号码是 {number},对吗?我会发一条短信去核对。", number=phones.as_written(number)),
        sms=turn.say("新号码是{number},对吗?会发短信去核对。", number=phones.as_written(number)),
        choices=((confirm, turn.choice(turn.say("重写"), "change_phone")),),
    )


async def keep_phone(turn: Turn, act: Act) -> Letter:
    """Write to the new number; nothing is replaced until it answers."""
    try:
        new_id = await addresses.add(turn.tx, turn.now, turn.actor.id, "sms", act.phone)
    except AddressTaken:
        return _taken(turn)
    new = await addresses.by_id(turn.tx, new_id)
    if new.verified:
        return Letter(chat=turn.say("这个号码本来就是登记的,不用改。"), choices=menu.for_member(turn))
    await _write_to(turn, new)
    return Letter(
        chat=turn.say(
            "已向 {number} 发了一条短信。请用新号码回复 1,核对后就换好了;在这之前旧号码照常用。",
            number=phones.masked(act.phone),
        ),
        sms=turn.say("已发短信到{number},请用新号码回1,核对后换好。", number=phones.masked(act.phone)),
        choices=menu.for_member(turn),
    )


async def new_phone_answers(turn: Turn, _act: Act) -> Letter:
    """The answer came from the new number itself: it is theirs, and the old ones end."""
    member = await turn.own_file()
    new = turn.actor.address
    try:
        await addresses.verify(turn.tx, turn.now, new)
    except AddressTaken:
        return _taken(turn)
    old = [a for a in await addresses.of_person(turn.tx, member.id) if a.channel == "sms" and a.id != new.id]
    for number in old:
        await addresses.end(turn.tx, turn.now, number.id)
    await changes.record(turn.tx, member, _change(turn, member, old, new))
    await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member, new.value))
    return Letter(
        chat=turn.say("核对好了,以后就用这个号码联系您。"),
        sms=turn.say("核对好了,以后就用这个号码联系您。回QD可签到。"),
        choices=menu.for_member(turn),
    )


async def _ask_number(turn: Turn, asked_before: bool) -> Letter:
    await dialogues.ask(
        turn.tx,
        turn.now,
        turn.actor.id,
        turn.word.channel,
        Act(intent="change_phone", about={"asked": "number"}),
    )
    if asked_before:
        return Letter(chat=turn.say("这个号码不像手机号,请核对后把 11 位手机号再发一次。"))
    return Letter(chat=turn.say("请把新的手机号发给我(11 位)。"))


async def _write_to(turn: Turn, new: Address) -> None:
    t = turn.tongue
    answers = (
        (
            Choice(t.say("是我的号码"), Act(intent="new_phone_answers")),
            Choice(t.say("不是"), Act(intent="disown")),
        ),
    )
    letter = Letter(chat=t.say("有人说这是他的新号码。是您就请确认。"), choices=answers)
    await outbox.promise(
        turn.tx, turn.now, outbox.to(new), letter, "reply", f"{turn.word.id}:verify:{new.id}"
    )


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


def _taken(turn: Turn) -> Letter:
    return Letter(
        chat=turn.say("这个号码已经登记在别人名下。请核对号码,或请您的联系人帮忙看看。"),
        sms=turn.say("这个号码登记在别人名下,请核对或问联系人。"),
    )


def _to_liaison(t: Tongue, member: Member, number: str) -> Letter:
    return Letter(
        chat=t.say(
            "{name}({unit})换了手机号,已核对:{number}",
            name=member.name,
            unit=member.unit,
            number=phones.as_written(number),
        ),
        sms=t.say("{who}换了手机号,已核对。详情请用聊天看。", who=names.masked(member.name)),
        choices=((Choice(t.say("打开资料"), Act(intent="open_file", about={"id": member.id})),),),
    )
