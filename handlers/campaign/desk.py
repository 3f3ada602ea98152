"""草稿: what was begun and not sent, to go on with. Nothing of it is lost by a restart, or by a week."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.words import short
from handlers import menu
from handlers.campaign import drafted
from handlers.turn import Turn
from storage import drafts
from storage.drafts import Draft

_ROOM = 14


async def unfinished(turn: Turn, _act: Act) -> Letter:
    found = await drafts.unfinished(turn.tx, turn.actor.id, states=("draft", "waiting"))
    if not found:
        return drafted.none_begun(turn)
    rows = tuple((turn.choice(label(turn, draft), "preview_draft", draft=draft.id),) for draft in found)
    letter = Letter(chat=turn.say("还没发的草稿，点一个接着办："), sms=turn.say("草稿："), choices=rows)
    return short.with_what_fits(letter) if turn.by_sms else letter


async def leave_draft(turn: Turn, _act: Act) -> Letter:
    """先不发了: nothing goes out, and nothing is lost."""
    return Letter(chat=turn.say("好，先不发。草稿留着，想接着办，写“草稿”。"), choices=menu.for_office(turn))


def label(turn: Turn, draft: Draft) -> str:
    what, words = drafted.called(turn, draft), draft.words.get("zh", "")
    label = turn.say("{what}：{words}", what=what, words=short.shortened(words, _ROOM)) if words else what
    return turn.say("{what}（等人同意）", what=label) if draft.state == "waiting" else label
