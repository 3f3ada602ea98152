"""The answer to the notice: agreed here, agreed by SMS only, or not agreed."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.words.notice import WORDING
from handlers.joining import asking, passed_on_link, welcome
from handlers.joining.entitled import Entitled, entitled
from handlers.joining.roster_number import DECLINED, invitation_by_sms, invitation_key
from handlers.turn import Turn
from storage import addresses, consents, invitations, outbox, people, post, suspects
from storage.addresses import Address, AddressTaken


async def agree(turn: Turn, act: Act) -> Letter:
    """Consent came from the address in use; where an invitation was the way, it is used up."""
    found = await entitled(turn, act)
    if found is None:
        return asking.invitation_over(turn)
    if act.about.get("way") == "sms_only":
        return await _only_sms(turn, found) if turn.house.sms_connected else _no_sms(turn, act)
    try:
        await _let_in(turn, found)
    except AddressTaken:
        return asking.address_taken(turn)
    if found.invitation:
        await invitations.use(turn.tx, turn.now, found.invitation)
    await consents.give(turn.tx, turn.now, found.person_id, "keeping", WORDING, turn.word.channel)
    if turn.word.channel == "telegram":
        await consents.give(turn.tx, turn.now, found.person_id, "overseas_chat", WORDING, "telegram")
    if found.invitation:
        await passed_on_link.tell_the_roster_number(turn, found.person_id)
    return await welcome.welcome(turn, found.person_id, found.inviter)


async def decline(turn: Turn, act: Act) -> Letter:
    """Nothing is kept of the chat. The roster number of whoever says no is not written to again."""
    number = await _number_of_who_declines(turn, act)
    if number:
        await addresses.suspend(turn.tx, turn.now, number.id, DECLINED)
    return Letter(
        chat=turn.say("好，不登记，也不再打扰您。以后想用，请联系人重新邀请。"),
        sms=turn.say("好，不再打扰您。以后想用，回“加入”就行。"),
    )


async def _number_of_who_declines(turn: Turn, act: Act) -> Address | None:
    """The number that says no itself; in a chat that of the person invited, unless it has said yes before."""
    if turn.by_sms:
        return turn.actor.address
    found = await entitled(turn, act)
    number = await post.number_of(turn.tx, found.person_id) if found else None
    return number if number and not number.verified else None


async def _let_in(turn: Turn, found: Entitled) -> None:
    """The address in use is theirs, and so is the number that the chat service vouched for."""
    if found.number and not found.number.verified:
        await addresses.verify(turn.tx, turn.now, found.number)
    here = await addresses.add(
        turn.tx,
        turn.now,
        found.person_id,
        turn.word.channel,
        turn.word.address,
        verified=True,
        by_link=found.invitation is not None,
    )
    # Who said no, or left, and comes back by the same number is written to again.
    await suspects.proven(turn.tx, turn.now, here)


async def _only_sms(turn: Turn, found: Entitled) -> Letter:
    """Nothing is kept of this chat, and nothing is agreed to yet: the number has to answer for itself."""
    number = await post.number_of(turn.tx, found.person_id)
    if number is None:
        return Letter(chat=turn.say("名册上没有您的手机号。请把号码告诉您的联系人，登记后会给您发短信。"))
    if number.verified and await people.is_inside(turn.tx, found.person_id):
        return Letter(chat=turn.say("好，只用短信。您的手机号早已登记好，不用再办。"))
    letter = invitation_by_sms(await people.language_of(turn.tx, found.person_id), found.inviter)
    day = turn.today
    key = invitation_key(number, day)
    if not await outbox.promise(turn.tx, turn.now, outbox.to(number), letter, "reply", key):
        return Letter(chat=turn.say("今天已经给您登记的手机号发过短信了，请在短信里回 1。"))
    return Letter(chat=turn.say("好，以后只用短信。已向您登记的手机号发了一条短信，回复 1 就办好了。"))


def _no_sms(turn: Turn, act: Act) -> Letter:
    """Whoever waits for an SMS that nobody can send would wait for ever."""
    about = {name: value for name, value in act.about.items() if name != "way"}
    return Letter(
        chat=turn.say(
            "这里还没有接通短信，没有给您发。现在只能用聊天加入；不愿意就点“不同意”，"
            "等接通了短信，再请联系人邀请您。"
        ),
        choices=(
            (turn.choice(turn.say("同意，也同意用境外聊天软件"), "join", **about),),
            (turn.choice(turn.say("不同意"), "decline", **about),),
        ),
    )
