"""改手机号: the liaison has spoken with a member who has no old door; the number must answer. (S7)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules import phones
from content.rules.names import masked
from handlers import change_phone, member_file, menu, number_claim
from handlers.standing_above import for_somebody_above, stands_above
from handlers.turn import Turn
from storage import addresses, members
from storage.files import Member


async def vouch_number(turn: Turn, act: Act) -> Letter:
    """Ask for the number and read it back, with the reminder that a voice has to be recognised first."""
    member = await members.find(turn.tx, turn.viewer, act.about["id"])
    if member is None:
        return member_file.nobody(turn)
    if not turn.house.sms_connected:
        return change_phone.no_code(turn)
    if member.id == turn.actor.id:
        return await change_phone.change_phone(turn, Act(intent="change_phone"))
    if not await stands_above(turn, member.id):
        return for_somebody_above(turn)
    number = change_phone.number_in(turn, act).phone
    if not number or not phones.takes_sms(number):
        return await _ask_number(turn, member, again=bool(act.text))
    confirm = Choice(
        turn.say("是本人，换成这个号码"),
        Act(intent="keep_vouched", phone=number, about={"id": member.id}),
    )
    return Letter(
        chat=turn.say(
            "把 {name} 的手机号换成 {number}？请先和本人通过电话，听出是本人。",
            name=member.name,
            number=phones.as_written(number),
        ),
        sms=turn.say(
            "把{who}的号码换成{number}？请先通电话确认是本人。",
            who=masked(member.name),
            number=phones.masked(number),
        ),
        choices=((confirm, turn.choice(turn.say("不是"), "drop")),),
    )


async def keep_vouched(turn: Turn, act: Act) -> Letter:
    """The number itself is asked, and every door that the member still has is told."""
    member = await members.find(turn.tx, turn.viewer, act.about["id"])
    if member is None or member.id == turn.actor.id or not member.joined:
        return member_file.nobody(turn)
    if not await stands_above(turn, member.id):
        return for_somebody_above(turn)
    if not turn.house.sms_connected:
        return change_phone.no_code(turn)
    known = await addresses.behind(turn.tx, "sms", act.phone)
    if known and known.verified and known.person_id == member.id:
        return Letter(chat=turn.say("这个号码本来就是登记的，不用改。"), choices=menu.for_office(turn))
    refused = await number_claim.refused(turn, member, act.phone)
    if refused:
        return refused
    await number_claim.vouched(turn, member, act.phone)
    return Letter(
        chat=turn.say("已发短信到 {number}，请本人回 1，就换好了。", number=phones.masked(act.phone)),
        sms=turn.say("已发短信到新号码，请本人回1，就换好了。"),
        choices=menu.for_office(turn),
    )


async def _ask_number(turn: Turn, member: Member, again: bool) -> Letter:
    awaits = Act(intent="vouch_number", about={"id": member.id, "asked": "number", "verbatim": "1"})
    await turn.ask(awaits)
    if again:
        return Letter(chat=turn.say("这个号码不像手机号，请核对后把 11 位手机号再发一次。"))
    return Letter(
        chat=turn.say("请把 {name} 的新手机号发给我（11 位）。", name=member.name),
        sms=turn.say("请把{who}的新手机号发来。", who=masked(member.name)),
    )
