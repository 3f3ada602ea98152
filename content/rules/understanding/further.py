"""What the clause behind a piece of news adds to it: the place, the employer, the trade."""

from __future__ import annotations

import re

from content.act import Act
from content.rules.understanding.job import employer_in
from content.rules.understanding.placing import address_words, place_fields
from content.rules.understanding.trades import trade_in

_GOES_ON = re.compile(r"^(?:现在|目前|就|人)*(?:在|到|是|住|去了?|进了?|做|当|干|叫|开|跑|送|搞)")

_MOVES_ON = re.compile(r"[去回来往]|老家|户口|[吗呢]$")
_BARE_PLACE = 14  # 住的地方换了,宝安西乡


def told_further(act: Act, more: str) -> Act:
    """The act with what it lacks taken from `more`, where that goes on with the same news."""
    if not (_GOES_ON.match(more) or (len(more) <= _BARE_PLACE and not _MOVES_ON.search(more))):
        return act
    fields = place_fields(more) if not act.place and not act.ambiguous else {}
    if act.intent == "change_address":
        return act._replace(address=act.address or address_words(more), **fields)
    return act._replace(employer=act.employer or employer_in(more), job=act.job or trade_in(more), **fields)
