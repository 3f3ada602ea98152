"""Somebody whose address we do not know: a code, their own number, a button of the notice, or a word."""

from __future__ import annotations

from content.letter import Letter
from handlers.joining import consent
from handlers.turn import Turn
from storage import addresses, choices, invitations

WRONG_CODES_AN_HOUR = 5


async def stranger(turn: Turn) -> Letter:
    if turn.word.token:
        return await _button_pressed(turn)
    if turn.word.shared_a_contact:
        return await _number_shown(turn)
    command, _, code = turn.word.text.strip().partition(" ")
    if command == "/start" and code:
        return await _code_shown(turn, code.strip())
    return _hello(turn)


async def _button_pressed(turn: Turn) -> Letter:
    """Only the notice's own buttons are ever shown to a stranger."""
    address_index = turn.tx.vault.blind(turn.word.channel, turn.word.address)
    offered = await choices.pressed(turn.tx, turn.now, address_index, turn.word.token)
    if offered and offered.act.intent == "join":
        return await consent.agree(turn, offered.act)
    if offered and offered.act.intent == "decline":
        return await consent.decline(turn, offered.act)
    return consent.invitation_over(turn)


async def _code_shown(turn: Turn, code: str) -> Letter:
    channel, value = turn.word.channel, turn.word.address
    if await invitations.wrong_lately(turn.tx, turn.now, channel, value) >= WRONG_CODES_AN_HOUR:
        return Letter(chat=turn.say("试的次数太多了,请过一小时再来,或请联系人重新发一个邀请。"))
    invitation = await invitations.behind(turn.tx, turn.now, code)
    if invitation is None:
        await invitations.note_wrong(turn.tx, turn.now, channel, value)
        return consent.invitation_over(turn)
    return consent.full_notice(turn, {"invitation": invitation.id})


async def _number_shown(turn: Turn) -> Letter:
    """A shared contact counts only if it is the sender's own, and the number is on a roster."""
    if not turn.word.own_contact:
        return Letter(
            chat=turn.say("这不是您自己的名片。请点下面的按钮,分享您本人的号码。"),
            asks_contact=turn.say("分享我的手机号"),
        )
    known = await addresses.behind(turn.tx, "sms", turn.word.own_contact)
    if known is None:
        return Letter(chat=turn.say("这个号码不在名册上。请联系您的支部核对登记的号码,或要一个邀请链接。"))
    return consent.full_notice(turn, {"number": known.id})


def _hello(turn: Turn) -> Letter:
    if turn.by_sms:
        return Letter(chat=turn.say("这个号码没有登记。请您的联系人先登记您的号码。"))
    return Letter(
        chat=turn.say(
            "您好!这里是联动,帮外出的同志和家乡保持联系。\n"
            "请打开联系人发给您的邀请链接,或点下面的按钮分享您本人的号码。"
        ),
        asks_contact=turn.say("分享我的手机号"),
    )
