"""The notice and the answer to it: agreed here, agreed by SMS only, or not agreed."""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.words.notice import WORDING, notice
from handlers.joining import welcome
from handlers.joining.roster_number import invitation_by_sms
from handlers.turn import Turn
from storage import addresses, consents, invitations, outbox, people, post
from storage.addresses import AddressTaken


def full_notice(turn: Turn, about: dict[str, str]) -> Letter:
    """What is kept and why; consent for the chat service abroad is asked for by itself."""

    def way(label: str, **more: str) -> tuple[Choice, ...]:
        return (Choice(label, Act(intent="join", about={**about, **more})),)

    return Letter(
        chat=notice(turn.tongue, overseas=turn.word.channel == "telegram"),
        choices=(
            way(turn.say("同意,也同意用境外聊天软件")),
            way(turn.say("同意,但只用短信"), way="sms_only"),
            (turn.choice(turn.say("不同意"), "decline"),),
        ),
    )


async def agree(turn: Turn, act: Act) -> Letter:
    """Consent came from the address in use; where an invitation was the way, it is used up."""
    person_id = await _whose_consent(turn, act)
    if person_id is None:
        return invitation_over(turn)
    await consents.give(turn.tx, turn.now, person_id, "keeping", WORDING, turn.word.channel)
    if act.about.get("way") == "sms_only":
        return await _only_sms(turn, person_id)
    if turn.word.channel == "telegram":
        await consents.give(turn.tx, turn.now, person_id, "overseas_chat", WORDING, turn.word.channel)
    await addresses.add(turn.tx, turn.now, person_id, turn.word.channel, turn.word.address, verified=True)
    await _verify_shown_number(turn, act)
    return await welcome.welcome(turn, person_id)


async def decline(turn: Turn, _act: Act) -> Letter:
    """Nothing is kept of the address. A roster number that says no is not written to again."""
    if not turn.is_stranger and turn.by_sms:
        await addresses.suspend(turn.tx, turn.now, turn.actor.address.id, "declined")
    return Letter(
        chat=turn.say("好,不登记,也不再打扰您。以后想用,请联系人重新邀请。"),
        sms=turn.say("好,不再打扰您。"),
    )


def invitation_over(turn: Turn) -> Letter:
    return Letter(
        chat=turn.say(
            "这个邀请用过了,或者已过期(72 小时有效)。请您的联系人再发一个,或点下面的按钮分享您本人的号码。"
        ),
        sms=turn.say("这个邀请已过期。请联系人再发一次。"),
        asks_contact="" if turn.by_sms else turn.say("分享我的手机号"),
    )


async def _whose_consent(turn: Turn, act: Act) -> str | None:
    """Of an invitation still open, of a number that was shown, or of the roster number in use."""
    if act.about.get("invitation"):
        invitation = await invitations.still_open(turn.tx, turn.now, act.about["invitation"])
        if invitation:
            await invitations.use(turn.tx, turn.now, invitation)
        return invitation.person_id if invitation else None
    if act.about.get("number"):
        return (await addresses.by_id(turn.tx, act.about["number"])).person_id
    return None if turn.is_stranger else turn.actor.id


async def _verify_shown_number(turn: Turn, act: Act) -> None:
    """A number shared as one's own was proved by the chat service."""
    if act.about.get("number"):
        try:
            await addresses.verify(turn.tx, turn.now, await addresses.by_id(turn.tx, act.about["number"]))
        except AddressTaken:
            return  # Somebody verified it by SMS meanwhile; the chat works all the same.


async def _only_sms(turn: Turn, person_id: str) -> Letter:
    number = await post.number_of(turn.tx, person_id)
    if number is None:
        return Letter(chat=turn.say("名册上没有您的手机号。请把号码告诉您的联系人,登记后会给您发短信。"))
    person = await people.the_one_who_acts(turn.tx, person_id)
    key = f"{turn.word.id}:sms:{number.id}"
    letter = invitation_by_sms(person.language)
    await outbox.promise(turn.tx, turn.now, outbox.to(number), letter, "reply", key)
    return Letter(chat=turn.say("好,以后只用短信。已向您登记的手机号发了一条短信,回复 1 就办好了。"))
