"""系列课: which there are, how far each who follows one is; pausing it, going on, ending it. (S5, S19)"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.lessons.library import all_lessons
from content.letter import Choice, Letter
from content.words.catalogue import N_
from content.words.lesson_letter import lesson_title
from handlers import menu
from handlers.turn import Turn
from storage import senders, series, series_members
from storage.series import Series, SeriesLesson
from storage.series_members import HowFar

_LISTED = 8
_A_PAGE = 15
_STATES = {"running": N_("进行中"), "paused": N_("暂停着"), "ended": N_("结束了")}


async def series_list(turn: Turn, _act: Act) -> Letter:
    """Their own and those below them, and the way to a new one."""
    found = [one for one in await series.of_states(turn.tx, series.GOING) if await _may(turn, one)]
    if turn.by_sms:
        return Letter(chat=turn.say("有{n}个系列课。新建、查看请用聊天。", n=len(found)))
    rows = [(turn.choice(await _named(turn, one), "series_show", series=one.id),) for one in found[:_LISTED]]
    new = (turn.choice(turn.say("新建系列课"), "series_new"),)
    said = turn.say("看哪一个系列课？") if found else turn.say("还没有系列课。一个系列，每人从头按顺序学。")
    return Letter(chat=said, choices=(*rows, new))


async def series_show(turn: Turn, act: Act) -> Letter:
    one = await _meant(turn, act)
    return await shown(turn, one, act) if one else _nothing_there(turn)


async def series_pause(turn: Turn, act: Act) -> Letter:
    return await _moved(turn, act, series.RUNNING, "paused")


async def series_resume(turn: Turn, act: Act) -> Letter:
    return await _moved(turn, act, ("paused",), "running")


async def series_end(turn: Turn, act: Act) -> Letter:
    """Asked first: an ended one does not begin again."""
    one = await _meant(turn, act)
    if one is None:
        return _nothing_there(turn)
    end = turn.choice(turn.say("结束"), "keep_series_ended", series=one.id)
    said = turn.say("真的结束这个系列课吗？没学到的课不再发，结束后不能恢复。")
    return Letter(chat=said, choices=((end, turn.choice(turn.say("不结束"), "drop")),))


async def keep_series_ended(turn: Turn, act: Act) -> Letter:
    return await _moved(turn, act, series.GOING, "ended")


async def shown(turn: Turn, one: Series, act: Act) -> Letter:
    lessons = await series.lessons(turn.tx, one.id)
    counted = await series_members.by_position(turn.tx, turn.viewer, one.id)
    after = act.about.get("after", "")
    people = await series_members.how_far(turn.tx, turn.viewer, one.id, after, _A_PAGE + 1)
    lines = [
        turn.say("系列课（{state}），共 {n} 课：", state=turn.say(_STATES[one.state]), n=len(lessons)),
        *lesson_lines(turn, lessons),
        pace_line(turn, one.every_days, one.catch_up_days, f"{one.hour:%H:%M}"),
        *_how_many(turn, counted, len(lessons)),
        *(_line(turn, person, len(lessons)) for person in people[:_A_PAGE]),
    ]
    return Letter(chat="\n".join(lines), choices=_buttons(turn, one, people), rewrites="after" in act.about)


def lesson_lines(turn: Turn, lessons: Sequence[SeriesLesson]) -> list[str]:
    return [turn.say("{n}. {title}", n=lesson.nth, title=title_of(turn, lesson.slug)) for lesson in lessons]


def title_of(turn: Turn, slug: str) -> str:
    lesson = all_lessons().get(slug)
    return lesson_title(turn.tongue, lesson) if lesson else turn.say("（已撤下）")


def pace_line(turn: Turn, every: int, catch_up: int, hour: str) -> str:
    return turn.say(
        "每 {every} 天一课，晚来的每 {catch_up} 天一课补上，{hour} 发。",
        every=every,
        catch_up=catch_up,
        hour=hour,
    )


async def _moved(turn: Turn, act: Act, before: tuple[series.State, ...], after: series.State) -> Letter:
    one = await _meant(turn, act)
    if one is None:
        return _nothing_there(turn)
    await series.step(turn.tx, turn.now, one.id, before, after)
    now = await series.by_id(turn.tx, one.id)
    return await shown(turn, now or one, act)


async def _meant(turn: Turn, act: Act) -> Series | None:
    one = await series.by_id(turn.tx, act.about.get("series", ""))
    return one if one and await _may(turn, one) else None


async def _may(turn: Turn, one: Series) -> bool:
    return await senders.may_stop_series(turn.tx, one.made_by, turn.actor.id)


async def _named(turn: Turn, one: Series) -> str:
    lessons = await series.lessons(turn.tx, one.id)
    return turn.say(
        "《{title}》等 {n} 课 · {state}",
        title=title_of(turn, lessons[0].slug),
        n=len(lessons),
        state=turn.say(_STATES[one.state]),
    )


def _how_many(turn: Turn, counted: dict[int, int], n: int) -> list[str]:
    if not counted:
        return [turn.say("还没有人开始学。")]
    done = counted.get(n, 0)
    return [turn.say("学的人 {all}，学完的 {done}。", all=sum(counted.values()), done=done)]


def _line(turn: Turn, person: HowFar, n: int) -> str:
    if person.next_at is None:
        return turn.say("{name}：{had} / {n}，学完了", name=person.member.name, had=person.position, n=n)
    day = turn.tongue.day(person.next_at.astimezone(turn.house.zone).date())
    return turn.say(
        "{name}：{had} / {n}，下一课 {day}", name=person.member.name, had=person.position, n=n, day=day
    )


def _buttons(turn: Turn, one: Series, people: Sequence[HowFar]) -> tuple[tuple[Choice, ...], ...]:
    rows: list[tuple[Choice, ...]] = []
    if len(people) > _A_PAGE:
        after = people[_A_PAGE - 1].member.id
        rows.append((turn.choice(turn.say("下一页"), "series_show", series=one.id, after=after),))
    if one.state == "running":
        rows.append(
            (
                turn.choice(turn.say("暂停"), "series_pause", series=one.id),
                turn.choice(turn.say("结束"), "series_end", series=one.id),
            )
        )
    if one.state == "paused":
        rows.append(
            (
                turn.choice(turn.say("继续"), "series_resume", series=one.id),
                turn.choice(turn.say("结束"), "series_end", series=one.id),
            )
        )
    return tuple(rows)


def _nothing_there(turn: Turn) -> Letter:
    return Letter(chat=turn.say("没有这个系列课。"), choices=menu.for_office(turn))
