"""请人加入: a one-time link and its QR for a chat, or a first SMS to the number on the roster."""

from __future__ import annotations

import io

import segno

from content.act import Act
from content.letter import Attachment, Choice, Letter
from handlers import member_file, menu
from handlers.joining.roster_number import invitation_by_sms
from handlers.turn import Turn
from storage import dialogues, invitations, members, outbox, post
from storage.members import Member

LISTED = 8


async def invite(turn: Turn, act: Act) -> Letter:
    """By name, by button, or asked: those in sight who have not joined yet."""
    if act.about.get("way"):
        return await _by_way(turn, act)
    if act.about.get("id"):
        member = await members.find(turn.tx, turn.viewer, act.about["id"])
        return _which_way(turn, member) if member else member_file.nobody(turn)
    if act.text:
        return _choose(turn, await members.called(turn.tx, turn.viewer, act.text.strip()))
    return await _who_is_outside(turn)


def _which_way(turn: Turn, member: Member) -> Letter:
    def way(label: str, name: str) -> Choice:
        return Choice(label, Act(intent="invite", about={"id": member.id, "way": name}))

    return Letter(
        chat=turn.say("怎样请 {name} 加入?", name=member.name),
        sms=turn.say("请这位加入:"),
        choices=((way(turn.say("发短信到登记号码"), "sms"), way(turn.say("给我链接和二维码"), "link")),),
    )


async def _by_way(turn: Turn, act: Act) -> Letter:
    member = await members.find(turn.tx, turn.viewer, act.about["id"])
    if member is None:
        return member_file.nobody(turn)
    return await (_by_sms if act.about["way"] == "sms" else _by_link)(turn, member)


async def _by_sms(turn: Turn, member: Member) -> Letter:
    number = await post.number_of(turn.tx, member.id)
    if number is None:
        return Letter(chat=turn.say("{name} 没有登记手机号,请先补上号码。", name=member.name))
    key = f"{turn.word.id}:invite:{member.id}"
    letter = invitation_by_sms(member.language)
    await outbox.promise(turn.tx, turn.now, outbox.to(number), letter, "notice", key)
    return Letter(
        chat=turn.say("已发短信给 {name}。对方回 1 就加入了,我会告诉您。", name=member.name),
        sms=turn.say("已发短信,对方回1就加入了。"),
        choices=menu.for_office(turn),
    )


async def _by_link(turn: Turn, member: Member) -> Letter:
    if not turn.house.bot_name:
        return Letter(chat=turn.say("还没有接通聊天软件,请改用短信邀请。"))
    code = await invitations.make(turn.tx, turn.now, member.id, turn.actor.id)
    link = turn.house.invitation_link(code)
    return Letter(
        chat=turn.say(
            "这是 {name} 的邀请,只能本人用一次,72 小时内有效。请转发链接,或让对方扫二维码。\n{link}",
            name=member.name,
            link=link,
        ),
        sms=turn.say("邀请链接请在聊天里取。"),
        picture=qr_of(link),
    )


def qr_of(link: str) -> Attachment:
    """The link as a QR picture that a cheap camera reads across a table."""
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    return Attachment("invitation.png", "image/png", picture.getvalue())


def _choose(turn: Turn, found: list[Member]) -> Letter:
    if not found:
        return member_file.nobody(turn)
    rows = tuple(
        (Choice(f"{member.name} · {member.unit}", Act(intent="invite", about={"id": member.id})),)
        for member in found[:LISTED]
    )
    return Letter(chat=turn.say("请谁加入?"), sms=turn.say("请在聊天里邀请,或写全名。"), choices=rows)


async def _who_is_outside(turn: Turn) -> Letter:
    outside = [m for m in await members.everyone(turn.tx, turn.viewer) if not m.joined]
    if not outside:
        return Letter(chat=turn.say("名册上的人都已加入。"), choices=menu.for_office(turn))
    await dialogues.ask(turn.tx, turn.now, turn.actor.id, turn.word.channel, Act(intent="invite"))
    letter = _choose(turn, outside)
    head = turn.say("还有 {n} 人没有加入。点一个,或写名字。", n=len(outside))
    return Letter(chat=head, sms=head, choices=() if turn.by_sms else letter.choices)
