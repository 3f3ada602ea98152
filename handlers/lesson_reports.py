"""回执: what was sent lately and is still to be sent, to choose one of. (S5)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.words import short
from handlers import menu
from handlers.lesson_named import lesson_named
from handlers.turn import Turn
from storage import coverage
from storage.campaigns import Campaign

BY_SMS = 3
LISTED = 8


async def reports(turn: Turn, _act: Act) -> Letter:
    """What the sender planned, or what was for somebody they look after; newest first."""
    seen = await coverage.in_sight(turn.tx, turn.viewer, limit=LISTED)
    if not seen:
        return Letter(chat=turn.say("还没有发过课。"), choices=menu.for_office(turn))
    rows = tuple(
        [
            (Choice(await _listed(turn, one), Act(intent="lesson_report", about={"campaign": one.id})),)
            for one in seen[: BY_SMS if turn.by_sms else len(seen)]
        ]
    )
    picture = ((turn.choice(turn.say("看图"), "lessons_picture"),),)
    drawn = any(one.sent_at and not one.is_read for one in seen)
    letter = Letter(
        chat=turn.say("看哪一课的回执？")
        if not any(one.is_read for one in seen)
        else turn.say("看哪一条的回执？"),
        choices=rows + picture if drawn and not turn.by_sms else rows,
    )
    return short.with_what_fits(letter) if turn.by_sms else letter


async def _listed(turn: Turn, campaign: Campaign) -> str:
    named = await lesson_named(turn, campaign)
    if campaign.cancelled:
        return turn.say("{lesson}（取消了）", lesson=named)
    return named if campaign.sent_at else turn.say("{lesson}（待发）", lesson=named)
