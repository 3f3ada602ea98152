"""What stands above a list of the silent: all figures, and whom the list is about."""

from __future__ import annotations

from content.act import Act
from content.rules import places
from handlers.turn import Turn
from storage import silence
from storage.silence import Counts, Sought


def tally(turn: Turn, counted: Counts) -> str:
    if not counted.all:
        return turn.say("您负责的人里现在没有在外的。")
    return turn.say(
        "在外 {all} 人：按时 {fresh}，快到期 {due}，迟了 {late}，失联 {silent}。",
        all=counted.all,
        fresh=counted.fresh,
        due=counted.due,
        late=counted.late,
        silent=counted.silent,
    )


def title(turn: Turn, act: Act, total: int) -> str:
    place = places.place_of(act.place) if act.place else None
    where = turn.say("在{place}", place=place.short) if place else ""
    if act.n:
        return turn.say("{where}有 {n} 人 {days} 天以上没有联系：", where=where, days=act.n, n=total)
    return turn.say("{where}失联 {n} 人，最久的在前：", where=where, n=total)


async def nobody(turn: Turn, act: Act) -> str:
    """Good news, or news of nobody: the two are told apart."""
    place = places.place_of(act.place) if act.place else None
    if place is None:
        if act.n:
            return turn.say("没有人超过 {days} 天没联系，都好。", days=act.n)
        return turn.say("没有失联的人，都好。")
    there = Sought(turn.today, places.prefix_of(place.code))
    n = await silence.how_many(turn.tx, turn.viewer, turn.now, there)
    if not n:
        return turn.say("您负责的人里，没有人在{place}。", place=place.short)
    if act.n:
        return turn.say(
            "在{place}有 {n} 人，没有人超过 {days} 天没联系，都好。", place=place.short, n=n, days=act.n
        )
    return turn.say("在{place}有 {n} 人，没有失联的，都好。", place=place.short, n=n)
