"""撤销, of a task: what was closed by a slip within a day is open again, as if it had not been said. (S6)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules.ladder import A_TASK_MAY_TAKE, TAKEN_BACK_WITHIN
from content.rules.names import masked
from handlers.task_opened import over, said_in
from handlers.turn import Turn
from storage import contacts, post, recipients, suspects, task_closing, task_tries, tasks
from storage.tasks import Task

_BY_A_TAP = ("call", "visit", "message", "not_reached", "right")


async def way_back(turn: Turn) -> Choice | None:
    """The last one of this person, where it can be taken back."""
    task = await _last(turn)
    if task is None:
        return None
    label = turn.say("{who}的待办", who=masked(task.member.name))
    return turn.choice(label, "reopen_task", id=task.id)


async def reopen_task(turn: Turn, act: Act) -> Letter:
    task = await _last(turn)
    if task is None or task.id != act.about["id"]:
        return over(turn)
    is_open = await task_tries.not_tried(turn.tx, turn.now, task.id) if _is_open(task) else False
    if not is_open and not await _open_again(turn, task):
        return Letter(chat=turn.say("这件后来已经有了着落，撤不回来了。"))
    title = (await said_in(turn, task)).called
    open_it = turn.choice(turn.say("打开这件"), "open_task", id=task.id)
    return Letter(
        chat=turn.say("改回来了：{name}的{title}还在您的待办里。", name=task.member.name, title=title),
        sms=turn.say("改回来了：{name}的这件还在您的待办里。", name=masked(task.member.name)),
        choices=((open_it,),),
    )


async def _last(turn: Turn) -> Task | None:
    since = turn.now - TAKEN_BACK_WITHIN
    closed = await tasks.closed_by_viewer(turn.tx, turn.viewer, since)
    tried = [one for one in await tasks.to_do(turn.tx, turn.viewer) if one.tried_at and one.tried_at > since]
    found = [one for one in (*closed, *tried) if _is_open(one) or one.outcome in _BY_A_TAP]
    return max(found, key=lambda one: one.closed_at or one.tried_at or one.opened_at, default=None)


def _is_open(task: Task) -> bool:
    return task.closed_at is None


async def _open_again(turn: Turn, task: Task) -> bool:
    """False where it went on by itself meanwhile: sent once more, or answered."""
    if task.campaign_id and not await recipients.back_to_voice(turn.tx, task.campaign_id, task.member.id):
        return False
    if task.closed_at:
        await contacts.take_back(turn.tx, task.member, turn.actor.id, task.closed_at)
    number = await post.number_of(turn.tx, task.member.id)
    if task.why == "wrong_number" and number:
        await suspects.not_said_wrong(turn.tx, turn.now, number.id, turn.actor.id)
    if task.outcome == "right":
        await suspects.doubted_all_along(turn.tx, task.id)
    owner, due = task.owner_id or turn.actor.id, turn.now + A_TASK_MAY_TAKE
    return await task_closing.open_again(turn.tx, turn.now, task.id, owner, due)
