"""Somebody whose address we do not know: a code, their own number, a button of the notice, or a word."""

from __future__ import annotations

import structlog

from content.act import Act
from content.letter import Letter
from content.rules.understanding import understand
from handlers import picking
from handlers.joining import asking, consent, unlisted_number
from handlers.joining.entitled import entitled
from handlers.joining.roster_number import DECLINED
from handlers.turn import Turn
from storage import addresses, answering, invitations, people, post

WRONG_CODES_AN_HOUR = 5

log = structlog.get_logger()


async def stranger(turn: Turn) -> Letter:
    if turn.word.token:
        return await _button_pressed(turn)
    if turn.by_sms:
        return await unlisted_number.written_from(turn)
    if turn.word.shared_a_contact:
        return await _number_shown(turn)
    command, _, code = turn.word.text.strip().partition(" ")
    if command == "/start" and code:
        return await _code_shown(turn, code.strip())
    return await _written(turn)


async def _button_pressed(turn: Turn) -> Letter:
    """Only the notice's own buttons are ever shown to a stranger."""
    offered = await answering.pressed(turn.tx, turn.now, _address_index(turn), turn.word.token)
    return await _answered(turn, offered.act if offered else Act(intent="expired"))


async def _answered(turn: Turn, act: Act) -> Letter:
    if act.intent == "join":
        return await consent.agree(turn, act)
    if act.intent in ("decline", "drop"):
        return await consent.decline(turn, act)
    return asking.invitation_over(turn)


async def _code_shown(turn: Turn, code: str) -> Letter:
    """Looking uses nothing up: only a consent does."""
    channel, value = turn.word.channel, turn.word.address
    if await invitations.wrong_lately(turn.tx, turn.now, channel, value) >= WRONG_CODES_AN_HOUR:
        return Letter(
            chat=turn.say("试的次数太多了，请过一小时再来。不想等，就点下面的按钮，分享您本人的号码。"),
            asks_contact=turn.say("分享我的手机号"),
        )
    invitation = await invitations.behind(turn.tx, turn.now, code)
    if invitation is None:
        tries = await invitations.note_wrong(turn.tx, turn.now, channel, value)
        log.warning("wrong_code", channel=channel, inbox=turn.word.id, within_an_hour=tries)
        return asking.invitation_over(turn)
    whose = await people.name_of(turn.tx, invitation.person_id)
    return asking.in_chat(turn, {"invitation": invitation.id}, whose)


async def _number_shown(turn: Turn) -> Letter:
    """A shared contact counts only if it is the sender's own, and the number is on a roster."""
    if not turn.word.own_contact:
        return Letter(
            chat=turn.say("这不是您自己的名片。请点下面的按钮，分享您本人的号码。"),
            asks_contact=turn.say("分享我的手机号"),
        )
    known = await addresses.behind(turn.tx, "sms", turn.word.own_contact)
    if known is None:
        return Letter(chat=turn.say("这个号码不在名册上。请联系您的支部核对登记的号码，或要一个邀请链接。"))
    return asking.in_chat(turn, {"number": known.id})


async def _written(turn: Turn) -> Letter:
    """The number of an answer to the notice does as well as its button; a 同意 leaves open to which way.

    Whatever else is written below an open notice: it waits above, and no other invitation is needed.
    """
    asked = await answering.last_asked(turn.tx, turn.now, _address_index(turn))
    acts = understand(turn.word.text, turn.today)
    chosen = picking.picked(acts, asked)
    if asked and asked.is_open and acts[0].intent == "yes":
        return Letter(chat=turn.say("谢谢！请在上面点一个：也用聊天，还是只用短信？或者回 1、2、3。"))
    if act := picking.act_of(chosen):
        return await _answered(turn, act)
    if asked and asked.is_open and await _still_waits(turn, asked.offered[0].act):
        return Letter(chat=turn.say("请先在上面点一个：也用聊天，还是只用短信？或者回 1、2、3。"))
    return _hello(turn)


async def _still_waits(turn: Turn, act: Act) -> bool:
    """Not of whoever has said no since, nor where the invitation is over."""
    found = await entitled(turn, act)
    number = await post.number_of(turn.tx, found.person_id) if found else None
    return bool(found) and not (number and number.suspended_for == DECLINED)


def _hello(turn: Turn) -> Letter:
    return Letter(
        chat=turn.say(
            "您好！这里是联动，帮外出的同志和家乡保持联系。\n"
            "请打开联系人发给您的邀请链接，或点下面的按钮分享您本人的号码。"
        ),
        asks_contact=turn.say("分享我的手机号"),
    )


def _address_index(turn: Turn) -> bytes:
    return turn.tx.blind(turn.word.channel, turn.word.address)
