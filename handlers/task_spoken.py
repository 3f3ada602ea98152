"""讲到了, 欧阳山没人接: a task ends in plain words; where several are open it is asked whose. (S4, S6)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from content.act import Act
from content.letter import Choice, Letter
from content.rules.names import masked
from content.rules.roles import may
from content.rules.task_ends import Ended, how_it_ended
from content.words import short
from handlers.task_opened import over, said_in
from handlers.turn import Turn
from handlers.which_member import numbered
from storage import answering, tasks
from storage.tasks import Task

_LISTED = 9
# Whom nobody reached is spoken of for so long.
_LATER = timedelta(days=30)
# Whoever opened one and comes back within the hour has made that call.
_JUST_OPENED = timedelta(hours=1)
# Said of what is with somebody else by now.
_IT_WAS_ME = ("我讲到了", "I told them")
_TOLD = ("call", "visit", "message", "in_touch")
_WHYS = ("no_reply", "wrong_number", "unwilling")


async def ended_in(turn: Turn, text: str) -> Act | None:
    """None where the words tell of no call, or there is nobody whom they can be about."""
    ended = how_it_ended(text) if may(turn.actor.roles, "liaison") else None
    if ended is None:
        return None
    found = await _meant(turn, ended)
    if len(found) == 1:
        return _act(ended.how, found[0].id)
    if found:
        return Act(intent="end_which", about={"how": ended.how, "name": ended.name})
    if went_up := _named(await tasks.with_somebody_else(turn.tx, turn.viewer), ended):
        if text.strip().startswith(_IT_WAS_ME) and len(went_up) == 1:
            return _act(ended.how, went_up[0].id)
        return Act(intent="open_task", about={"id": went_up[0].id})
    return await _told_later(turn, ended)


async def end_which(turn: Turn, act: Act) -> Letter:
    how = act.about["how"]
    found = await _meant(turn, Ended(how, act.about.get("name", "")))
    if not found:
        return over(turn)
    shown = found[:_LISTED]
    lines = [await _line(turn, n, task) for n, task in enumerate(shown, 1)]
    of_one = len({task.member.id for task in shown}) == 1
    labels = [
        (await said_in(turn, task)).called if of_one else _label(turn, n, task)
        for n, task in enumerate(shown, 1)
    ]
    ways = [Choice(label, _act(how, task.id)) for label, task in zip(labels, shown, strict=True)]
    which = turn.say("说的是哪一件？") if of_one else turn.say("说的是哪一位？")
    letter = Letter(
        chat="\n".join([which, *lines]),
        sms=which,
        choices=tuple((way,) for way in ways),
    )
    return short.with_what_fits(letter) if turn.by_sms else letter


async def _meant(turn: Turn, ended: Ended) -> list[Task]:
    """Of the open ones that can end so those of whoever was named, else the one that was just opened."""
    kind = "number_wrong" if ended.how in ("right", "not_found") else "tell"
    open_ones = await tasks.to_do(turn.tx, turn.viewer, limit=100)
    found = _named([task for task in open_ones if task.kind == kind], ended)
    if ended.name or len(found) < 2:
        return found
    opened = await _just_opened(turn)
    return [task for task in found if task.id == opened] or found


def _named(found: Sequence[Task], ended: Ended) -> list[Task]:
    """Whose name was said, in a sentence or in part; all of them where none was."""
    said = ended.name.lstrip("我给跟和").rstrip("的打了")
    return [one for one in found if one.member.name in ended.name or said in one.member.name]


async def _just_opened(turn: Turn) -> str:
    index = turn.tx.blind(turn.word.channel, turn.word.address)
    asked = await answering.last_asked(turn.tx, turn.now, index)
    if asked is None or asked.at < turn.now - _JUST_OPENED:
        return ""
    ids = {one.act.about.get("id", "") for one in asked.offered if one.act.intent == "close_task"}
    return ids.pop() if len(ids) == 1 else ""


async def _told_later(turn: Turn, ended: Ended) -> Act | None:
    """讲到了, of somebody whom they had not reached."""
    if ended.how not in _TOLD:
        return None
    closed = await tasks.closed_by_viewer(turn.tx, turn.viewer, turn.now - _LATER)
    missed = [task for task in closed if task.outcome == "not_reached" and task.kind == "tell"]
    found = _named(missed, ended)
    return _act(ended.how, found[0].id) if len(found) == 1 or (found and ended.name) else None


def _act(how: str, task_id: str) -> Act:
    if how == "in_touch":
        return Act(intent="task_in_touch", about={"id": task_id})
    if how == "not_found":
        return Act(intent="task_why", about={"id": task_id, "why": "no_reply"})
    if how in _WHYS:
        return Act(intent="task_why", about={"id": task_id, "why": how})
    return Act(intent="close_task", about={"id": task_id, "outcome": how})


def _label(turn: Turn, number: int, task: Task) -> str:
    return masked(task.member.name) if turn.by_sms else numbered(number, task.member)


async def _line(turn: Turn, number: int, task: Task) -> str:
    title = (await said_in(turn, task)).called
    return turn.say("{number}. {name} · {title}", number=number, name=task.member.name, title=title)
