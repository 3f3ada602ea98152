"""没人接: the task stays, is tried again the next day, and after the second time goes up. (S6)"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from content.letter import Letter
from content.rules.ladder import A_TASK_MAY_TAKE, TRIED_AGAIN_AT, TRIES
from content.rules.names import masked
from content.words import tasks as words
from handlers.task_next import following, told_after_all
from handlers.turn import Turn
from storage import contacts, people, recipients, task_closing, task_owners, task_tries
from storage.tasks import Task


async def no_answer(turn: Turn, task: Task) -> Letter:
    if task.tried_at and _day(turn, task.tried_at) >= turn.today:
        return Letter(
            chat=turn.say("今天已经记过一次，这件还留着，明天再打。"), choices=await following(turn, task)
        )
    await contacts.tried(turn.tx, turn.now, task.member, turn.actor.id, _kept(turn, task))
    if task.tries + 1 < TRIES:
        return await _tomorrow(turn, task)
    in_charge = await task_owners.in_charge(turn.tx)
    above = task_owners.nearest(in_charge, task.member.unit_path, [task.member.id, task.owner_id])
    return await _one_up(turn, task, above) if above else await _nobody_above(turn, task)


async def _tomorrow(turn: Turn, task: Task) -> Letter:
    morning = datetime.combine(turn.today + timedelta(days=1), TRIED_AGAIN_AT, turn.house.zone)
    await task_tries.tried(turn.tx, turn.now, task.id, morning, morning + A_TASK_MAY_TAKE)
    return Letter(
        chat=turn.say(
            "记下了：{why}。这件还留着，明天早上再提醒您打一次。{name} 仍算没有联系。",
            why=_why(turn, task),
            name=task.member.name,
        ),
        sms=turn.say("记下了：{why}。这件还留着，明天再提醒您打。", why=_why(turn, task)),
        choices=await following(turn, task),
    )


async def _one_up(turn: Turn, task: Task, above: str) -> Letter:
    due = turn.now + A_TASK_MAY_TAKE
    await task_owners.give(turn.tx, turn.now, above, [task.id], due, raised=True)
    who = await people.name_of(turn.tx, above)
    return Letter(
        chat=turn.say("记下了：两次都没人接。这件交给{who}了，您不用再管。", who=who),
        sms=turn.say("记下了：两次都没人接。这件交给{who}了，您不用再管。", who=masked(who)),
        choices=await following(turn, task),
    )


async def _nobody_above(turn: Turn, task: Task) -> Letter:
    """Whoever reads the account sees who is missing, and why."""
    await task_closing.close(turn.tx, turn.now, task.id, turn.actor.id, "not_reached", "no_reply")
    if task.campaign_id:
        await recipients.note(turn.tx, task.campaign_id, task.member.id, step="not_told", why="no_reply")
    return Letter(
        chat=turn.say(
            "记下了：没联系上，两次都没人接。哪天讲到了，写“讲到了 {name}”。", name=task.member.name
        ),
        sms=turn.say("记下了：没联系上，两次都没人接。哪天讲到了，写“讲到了”。"),
        choices=(*told_after_all(turn, task), *await following(turn, task)),
    )


def _kept(turn: Turn, task: Task) -> str:
    return turn.say("转告没成：{why}", why=_why(turn, task))


def _why(turn: Turn, task: Task) -> str:
    return turn.say("没问到") if task.kind == "number_wrong" else words.why(turn.tongue, "no_reply")


def _day(turn: Turn, moment: datetime) -> date:
    return moment.astimezone(turn.house.zone).date()
