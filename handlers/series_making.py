"""新建系列课: which lessons in what order, how fast, for who comes late how fast, at what hour. (S5, S19)"""

from __future__ import annotations

from datetime import time

from content.act import Act
from content.lessons.library import LINES, all_lessons
from content.letter import Choice, Letter, in_rows
from content.rules.audience import EVERYBODY
from handlers import menu, series_shown
from handlers.lesson_search import newest_first
from handlers.turn import Turn
from storage import audience, series

_A_PAGE = 6
_MOST = 60
_EVERY = (7, 14, 3, 1)
_CATCH_UP = (1, 2, 3)
_HOURS = ("08:00", "12:00", "19:30")


async def series_new(turn: Turn, _act: Act) -> Letter:
    """A whole line, the oldest lesson first, or lessons picked one by one."""
    lines = {line: [x.slug for x in newest_first()[::-1] if x.line == line] for line in LINES}
    rows = [
        (_to_pace(turn, turn.say("{line}，{n} 课", line=turn.say(line), n=len(slugs)), slugs),)
        for line, slugs in lines.items()
        if slugs
    ]
    pick = (turn.choice(turn.say("自己一课一课挑"), "series_pick", slugs=""),)
    return Letter(chat=turn.say("系列课发哪些？按顺序，每人从第一课学起。"), choices=(*rows, pick))


async def series_pick(turn: Turn, act: Act) -> Letter:
    """The list rewrites itself; a tap adds a lesson at the end, or takes it out again."""
    slugs, start = _slugs(act), int(act.about.get("from", "0"))
    shown = newest_first()
    rows = [(_toggle(turn, slugs, lesson.slug, start),) for lesson in shown[start : start + _A_PAGE]]
    pages = [_page(turn, slugs, turn.say("上一页"), start - _A_PAGE)] if start else []
    if len(shown) > start + _A_PAGE:
        pages.append(_page(turn, slugs, turn.say("下一页"), start + _A_PAGE))
    done = [_to_pace(turn, turn.say("选好了，{n} 课", n=len(slugs)), slugs)] if slugs else []
    below = tuple(row for row in (tuple(pages), tuple(done)) if row)
    chosen = [
        turn.say("{n}. {title}", n=n, title=series_shown.title_of(turn, s)) for n, s in _numbered(slugs)
    ]
    said = "\n".join([turn.say("按学的顺序一课一课点，再点一次就去掉。"), *chosen])
    return Letter(chat=said, choices=(*rows, *below), rewrites="from" in act.about)


async def series_pace(turn: Turn, act: Act) -> Letter:
    choices = [_next(turn, turn.say("每 {n} 天一课", n=n), "series_catch_up", act, every=n) for n in _EVERY]
    return Letter(chat=turn.say("几天一课？"), choices=in_rows(choices, 2))


async def series_catch_up(turn: Turn, act: Act) -> Letter:
    """Who comes when others are at the fifth lesson."""
    every = int(act.about["every"])
    faster = [n for n in _CATCH_UP if n < every]
    choices = [_next(turn, turn.say("每 {n} 天补一课", n=n), "series_hour", act, catch=n) for n in faster]
    choices.append(_next(turn, turn.say("不赶，一样快"), "series_hour", act, catch=every))
    return Letter(chat=turn.say("后来才加入的人，怎么赶上？一天最多一课。"), choices=in_rows(choices, 2))


async def series_hour(turn: Turn, act: Act) -> Letter:
    choices = [_next(turn, hour, "series_preview", act, hour=hour) for hour in _HOURS]
    return Letter(chat=turn.say("几点发？按各人当地的时间。"), choices=in_rows(choices))


async def series_preview(turn: Turn, act: Act) -> Letter:
    slugs, about = _slugs(act), act.about
    reach = await audience.reach(turn.tx, turn.viewer, EVERYBODY, turn.now, turn.actor.id)
    lines = [
        turn.say("系列课，共 {n} 课：", n=len(slugs)),
        *(turn.say("{n}. {title}", n=n, title=series_shown.title_of(turn, s)) for n, s in _numbered(slugs)),
        series_shown.pace_line(turn, int(about["every"]), int(about["catch"]), about["hour"]),
        turn.say("现在有 {n} 人能收到，以后加入的从第一课学起。", n=reach.chat + reach.sms),
    ]
    make = Choice(turn.say("确认"), act._replace(intent="keep_series"))
    return Letter(chat="\n".join(lines), choices=((make, turn.choice(turn.say("取消"), "drop")),))


async def keep_series(turn: Turn, act: Act) -> Letter:
    slugs, about = [slug for slug in _slugs(act) if slug in all_lessons()], act.about
    if not slugs:
        return Letter(chat=turn.say("这些课都已撤下，没有建。"), choices=menu.for_office(turn))
    made = await series.make(
        turn.tx,
        turn.now,
        turn.actor.id,
        slugs,
        int(about["every"]),
        int(about["catch"]),
        time.fromisoformat(about["hour"]),
    )
    watch = turn.choice(turn.say("看进度"), "series_show", series=made.id)
    return Letter(chat=turn.say("建好了，到点就发第一课。"), choices=((watch,),))


def _slugs(act: Act) -> list[str]:
    return [slug for slug in act.about.get("slugs", "").split(",") if slug]


def _numbered(slugs: list[str]) -> list[tuple[int, str]]:
    return list(enumerate(slugs, 1))


def _toggle(turn: Turn, slugs: list[str], slug: str, start: int) -> Choice:
    title = series_shown.title_of(turn, slug)
    if slug in slugs:
        label = turn.say("✓{n} {title}", n=slugs.index(slug) + 1, title=title)
        left = [one for one in slugs if one != slug]
    else:
        label, left = title, [*slugs, slug][:_MOST]
    return turn.choice(label, "series_pick", slugs=",".join(left), **{"from": str(start)})


def _page(turn: Turn, slugs: list[str], label: str, start: int) -> Choice:
    return turn.choice(label, "series_pick", slugs=",".join(slugs), **{"from": str(max(0, start))})


def _to_pace(turn: Turn, label: str, slugs: list[str]) -> Choice:
    return turn.choice(label, "series_pace", slugs=",".join(slugs[:_MOST]))


def _next(_turn: Turn, label: str, intent: str, act: Act, **chosen: object) -> Choice:
    about = {**act.about, **{name: str(value) for name, value in chosen.items()}}
    return Choice(label, Act(intent=intent, about=about))
