"""A claim of a new number: what speaks against it, what the number is sent, and who is told at once. (S7)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules import phones
from content.words.catalogue import Tongue, tongue
from handlers import menu
from handlers.doors import not_by_me, tell_every_door
from handlers.turn import Turn
from storage import addresses, number_claims, outbox
from storage.files import Member
from storage.number_claims import Claim
from storage.outbox import Destination

# Each claim texts a number that may be a stranger's: so many for one person, so many to one number.
CLAIMS_A_DAY = 3
TEXTS_A_DAY = 2


async def refused(turn: Turn, member: Member, number: str) -> Letter | None:
    """Somebody else's number, or too many texts today; None where nothing speaks against it."""
    known = await addresses.behind(turn.tx, "sms", number)
    if known and known.person_id != member.id:
        return cannot_be(turn)
    if await _has_shown_no_number(turn, member):
        return Letter(chat=turn.say("登记的手机号还没有核对过。要换号，请打电话给联系人，请他帮您改。"))
    claims = await number_claims.made_in_a_day(turn.tx, turn.now, member.id)
    texts = await number_claims.texted_in_a_day(turn.tx, turn.now, number)
    if claims >= CLAIMS_A_DAY or texts >= TEXTS_A_DAY:
        return Letter(
            chat=turn.say("今天核对的次数已经够多了，没有再发短信。请明天再试，急的话请打电话给联系人。"),
            sms=turn.say("今天核对的次数够多了，没有再发。请明天再试，急的话请打电话给联系人。"),
            choices=menu.own(turn),
        )
    return None


async def _has_shown_no_number(turn: Turn, member: Member) -> bool:
    """Whoever came by a link alone cannot take the place of a roster number that was never asked."""
    numbers = [door for door in await addresses.of_person(turn.tx, member.id) if door.channel == "sms"]
    return turn.actor.id == member.id and bool(numbers) and not any(number.verified for number in numbers)


async def with_code(turn: Turn, member: Member, number: str) -> None:
    """The member asks from a proven door: the code goes to the number, and comes back by the door."""
    code = number_claims.new_code()
    claim = await number_claims.make(turn.tx, turn.now, member.id, number, code=code)
    await _write_to(turn, claim, _code(tongue(member.language), code))
    await _tell_doors(turn, member, number)


async def vouched(turn: Turn, member: Member, number: str) -> None:
    """The liaison has spoken with the member: the number itself has to answer."""
    claim = await number_claims.make(turn.tx, turn.now, member.id, number, vouched_by=turn.actor.id)
    await _write_to(turn, claim, is_it_yours(tongue(member.language), claim.id))
    await _tell_doors(turn, member, number)


def is_it_yours(t: Tongue, claim_id: str = "") -> Letter:
    """To a number nobody has proved: it names no person and no organisation."""
    about = {"claim": claim_id} if claim_id else {}
    yes = Choice(t.say("是我的号码"), Act(intent="number_answers", about=about))
    no = Choice(t.say("不是"), Act(intent="disown", about=about))
    return Letter(chat=t.say("有人说这是他的新号码。是您本人就请确认。"), choices=((yes, no),))


def cannot_be(turn: Turn) -> Letter:
    """Whose number it is stays unsaid: else anybody could ask who is on a roster."""
    return Letter(
        chat=turn.say(
            "这个号码现在登记不了，没有改动。一个号码只能登记一个人：请核对号码；"
            "两人合用一部手机的，请联系人帮忙，或用聊天。"
        ),
        sms=turn.say("这个号码登记不了，没有改动。一个号码只登记一个人，请核对或问联系人。"),
        choices=menu.own(turn),
    )


async def _write_to(turn: Turn, claim: Claim, letter: Letter) -> None:
    """To a number that is nobody's address yet."""
    key = f"{turn.word.id}:claim:{claim.id}"
    await outbox.promise(turn.tx, turn.now, Destination("sms", claim.value), letter, "reply", key)


def _code(t: Tongue, code: str) -> Letter:
    return Letter(
        chat=t.say(
            "校验码{code}，1天有效。请发到您提出换号的聊天或旧号码，别告诉别人。不是您办的请不用理会。",
            code=code,
        )
    )


async def _tell_doors(turn: Turn, member: Member, number: str) -> None:
    t = tongue(member.language)
    masked = phones.masked(number)
    letter = Letter(
        chat=t.say(
            "有人用您的名义，要把手机号换成 {number}。是您本人就不用理会；不是您，请点“不是我”。",
            number=masked,
        ),
        sms=t.say("有人用您的名义要把手机号换成{number}。不是您，请回“不是我”。", number=masked),
        choices=not_by_me(t),
        chosen_by="word",
    )
    await tell_every_door(turn, member.id, letter, "claim", but_not=(number,))
