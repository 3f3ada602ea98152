"""A phone that answers by itself: two machines would write to each other for ever, each message paid for.

By SMS only. In a chat nobody pays, and no chat bot hears another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from content.act import Act
from content.letter import Letter
from content.rules.understanding.replies import is_code_word
from handlers.turn import Turn
from storage import answers, echoes, outbox

AN_HOUR = timedelta(hours=1)
JUST_NOW = timedelta(minutes=10)
# So fast after a text of ours nobody finds the same words as the last time.
AT_ONCE = timedelta(minutes=2)
# A secretary who notes a round of calls by SMS writes three messages for each.
MOST_ANSWERS, MOST_ANSWERS_TO_OFFICE = 20, 60
# Beyond those: what no phone writes by itself, and after that a danger, whose answer says whom to call.
MORE_TO_A_PERSON, MORE_IN_DANGER = 20, 30
# What the automatic replies of phones and companies are taken for: nothing is lost by one answer to it.
_SAYS_NOTHING_NEW = frozenset(
    {"unknown", "ack", "ask", "opinion", "check_in", "quiet", "wordless", "too_long"}
)


class Patience(NamedTuple):
    """`is_echo` where a phone seems to speak, which is no contact: the same words within the hour.

    `just_now` where they came within ten minutes; `on_its_own` where they answer each text of ours.
    """

    is_echo: bool = False
    just_now: bool = False
    on_its_own: bool = False
    answers_left: int = 1


async def patience_with(turn: Turn, acts: Sequence[Act]) -> Patience:
    """How far this address is to be answered. Code words, numbers and pleas are a person's, however often."""
    if not turn.by_sms:
        return Patience()
    office = turn.actor.role != "member"
    most = MOST_ANSWERS_TO_OFFICE if office else MOST_ANSWERS
    given = await answers.given(turn.tx, turn.now, turn.actor.address, turn.now - AN_HOUR)
    left = most - given
    if a_persons(turn, acts):
        return Patience(answers_left=left)
    words = " ".join(turn.word.text.split())
    before = await echoes.heard(turn.tx, turn.now, turn.word.channel, turn.word.address, words)
    if before is None:
        return Patience(answers_left=left)
    on_its_own = await _answers_each_text(turn, acts)
    ago = turn.now - before
    return Patience(ago < AN_HOUR or on_its_own, ago < JUST_NOW, on_its_own, left)


async def _answers_each_text(turn: Turn, acts: Sequence[Act]) -> bool:
    """Words that mean nothing to us, the same as before, and right after we wrote: an automatic reply."""
    if any(act.intent not in ("unknown", "ask") for act in acts):
        return False
    written = await outbox.last_written(turn.tx, turn.actor.address)
    return written is not None and turn.now - written < AT_ONCE


def are_you_there(turn: Turn) -> Letter:
    """Whoever is no machine loses nothing by two letters; a machine's words must hide no silent member."""
    return Letter(chat=turn.say("这像是自动回复，没有算作报平安。是您本人，请回QD。"))


def a_persons(turn: Turn, acts: Sequence[Act]) -> tuple[Act, ...]:
    """The acts, where no phone says such a thing by itself: a code word, a number, news, a plea."""
    is_a_person = is_code_word(turn.word.text) or not {act.intent for act in acts} <= _SAYS_NOTHING_NEW
    return tuple(acts) if is_a_person else ()


def least_left(acts: Sequence[Act]) -> int:
    """Down to how many answers left, below nought, such acts are answered."""
    return -MORE_IN_DANGER if any(act.urgent for act in acts) else -MORE_TO_A_PERSON


def last_word(turn: Turn) -> Letter:
    """Said once, so that an honest writer knows that they are heard all the same."""
    return Letter(chat=turn.say("这会儿短信太多，先停一小时再回。签到照样算数，急事请打电话。"))
