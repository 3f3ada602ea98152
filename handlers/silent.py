"""谁失联了: counts, then the silent ones, longest first, each with the next step. (S9)"""

from __future__ import annotations

from datetime import timedelta

from content.act import Act
from content.letter import Letter
from content.rules import places
from handlers import menu, silent_page, silent_title, silent_where
from handlers.silent_page import A_PAGE
from handlers.turn import Turn
from storage import silence
from storage.files import Member
from storage.silence import Sought


async def silent(turn: Turn, act: Act) -> Letter:
    """`act.n` asks by days, `act.place` by place; `act.about` says where the page before ended."""
    if act.ambiguous == "place":
        return silent_where.ask_which(turn, act)
    if act.ambiguous == "days":
        return Letter(chat=turn.say("请写整数的天数，比如“失联 30”。"), choices=menu.for_office(turn))
    if act.text and not act.place:
        return silent_where.not_a_place(turn, act.text)
    sought = _sought(turn, act)
    after = act.about.get("after", "")
    found = await silence.silent(turn.tx, turn.viewer, turn.now, sought, after, A_PAGE + 1)
    tally = silent_title.tally(turn, await silence.counts(turn.tx, turn.viewer, turn.now))
    return await (_page(turn, act, sought, found, tally) if found else _nobody(turn, act, tally))


async def _page(turn: Turn, act: Act, sought: Sought, found: list[Member], tally: str) -> Letter:
    total = await silence.how_many(turn.tx, turn.viewer, turn.now, sought)
    title = silent_title.title(turn, act, total)
    start = int(act.about.get("from", "0"))
    head = title if act.n or act.place else turn.say("{tally}回数字看一人：", tally=tally)
    if turn.by_sms:
        return silent_page.by_sms(turn, act, sought, found, total, head if not start else "")
    lines = [silent_page.line(turn, n, member) for n, member in enumerate(found[:A_PAGE], start + 1)]
    return Letter(
        chat="\n".join([tally, title, "", *lines]),
        sms=head,
        choices=silent_page.buttons(turn, act, sought, found, start),
        rewrites="from" in act.about,
    )


async def _nobody(turn: Turn, act: Act, tally: str) -> Letter:
    title = await silent_title.nobody(turn, act)
    sms = title if act.n or act.place else tally
    return Letter(chat=f"{tally}\n{title}", sms=sms, choices=menu.for_office(turn))


def _sought(turn: Turn, act: Act) -> Sought:
    since = turn.today - timedelta(days=act.n) if act.n else None
    return Sought(since, places.prefix_of(act.place) if act.place else "")
