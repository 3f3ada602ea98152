"""待办: whom to tell by voice, and which numbers to look into. (S6)"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Letter, Rows, in_rows
from content.rules.names import masked
from content.words import short
from content.words import tasks as words
from handlers import menu
from handlers.task_opened import said_in
from handlers.turn import Turn
from handlers.which_member import numbered
from storage import tasks
from storage.tasks import Load, Task

A_PAGE = 9


async def to_do(turn: Turn, act: Act) -> Letter:
    """The open ones, oldest first; `act.about` says where the page before ended."""
    after, start = act.about.get("after", ""), int(act.about.get("from", "0"))
    found = await tasks.to_do(turn.tx, turn.viewer, after, A_PAGE + 1)
    load = await tasks.load(turn.tx, turn.viewer)
    if not found:
        return Letter(chat=_none(turn, load), choices=menu.for_office(turn))
    if turn.by_sms:
        return _in_short(turn, found, load)
    lines = [await _line(turn, n, task) for n, task in enumerate(found[:A_PAGE], start + 1)]
    return Letter(
        chat="\n".join([turn.say("待办 {n} 件：", n=load.own), *lines, *_with_others(turn, load)]),
        sms=turn.say("待办{n}件。回“待办”看。", n=load.own),
        choices=_buttons(turn, found, start),
        rewrites="from" in act.about,
    )


def _none(turn: Turn, load: Load) -> str:
    return "\n".join([turn.say("没有待办。"), *_with_others(turn, load)])


def _with_others(turn: Turn, load: Load) -> list[str]:
    return [turn.say("另有 {n} 件在联系人手里。", n=load.with_others)] if load.with_others else []


async def _line(turn: Turn, number: int, task: Task) -> str:
    line = turn.say(
        "{number}. {kind} · {name} · {unit}：{cause}",
        number=number,
        kind=words.kind(turn.tongue, task.kind),
        name=task.member.name,
        unit=task.member.unit,
        cause=words.cause(turn.tongue, task.cause),
    )
    if task.campaign_id:
        line = turn.say("{line}（{more}）", line=line, more=(await said_in(turn, task)).called)
    if task.tries:
        line = turn.say("{line}，打过一次没人接", line=line)
    return line if task.owner_id else turn.say("{line}（还没有人负责）", line=line)


def _in_short(turn: Turn, found: Sequence[Task], load: Load) -> Letter:
    people = tuple(turn.choice(masked(one.member.name), "open_task", id=one.id) for one in found)
    head = turn.say("待办{n}件。回数字办一件：", n=load.own)
    return short.with_what_fits(Letter(chat=head, choices=(people,)))


def _buttons(turn: Turn, found: Sequence[Task], start: int) -> Rows:
    people = [
        turn.choice(numbered(n, task.member), "open_task", id=task.id)
        for n, task in enumerate(found[:A_PAGE], start + 1)
    ]
    if len(found) <= A_PAGE:
        return in_rows(people)
    about = {"after": found[A_PAGE - 1].id, "from": str(start + A_PAGE)}
    return (*in_rows(people), (turn.choice(turn.say("下一页"), "tasks", **about),))
