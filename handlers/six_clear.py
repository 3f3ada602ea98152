"""六清: of how many something is not known, and then of whom and what. (S2)"""

from __future__ import annotations

from typing import cast

from content.act import Act
from content.letter import Choice, Letter, Rows, in_rows
from content.rules.six_clear import POINTS, Point
from content.words.six_clear import POINTS as NAMES
from content.words.six_clear import named
from handlers import menu
from handlers.turn import Turn
from handlers.which_member import numbered
from storage import clearness
from storage.clearness import Gaps, Unclear

A_PAGE = 9


async def six_clear(turn: Turn, act: Act) -> Letter:
    """`act.about` says which of the six is looked at (`point`) and where the page before ended."""
    gaps = await clearness.gaps(turn.tx, turn.viewer)
    point = cast(Point, act.about["point"]) if act.about.get("point") in POINTS else None
    after = act.about.get("after", "")
    found = await clearness.lacking(turn.tx, turn.viewer, point, after, A_PAGE + 1)
    if not found and not after:
        return Letter(chat=_tally(turn, gaps), sms=_in_short(turn, gaps), choices=menu.for_office(turn))
    start = int(act.about.get("from", "0"))
    lines = [_line(turn, n, one) for n, one in enumerate(found[:A_PAGE], start + 1)]
    return Letter(
        chat="\n".join([_tally(turn, gaps), "", *_heading(turn, point), *lines]),
        sms=_in_short(turn, gaps),
        choices=() if turn.by_sms else _buttons(turn, gaps, point, found, start),
        rewrites="from" in act.about,
    )


def _tally(turn: Turn, gaps: Gaps) -> str:
    head = turn.say(
        "外出 {out} 人，六清都清楚的 {clear} 人，还缺的 {unclear} 人。",
        out=gaps.out,
        clear=gaps.out - gaps.unclear,
        unclear=gaps.unclear,
    )
    counted = [
        turn.say("{what} {n}", what=turn.say(NAMES[point]), n=gaps.points[point])
        for point in POINTS
        if gaps.points[point]
    ]
    return f"{head}\n" + turn.say("缺：{points}", points=turn.say("、").join(counted)) if counted else head


def _in_short(turn: Turn, gaps: Gaps) -> str:
    """Counts alone: whose they are stands in the chat."""
    points = gaps.points
    return turn.say(
        "外出{out}人，六清齐{clear}人。缺原因{reason}、时间{date}、行业{industry}、住址{address}、联系{contact}、党费{dues}。",
        out=gaps.out,
        clear=gaps.out - gaps.unclear,
        **{str(point): points[point] for point in POINTS},
    )


def _heading(turn: Turn, point: Point | None) -> list[str]:
    return [turn.say("缺{what}的：", what=turn.say(NAMES[point]))] if point else []


def _line(turn: Turn, number: int, one: Unclear) -> str:
    return turn.say(
        "{number}. {name} · {unit}：缺{points}",
        number=number,
        name=one.member.name,
        unit=one.member.unit,
        points=named(turn.tongue, one.points),
    )


def _buttons(turn: Turn, gaps: Gaps, point: Point | None, found: list[Unclear], start: int) -> Rows:
    people = [
        turn.choice(numbered(n, one.member), "open_file", id=one.member.id)
        for n, one in enumerate(found[:A_PAGE], start + 1)
    ]
    rows = in_rows(people) + in_rows(_filters(turn, gaps, point))
    following = _following(turn, point, found, start)
    return (*rows, following) if following else rows


def _filters(turn: Turn, gaps: Gaps, point: Point | None) -> list[Choice]:
    """Only those who lack one thing; and back to all of them."""
    shown = [
        turn.choice(
            turn.say("只看{what}", what=turn.say(NAMES[one])), "six_clear", **{"point": one, "from": "0"}
        )
        for one in POINTS
        if gaps.points[one] and one != point
    ]
    return [*shown, turn.choice(turn.say("看全部"), "six_clear", **{"from": "0"})] if point else shown


def _following(turn: Turn, point: Point | None, found: list[Unclear], start: int) -> tuple[Choice, ...]:
    if len(found) <= A_PAGE:
        return ()
    about = {"after": found[A_PAGE - 1].member.id, "from": str(start + A_PAGE), "point": point or ""}
    return (turn.choice(turn.say("下一页"), "six_clear", **about),)
