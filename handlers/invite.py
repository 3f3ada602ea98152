"""请人加入: a one-time link and its QR for a chat, or a first SMS to the number on the roster."""

from __future__ import annotations

import io
from datetime import datetime

import segno

from content.act import Act
from content.letter import Attachment, Choice, Letter
from content.rules.names import masked
from content.rules.phones import takes_sms
from handlers import member_file, menu
from handlers.joining.roster_number import DECLINED, invitation_by_sms, invitation_key
from handlers.standing_above import for_somebody_above, stands_above
from handlers.turn import Turn
from handlers.which_member import which_member
from storage import clocks, invitations, members, outbox, post
from storage.files import Member


async def invite(turn: Turn, act: Act) -> Letter:
    """By name, by button, or asked: those in sight who have not joined yet."""
    if act.about.get("id"):
        member = await members.find(turn.tx, turn.viewer, act.about["id"])
        return await _invited(turn, act, member) if member else member_file.nobody(turn)
    if not act.text.strip():
        return await _who_is_outside(turn)
    found = await members.called(turn.tx, turn.viewer, act.text.strip())
    if not found:
        return member_file.nobody(turn)
    if len(found) > 1:
        return await which_member(turn, turn.say("请谁加入？"), found, "invite")
    return await _invited(turn, act, found[0])


async def _who_is_outside(turn: Turn) -> Letter:
    outside = [m for m in await members.everyone(turn.tx, turn.viewer) if not m.joined]
    if not outside:
        return Letter(chat=turn.say("名册上的人都已加入。"), choices=menu.for_office(turn))
    awaits = Act(intent="invite", about={"asked": "whom"})
    await turn.ask(awaits)
    head = turn.say("还有 {n} 人没有加入。请点一个，或写名字：", n=len(outside))
    if turn.by_sms:
        return Letter(chat=turn.say("还有{n}人没有加入。请写一个人的全名。", n=len(outside)))
    return await which_member(turn, head, outside, "invite")


async def _invited(turn: Turn, act: Act, member: Member) -> Letter:
    if member.joined:
        return Letter(
            chat=turn.say("{name} 已经加入了，不用再请。", name=member.name),
            sms=turn.say("{who}已经加入了。", who=masked(member.name)),
            choices=member_file.actions(turn, member),
        )
    if not await stands_above(turn, member.id):
        return for_somebody_above(turn)
    if not act.about.get("way") and turn.house.sms_connected:
        return _which_way(turn, member)
    return await (_by_sms if act.about.get("way") == "sms" else _by_link)(turn, member)


def _which_way(turn: Turn, member: Member) -> Letter:
    def way(label: str, name: str) -> Choice:
        return Choice(label, Act(intent="invite", about={"id": member.id, "way": name}))

    by_sms = way(turn.say("发短信到登记号码"), "sms")
    link = way(turn.say("给我链接和二维码"), "link")
    return Letter(
        chat=turn.say("怎样请 {name} 加入？", name=member.name),
        sms=turn.say("请{who}加入：", who=masked(member.name)),
        choices=((by_sms,),) if turn.by_sms else ((by_sms, link),),
    )


async def _by_sms(turn: Turn, member: Member) -> Letter:
    if not turn.house.sms_connected:
        link = turn.choice(turn.say("给我链接和二维码"), "invite", id=member.id, way="link")
        return Letter(
            chat=turn.say("还没有接通短信，没有给 {name} 发。请改用链接。", name=member.name),
            choices=((link,),),
        )
    number = await post.number_of(turn.tx, member.id)
    if number is None or not takes_sms(number.value):
        return Letter(
            chat=turn.say("{name} 没有登记能收短信的手机号，请先补上，或用链接。", name=member.name),
            sms=turn.say("没有登记能收短信的手机号，请先补上。"),
        )
    if number.suspended_for == DECLINED and number.suspended_at:
        return _said_no(turn, member, number.suspended_at)
    if number.suspended_at:
        return _seems_wrong(turn, member)
    day = turn.today
    key = invitation_key(number, day)
    letter = invitation_by_sms(member.language, turn.actor.id)
    sent = await outbox.promise(turn.tx, turn.now, outbox.to(number), letter, "notice", key)
    if sent is None:
        said, short = (
            turn.say("今天已经给 {name} 发过了，等等回音。", name=member.name),
            turn.say("今天已发过了。"),
        )
    else:
        said = turn.say("已发短信给 {name}。对方回 1 就加入了。", name=member.name)
        short = turn.say("已发短信，对方回1就加入了。")
        awake_at = await clocks.awake_at(turn.tx, turn.now, member.id)
        if awake_at > turn.now:
            when = turn.tongue.moment(awake_at, turn.house.zone)
            said = turn.say(
                "{name} 那边是夜里，{when} 发短信。对方回 1 就加入了。", name=member.name, when=when
            )
            short = turn.say("那边是夜里，{when}发短信，对方回1就加入了。", when=when)
    return Letter(chat=said, sms=short, choices=menu.for_office(turn))


def _said_no(turn: Turn, member: Member, at: datetime) -> Letter:
    """A no is kept: only the person can begin again, by a word or with a link from hand to hand."""
    day = turn.tongue.day(at.astimezone(turn.house.zone).date())
    link = Choice(turn.say("给我链接和二维码"), Act(intent="invite", about={"id": member.id, "way": "link"}))
    return Letter(
        chat=turn.say(
            "{name} {day}说过不加入，不再发短信。本人想加入，自己发一条“加入”就行；"
            "也可以当面谈谈，把链接给对方。",
            name=member.name,
            day=day,
        ),
        sms=turn.say(
            "{who}{day}说过不加入，不再发短信。想加入请本人发“加入”。", who=masked(member.name), day=day
        ),
        choices=() if turn.by_sms else ((link,),),
    )


def _seems_wrong(turn: Turn, member: Member) -> Letter:
    """Whoever has that number by now is a stranger, or nobody."""
    link = turn.choice(turn.say("给我链接和二维码"), "invite", id=member.id, way="link")
    return Letter(
        chat=turn.say("{name} 登记的号码看来不对，没有发短信。请先问到新号码，或用链接。", name=member.name),
        sms=turn.say("{who}的号码看来不对，没有发短信。请先核实号码。", who=masked(member.name)),
        choices=() if turn.by_sms else ((link,),),
    )


async def _by_link(turn: Turn, member: Member) -> Letter:
    if not turn.house.bot_name:
        return _no_link(turn)
    code = await invitations.make(turn.tx, turn.now, member.id, turn.actor.id)
    link = turn.house.invitation_link(code)
    return Letter(
        chat=turn.say(
            "这是 {name} 的邀请，只能本人用一次，72 小时内有效。请转发链接，或让对方扫二维码。\n{link}",
            name=member.name,
            link=link,
        ),
        sms=turn.say("邀请链接请在聊天里取。"),
        picture=qr_of(link),
    )


def _no_link(turn: Turn) -> Letter:
    """Where no SMS is connected either, the chat was not reached yet: it will be."""
    if turn.house.sms_connected:
        return Letter(chat=turn.say("还没有接通聊天软件，请改用短信邀请。"))
    return Letter(chat=turn.say("聊天软件正在接通，链接还做不出来。请过几分钟再试。"))


def qr_of(link: str) -> Attachment:
    """The link as a QR picture that a cheap camera reads across a table."""
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    return Attachment("invitation.png", "image/png", picture.getvalue())
