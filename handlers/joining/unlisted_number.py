"""An SMS from a number in nobody's file: claimed as somebody's new one, replaced lately, or unknown."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules import phones
from content.rules.understanding import understand
from content.words.catalogue import Tongue, tongue
from handlers import dispute, doors, liaison, new_number, number_claim, picking
from handlers.turn import Turn
from storage import answering, contacts, former_addresses, number_claims
from storage.addresses import AddressTaken
from storage.number_claims import UNDONE_WITHIN, Claim

_NOT_THEIRS = frozenset({"disown", "not_me", "dispute", "no", "stop", "drop"})


async def written_from(turn: Turn) -> Letter:
    """Two answers count here: 不是我 to a change of number, and the number's own yes to a claim."""
    act = await _meant(turn)
    since = turn.now - UNDONE_WITHIN
    replaced = await former_addresses.ended_lately(turn.tx, "sms", turn.word.address, "replaced", since)
    if replaced and act.intent == "dispute":
        return await dispute.dispute_from_the_old_number(turn, replaced)
    claim = await _claim(turn, act)
    if claim and act.intent in _NOT_THEIRS:
        return await _not_theirs(turn, claim)
    if claim and act.intent == "number_answers":
        return await _answers(turn, claim)
    if claim:
        return _what_is_awaited(turn, claim)
    return Letter(
        chat=turn.say("这个号码没有登记。如果您换了号码，请打电话给您的联系人，请他帮您改。"),
        sms=turn.say("这个号码没有登记。您若换了号，请打电话给联系人，请他帮您改。"),
    )


async def _meant(turn: Turn) -> Act:
    acts = understand(turn.word.text, turn.today)
    index = turn.tx.blind(turn.word.channel, turn.word.address)
    asked = await answering.last_asked(turn.tx, turn.now, index)
    return picking.act_of(picking.picked(acts, asked)) or acts[0]


async def _claim(turn: Turn, act: Act) -> Claim | None:
    """The claim that was asked about; words alone are about the newest one of this number."""
    if act.about.get("claim"):
        return await number_claims.open_with(turn.tx, turn.now, act.about["claim"])
    return await number_claims.open_at(turn.tx, turn.now, turn.word.address)


async def _answers(turn: Turn, claim: Claim) -> Letter:
    """The liaison has vouched and the number says yes: it is theirs."""
    member = await doors.file_of(turn, claim.person_id)
    try:
        await new_number.take_over(turn, member, claim)
    except AddressTaken:
        return Letter(chat=turn.say("这个号码登记不了，没有改动。请联系人帮您核对。"))
    await contacts.heard(turn.tx, turn.now, member, "change", turn.word.channel, member.id)
    return new_number.greeting(tongue(member.language))


async def _not_theirs(turn: Turn, claim: Claim) -> Letter:
    """Whoever claimed the number hears of it, and so does the liaison who vouched."""
    member = await doors.file_of(turn, claim.person_id)
    await number_claims.end_open(turn.tx, turn.now, claim.person_id, "refused")
    t = tongue(member.language)
    await doors.tell_every_door(turn, member.id, _to_member(t, claim.value), "refused", kind="notice")
    if claim.vouched_by:
        await liaison.write_to(turn, claim.vouched_by, lambda t: _to_liaison(t, claim.value))
    return Letter(chat=turn.say("好，以后不再打扰。"))


def _what_is_awaited(turn: Turn, claim: Claim) -> Letter:
    if claim.vouched_by:
        return number_claim.is_it_yours(turn.tongue, claim.id)
    return Letter(chat=turn.say("校验码请发到您提出换号的聊天，或用旧号码发来。这个号码还没有换好。"))


def _to_member(t: Tongue, value: str) -> Letter:
    number = phones.masked(value)
    return Letter(
        chat=t.say("{number} 那边说不是您的号码，没有换。请核对后再发一次新号码。", number=number),
        sms=t.say("{number}那边说不是您的号码，没有换。请核对再发。", number=number),
    )


def _to_liaison(t: Tongue, value: str) -> Letter:
    return Letter(
        chat=t.say("{number} 那边说不是本人的号码，没有换。请再核对。", number=phones.masked(value)),
        sms=t.say("您帮忙改的手机号，那边说不是本人，没有换。请再核对。"),
    )
