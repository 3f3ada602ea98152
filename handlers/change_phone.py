"""换了号码: the new number is written to and must answer before it takes the old one's place. (S7)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules import phones
from content.rules.understanding import understand
from content.words.catalogue import Tongue
from handlers import menu
from handlers.new_number import new_phone_answers
from handlers.turn import Turn
from storage import addresses, dialogues, outbox, people
from storage.addresses import Address, AddressTaken

__all__ = ["change_phone", "is_it_yours", "keep_phone", "new_phone_answers"]


async def change_phone(turn: Turn, act: Act) -> Letter:
    """Ask for the number, ask again where it is none that takes text messages, then read it back."""
    said = _number(turn, act)
    if said.ambiguous == "phone" and len(said.options) > 1:
        return _ask_which(turn, said)
    if not said.phone:
        return await _ask_number(turn, not_a_number=bool(act.text or said.ambiguous))
    if not phones.takes_sms(said.phone):
        return await _ask_number(turn, landline=True)
    if await _is_registered(turn, said.phone):
        return Letter(chat=turn.say("这个号码本来就是登记的，不用改。"), choices=menu.for_member(turn))
    written = phones.as_written(said.phone)
    confirm = Choice(turn.say("对"), Act(intent="keep_phone", phone=said.phone))
    return Letter(
        chat=turn.say("新号码是 {number}，对吗？我会发一条短信去核对。", number=written),
        sms=turn.say("新号码是{number}，对吗？会发短信去核对。", number=written),
        choices=((confirm, turn.choice(turn.say("重写"), "change_phone")),),
    )


async def keep_phone(turn: Turn, act: Act) -> Letter:
    """Write to the new number; nothing is replaced until it answers."""
    if await _waits_for_its_owner(turn, act.phone):
        return _cannot_be(turn)
    try:
        new_id = await addresses.add(turn.tx, turn.now, turn.actor.id, "sms", act.phone)
    except AddressTaken:
        return _cannot_be(turn)
    new = await addresses.by_id(turn.tx, new_id)
    if new.verified:
        return Letter(chat=turn.say("这个号码本来就是登记的，不用改。"), choices=menu.for_member(turn))
    await _write_to(turn, new)
    return Letter(
        chat=turn.say(
            "已向 {number} 发了一条短信。请用新号码回复 1，核对后就换好了；在这之前旧号码照常用。",
            number=phones.masked(act.phone),
        ),
        sms=turn.say("已发短信到{number}，请用新号码回1，核对后换好。", number=phones.masked(act.phone)),
        choices=menu.for_member(turn),
    )


async def _waits_for_its_owner(turn: Turn, number: str) -> bool:
    """On the roster for somebody who has not joined yet: a claim would take their invitation from them."""
    known = await addresses.behind(turn.tx, "sms", number)
    if known is None or known.person_id == turn.actor.id:
        return False
    return (await people.the_one_who_acts(turn.tx, known.person_id)).joined_at is None


def is_it_yours(t: Tongue) -> Letter:
    """To a number nobody has proved: it names no person and no organisation."""
    yes = Choice(t.say("是我的号码"), Act(intent="new_phone_answers"))
    no = Choice(t.say("不是"), Act(intent="disown"))
    return Letter(chat=t.say("有人说这是他的新号码。是您本人就请确认。"), choices=((yes, no),))


def _number(turn: Turn, act: Act) -> Act:
    """The act with its number; an answer is read as if 手机号 stood before it, in Chinese digits too."""
    if act.phone or act.options or not act.text:
        return act
    whole = phones.as_e164(act.text)
    return Act(intent=act.intent, phone=whole) if whole else understand(f"SJ{act.text}", turn.today)[0]


async def _is_registered(turn: Turn, number: str) -> bool:
    known = await addresses.behind(turn.tx, "sms", number)
    return known is not None and known.verified and known.person_id == turn.actor.id


def _ask_which(turn: Turn, said: Act) -> Letter:
    rows = tuple(
        (Choice(phones.as_written(number), Act(intent="change_phone", phone=number)),)
        for number in said.options[:3]
    )
    return Letter(chat=turn.say("哪一个是您的新号码？"), choices=rows)


async def _ask_number(turn: Turn, not_a_number: bool = False, landline: bool = False) -> Letter:
    awaits = Act(intent="change_phone", about={"asked": "number"})
    await dialogues.ask(turn.tx, turn.now, turn.actor.id, turn.word.channel, awaits)
    if landline:
        return Letter(chat=turn.say("这是座机，收不到短信。请发 11 位的手机号。"))
    if not_a_number:
        return Letter(chat=turn.say("这个号码不像手机号，请核对后把 11 位手机号再发一次。"))
    return Letter(chat=turn.say("请把新的手机号发给我（11 位）。"))


async def _write_to(turn: Turn, new: Address) -> None:
    key = f"{turn.word.id}:verify:{new.id}"
    await outbox.promise(turn.tx, turn.now, outbox.to(new), is_it_yours(turn.tongue), "reply", key)


def _cannot_be(turn: Turn) -> Letter:
    """Whose number it is stays unsaid: else anybody could ask who is on a roster."""
    return Letter(
        chat=turn.say("这个号码现在登记不了，没有改动。请核对号码，或请您的联系人帮忙看看。"),
        sms=turn.say("这个号码登记不了，没有改动。请核对或问联系人。"),
        choices=menu.for_member(turn),
    )
