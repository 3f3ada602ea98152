"""换了号码: the new number is read back, gets a code, and takes the old one's place when it comes. (S7)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules import phones
from content.rules.understanding import understand
from handlers import menu, number_claim
from handlers.turn import Turn
from storage import addresses


async def change_phone(turn: Turn, act: Act) -> Letter:
    """Ask for the number, ask again where it is none that takes text messages, then read it back."""
    if not turn.house.sms_connected:
        return no_code(turn)
    said = number_in(turn, act)
    if said.ambiguous == "phone" and len(said.options) > 1:
        return _ask_which(turn, said)
    if not said.phone:
        return await _ask_number(turn, not_a_number=bool(act.text or said.ambiguous))
    if not phones.takes_sms(said.phone):
        return await _ask_number(turn, landline=True)
    if await _is_registered(turn, said.phone):
        return _registered_already(turn)
    written = phones.as_written(said.phone)
    confirm = Choice(turn.say("对"), Act(intent="keep_phone", phone=said.phone))
    return Letter(
        chat=turn.say("新号码是 {number}，对吗？我会发一条带校验码的短信去核对。", number=written),
        sms=turn.say("新号码是{number}，对吗？会发校验码去核对。", number=written),
        choices=((confirm, turn.choice(turn.say("重写"), "change_phone")),),
    )


async def keep_phone(turn: Turn, act: Act) -> Letter:
    """A code goes to the new number; nothing is replaced until it is typed at a door that is proven."""
    if not turn.house.sms_connected:
        return no_code(turn)
    if await _is_registered(turn, act.phone):
        return _registered_already(turn)
    member = await turn.own_file()
    refused = await number_claim.refused(turn, member, act.phone)
    if refused:
        return refused
    await number_claim.with_code(turn, member, act.phone)
    number = phones.masked(act.phone)
    return Letter(
        chat=turn.say(
            "校验码已发到 {number}。请在一天内把那 6 位数字发到这里，就换好了；在这之前旧号码照常用。",
            number=number,
        ),
        sms=turn.say("校验码已发到{number}。请用这个旧号码把6位数字发来，就换好了。", number=number),
        choices=menu.for_member(turn),
    )


def no_code(turn: Turn) -> Letter:
    """Without a gateway no number can be asked whether it is theirs."""
    return Letter(
        chat=turn.say("这里还没有接通短信，新号码没法核对，没有改。聊天照常用，号码请当面告诉支部。"),
        choices=menu.own(turn),
    )


def number_in(turn: Turn, act: Act) -> Act:
    """The act with its number; an answer is read as if 手机号 stood before it, in Chinese digits too."""
    if act.phone or act.options or not act.text:
        return act
    whole = phones.as_e164(act.text)
    return Act(intent=act.intent, phone=whole) if whole else understand(f"SJ{act.text}", turn.today)[0]


async def _is_registered(turn: Turn, number: str) -> bool:
    known = await addresses.behind(turn.tx, "sms", number)
    return known is not None and known.verified and known.person_id == turn.actor.id


def _registered_already(turn: Turn) -> Letter:
    return Letter(chat=turn.say("这个号码本来就是登记的，不用改。"), choices=menu.for_member(turn))


def _ask_which(turn: Turn, said: Act) -> Letter:
    rows = tuple(
        (Choice(phones.as_written(number), Act(intent="change_phone", phone=number)),)
        for number in said.options[:3]
    )
    return Letter(chat=turn.say("哪一个是您的新号码？"), choices=rows)


async def _ask_number(turn: Turn, not_a_number: bool = False, landline: bool = False) -> Letter:
    awaits = Act(intent="change_phone", about={"asked": "number"})
    await turn.ask(awaits)
    if landline:
        return Letter(chat=turn.say("这是座机，收不到短信。请发 11 位的手机号。"))
    if not_a_number:
        return Letter(chat=turn.say("这个号码不像手机号，请核对后把 11 位手机号再发一次。"))
    return Letter(chat=turn.say("请把新的手机号发给我（11 位）。"))
