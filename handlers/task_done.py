"""A task ends with one tap: told by call or in person, or not reached, and then why. (S4, S6)"""

from __future__ import annotations

from typing import cast, get_args

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.words import tasks as words
from handlers import task_elsewhere, task_tried
from handlers.contact_note import LONGEST
from handlers.contact_noted import noted
from handlers.next_step import away_until
from handlers.task_next import after_a_miss, following
from handlers.task_opened import over, said_in
from handlers.turn import Turn
from storage import contacts, post, recipients, suspects, task_closing, tasks
from storage.tasks import Outcome, Task, Why

_TOLD = ("call", "visit", "message")


async def close_task(turn: Turn, act: Act) -> Letter:
    """Told by call or in person: a contact of that kind, and the lesson counts as told.

    Whom nobody reached may be told later on, with the same tap.
    """
    task = await tasks.by_id(turn.tx, turn.viewer, act.about["id"])
    outcome = cast(Outcome, act.about["outcome"])
    if task is None or not _may_end(task, outcome):
        return over(turn)
    if outcome == "not_reached":
        return _ask_why(turn, task)
    if outcome == "right":
        return await _is_right(turn, task)
    return await _told(turn, task, outcome, is_noted="noted" in act.about)


async def task_why(turn: Turn, act: Act) -> Letter:
    """Why nobody was reached; it stands in the account of the lesson."""
    task = await tasks.by_id(turn.tx, turn.viewer, act.about["id"])
    why = cast(Why, act.about["why"])
    if task is None or task.closed_at is not None or why not in get_args(Why):
        return over(turn)
    if task_elsewhere.is_elsewhere(turn, task):
        return await task_elsewhere.elsewhere(turn, task)
    if why == "no_reply":
        return await task_tried.no_answer(turn, task)
    note = act.text.strip()[:LONGEST]
    if why == "other" and not note:
        awaits = Act(intent="task_why", about={"id": task.id, "why": why, "verbatim": "1"})
        await turn.ask(awaits)
        return Letter(chat=turn.say("什么原因？请直接写一句。"))
    await _not_told(turn, task, why, note)
    return await after_a_miss(turn, task, why)


async def task_in_touch(turn: Turn, act: Act) -> Letter:
    """They talk anyway: that alone does not say that this was told."""
    task = await tasks.by_id(turn.tx, turn.viewer, act.about["id"])
    if task is None or not _may_end(task, "message"):
        return over(turn)
    title = (await said_in(turn, task)).called
    return Letter(
        chat=turn.say("好。{title}也讲给 {name} 了吗？", title=title, name=task.member.name),
        sms=turn.say("好。{title}也讲给{who}了吗？", title=title, who=masked(task.member.name)),
        choices=(
            (
                turn.choice(turn.say("还没讲"), "keep_task_open", id=task.id),
                turn.choice(turn.say("讲到了"), "close_task", id=task.id, outcome="message"),
            ),
        ),
    )


async def keep_task_open(turn: Turn, act: Act) -> Letter:
    task = await tasks.by_id(turn.tx, turn.viewer, act.about["id"])
    if task is None or task.closed_at is not None:
        return over(turn)
    return Letter(
        chat=turn.say("好，这件还留着。讲到了就写“讲到了 {name}”。", name=task.member.name),
        sms=turn.say("好，这件还留着。讲到了就写“讲到了”。"),
        choices=await following(turn, task),
    )


def _may_end(task: Task, outcome: Outcome) -> bool:
    if task.closed_at is None:
        return True
    return task.kind == "tell" and outcome in _TOLD and task.outcome == "not_reached"


async def _is_right(turn: Turn, task: Task) -> Letter:
    if task.address_id is None:
        return over(turn)
    await suspects.said_right(turn.tx, turn.now, task.address_id, turn.actor.id)
    return Letter(chat=turn.say("好，按没错记下了，下次照常发。"), choices=await following(turn, task))


async def _told(turn: Turn, task: Task, outcome: Outcome, is_noted: bool) -> Letter:
    if not await _closed(turn, task, outcome):
        return over(turn)
    if task.campaign_id:
        await recipients.note(turn.tx, task.campaign_id, task.member.id, step="told", why=None)
    title = (await said_in(turn, task)).called
    if not is_noted:
        kind = cast(contacts.Kind, outcome)
        until, kept = away_until(turn, task.member), turn.say("转告了：{title}", title=title)
        await contacts.heard(turn.tx, turn.now, task.member, kind, "voice", turn.actor.id, kept, until)
    left = (await tasks.load(turn.tx, turn.viewer)).own
    done = turn.say("{title}转告到了。", title=title)
    more = done + (turn.say("还有 {n} 件待办。", n=left) if left else "")
    return noted(turn, task.member, more, more)._replace(choices=await following(turn, task))


async def _closed(turn: Turn, task: Task, outcome: Outcome) -> bool:
    if task.closed_at is not None:
        return await task_closing.told_later(turn.tx, turn.now, task.id, turn.actor.id, outcome)
    if not await task_closing.close(turn.tx, turn.now, task.id, turn.actor.id, outcome):
        return False
    if task.owner_id not in (None, turn.actor.id):
        await task_closing.owner_need_not(turn.tx, turn.now, task.id)
    return True


async def _not_told(turn: Turn, task: Task, why: Why, note: str) -> None:
    await task_closing.close(turn.tx, turn.now, task.id, turn.actor.id, "not_reached", why, note)
    if task.campaign_id:
        await recipients.note(turn.tx, task.campaign_id, task.member.id, step="not_told", why=why)
    kept = note or turn.say("转告没成：{why}", why=words.why(turn.tongue, why))
    await contacts.tried(turn.tx, turn.now, task.member, turn.actor.id, kept)
    number = await post.number_of(turn.tx, task.member.id)
    if why == "wrong_number" and number:
        await suspects.said_wrong(turn.tx, turn.now, number.id)


def _ask_why(turn: Turn, task: Task) -> Letter:
    """What changes nothing stands first: a 1 that a phone sends twice says nothing of a call."""
    known = turn.choice(turn.say("已有联系"), "task_in_touch", id=task.id)
    ways = tuple(
        turn.choice(turn.say(label), "task_why", id=task.id, why=why) for why, label in words.WHYS.items()
    )
    return Letter(
        chat=turn.say("{name} 为什么没联系上？", name=task.member.name),
        sms=turn.say("{who}为什么没联系上？", who=masked(task.member.name)),
        choices=((known, *ways),) if turn.by_sms else (ways, (known,)),
    )
