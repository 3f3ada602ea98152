"""A task ends with one tap: told by call or in person, or not reached, and then why. (S4, S6)"""

from __future__ import annotations

from typing import cast, get_args

from content.act import Act
from content.letter import Letter, Rows
from content.rules.names import masked
from content.words import tasks as words
from handlers.contact_note import LONGEST
from handlers.contact_noted import not_reached, noted
from handlers.next_step import away_until
from handlers.task_opened import over, said_in
from handlers.turn import Turn
from storage import contacts, post, recipients, suspects, task_closing, tasks
from storage.tasks import Outcome, Task, Why


async def close_task(turn: Turn, act: Act) -> Letter:
    """Told by call or in person: a contact of that kind, and the lesson counts as told."""
    task = await tasks.by_id(turn.tx, turn.viewer, act.about["id"])
    outcome = cast(Outcome, act.about["outcome"])
    if task is None or task.closed_at is not None:
        return over(turn)
    if outcome == "not_reached":
        return _ask_why(turn, task)
    if outcome == "right" and task.address_id:
        await suspects.said_right(turn.tx, turn.now, task.address_id, turn.actor.id)
        return Letter(chat=turn.say("好，按没错记下了，下次照常发。"), choices=await _next(turn))
    return await _told(turn, task, outcome)


async def task_why(turn: Turn, act: Act) -> Letter:
    """Why nobody was reached; it stands in the account of the lesson."""
    task = await tasks.by_id(turn.tx, turn.viewer, act.about["id"])
    why = cast(Why, act.about["why"])
    if task is None or task.closed_at is not None or why not in get_args(Why):
        return over(turn)
    note = act.text.strip()[:LONGEST]
    if why == "other" and not note:
        awaits = Act(intent="task_why", about={"id": task.id, "why": why, "verbatim": "1"})
        await turn.ask(awaits)
        return Letter(chat=turn.say("什么原因？请直接写一句。"))
    await _not_told(turn, task, why, note)
    return not_reached(turn, task.member)


async def _told(turn: Turn, task: Task, outcome: Outcome) -> Letter:
    if not await task_closing.close(turn.tx, turn.now, task.id, turn.actor.id, outcome):
        return over(turn)
    if task.campaign_id:
        await recipients.note(turn.tx, task.campaign_id, task.member.id, step="told")
    kept = turn.say("转告了：{title}", title=(await said_in(turn, task)).title)
    kind = cast(contacts.Kind, outcome)
    until = away_until(turn, task.member)
    await contacts.heard(turn.tx, turn.now, task.member, kind, "voice", turn.actor.id, kept, until)
    left = (await tasks.load(turn.tx, turn.viewer)).own
    more = turn.say("还有 {n} 件待办。", n=left) if left else ""
    return noted(turn, task.member, more, more)._replace(choices=await _next(turn))


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
    ways = tuple(
        turn.choice(turn.say(label), "task_why", id=task.id, why=why) for why, label in words.WHYS.items()
    )
    return Letter(
        chat=turn.say("{name} 为什么没联系上？", name=task.member.name),
        sms=turn.say("{who}为什么没联系上？", who=masked(task.member.name)),
        choices=(ways,),
    )


async def _next(turn: Turn) -> Rows:
    """Straight on to the next one: a liaison sits down to call all of them."""
    following = next(iter(await tasks.to_do(turn.tx, turn.viewer, limit=1)), None)
    if following is None:
        return ()
    return ((turn.choice(turn.say("下一件"), "open_task", id=following.id),),)
