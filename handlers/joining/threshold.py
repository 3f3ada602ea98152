"""Known, but not yet inside: a roster number that wrote before it agreed, or a new number not yet proved."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.understanding import understand
from handlers import ask_help, not_me, number_claim
from handlers.joining import consent, own_number, passed_on_link
from handlers.joining.roster_number import DECLINED, invitation_by_sms
from handlers.turn import Turn


def is_inside(turn: Turn) -> bool:
    return turn.actor.address.verified and turn.actor.person.joined_at is not None


async def on_the_threshold(turn: Turn, acts: tuple[Act, ...]) -> Letter:
    """Only consent, proof and refusal are heard here; a cry for help is heard everywhere."""
    act = acts[0]
    if act.intent == "join":
        return await consent.agree(turn, act)
    if act.intent == "number_answers":
        return await own_number.number_answers(turn, act)
    if act.intent == "dispute" and (shut := await passed_on_link.shut_by_the_roster_number(turn)):
        return shut
    if act.intent in ("disown", "dispute"):
        return await not_me.disown(turn, act)
    if act.intent == "not_me":
        return await not_me.not_me(turn, act)
    if act.intent in ("decline", "stop", "withdraw"):
        return await consent.decline(turn, act)
    if act.urgent and turn.actor.member:
        return await ask_help.ask_help(turn, act)
    if turn.actor.person.joined_at is not None:
        return number_claim.is_it_yours(turn.tongue)
    if turn.actor.address.suspended_for == DECLINED and not _begins_again(turn, act):
        return _a_no_is_kept(turn)
    return invitation_by_sms(turn.tongue.code)


def _begins_again(turn: Turn, act: Act) -> bool:
    """Of somebody who said no, or left: 加入, or a 同意 to a question that is long over."""
    return act.intent == "ask_in" or understand(turn.word.text, turn.today)[0].intent == "yes"


def _a_no_is_kept(turn: Turn) -> Letter:
    return Letter(chat=turn.say("您没有加入，不再给您发消息。想加入，回“加入”就行；有急难，写“求助”。"))
