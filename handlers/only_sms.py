"""只用短信: a member inside takes back the consent to the chat abroad; the number works as before."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules import phones
from handlers import doors, menu
from handlers.turn import Turn
from storage import addresses, consents, dialogues, outbox
from storage.addresses import Address


async def only_sms(turn: Turn, _act: Act) -> Letter:
    """Read back, with the number: without one that works nobody gives the chat up by mistake."""
    if not turn.house.sms_connected:
        return Letter(
            chat=turn.say("这里还没有接通短信，现在只能用聊天。不想再用，请写“退出”。"),
            choices=menu.own(turn),
        )
    number = await _number(turn)
    if number is None:
        return Letter(
            chat=turn.say("您还没有核对过的手机号。请先点“换了号码”登记一个，再改成只用短信。"),
            choices=menu.own(turn),
        )
    if turn.by_sms and not await _chats(turn):
        return Letter(chat=turn.say("您本来就只用短信，不用改。"))
    masked = phones.masked(number.value)
    return Letter(
        chat=turn.say("以后只发短信到 {number}，聊天里不再发消息，对吗？", number=masked),
        sms=turn.say("以后只发短信到{number}，不再用聊天，对吗？", number=masked),
        choices=((turn.choice(turn.say("对"), "keep_only_sms"), turn.choice(turn.say("不对"), "drop")),),
    )


async def keep_only_sms(turn: Turn, act: Act) -> Letter:
    """Nothing is kept of the chats; they come back by an invitation, as at first."""
    if not turn.house.sms_connected or await _number(turn) is None:
        return await only_sms(turn, act)
    await consents.take_back(turn.tx, turn.now, turn.actor.id, "overseas_chat")
    await dialogues.answered(turn.tx, turn.actor.id, "telegram")
    for chat in await _chats(turn):
        if chat.value != turn.word.address:
            await outbox.promise(
                turn.tx, turn.now, outbox.to(chat), _to_a_chat(turn), "security", f"{turn.word.id}:{chat.id}"
            )
        await addresses.end(turn.tx, turn.now, chat.id, "withdrawn")
    await doors.tell_every_door(turn, turn.actor.id, _to_the_number(turn), "only_sms")
    return Letter(
        chat=turn.say("好，以后只用短信。这个聊天不再发消息，想再用，请联系人发邀请。"),
        sms=turn.say("好，以后只用短信。想再用聊天，请联系人发邀请。"),
    )


def _to_the_number(turn: Turn) -> Letter:
    return Letter(chat=turn.say("按您说的，以后只用短信，聊天停了。不是您办的，请打电话给联系人。"))


def _to_a_chat(turn: Turn) -> Letter:
    """The last word there: whoever did not ask for it has to know what became of their chat."""
    return Letter(chat=turn.say("按您说的，以后只用短信，这个聊天停了。不是您办的，请马上打电话给联系人。"))


async def _number(turn: Turn) -> Address | None:
    known = await addresses.of_person(turn.tx, turn.actor.id)
    return next((door for door in known if door.channel == "sms" and door.verified and door.usable), None)


async def _chats(turn: Turn) -> list[Address]:
    known = await addresses.of_person(turn.tx, turn.actor.id)
    return [door for door in known if door.channel == "telegram"]
