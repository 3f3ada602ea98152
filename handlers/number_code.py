"""The code that a new number was sent, typed at a door that was proven before: the number moves. (S7)"""

from __future__ import annotations

import re
import unicodedata

import structlog

from content.act import Act
from content.letter import Letter
from handlers import menu, new_number, number_claim, otherwise
from handlers.turn import Turn
from storage import number_claims
from storage.addresses import AddressTaken
from storage.number_claims import MOST_TRIES

log = structlog.get_logger()

_CODE = re.compile(r"(?:校验码|验证码)?(?:是|为)?[::]?(\d{6})")


async def typed(turn: Turn, text: str) -> Act | None:
    """Six digits from somebody who has a code to type; from anybody else they mean nothing special."""
    found = _CODE.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if found is None:
        return None
    claim = await number_claims.open_of(turn.tx, turn.now, turn.actor.id)
    return Act(intent="prove_number", text=found[1]) if claim and not claim.vouched_by else None


async def prove_number(turn: Turn, act: Act) -> Letter:
    claim = await number_claims.open_of(turn.tx, turn.now, turn.actor.id)
    if claim is None or claim.vouched_by:
        return await otherwise.not_understood(turn, act)
    if not await number_claims.try_code(turn.tx, turn.now, claim, act.text):
        log.warning("wrong_code", channel=turn.word.channel, inbox=turn.word.id, claim=claim.id)
        return _wrong(turn, MOST_TRIES - claim.tries - 1)
    try:
        await new_number.take_over(turn, await turn.own_file(), claim)
    except AddressTaken:
        return number_claim.cannot_be(turn)
    return new_number.moved(turn, claim)


def _wrong(turn: Turn, left: int) -> Letter:
    if left:
        return Letter(chat=turn.say("校验码不对，还可以试 {n} 次。请看新号码收到的短信。", n=left))
    return Letter(
        chat=turn.say("校验码几次都不对，这次换号作废，旧号码照常用。要换请重新写“换号”。"),
        choices=menu.for_member(turn),
    )
