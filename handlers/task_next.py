"""After a call: what to try next for this member, and straight on to the next one. (S6)"""

from __future__ import annotations

from content.letter import Choice, Letter, Rows
from handlers.contact_noted import not_reached
from handlers.turn import Turn
from storage import tasks
from storage.tasks import Task, Why


async def following(turn: Turn, after: Task) -> Rows:
    """A liaison sits down to call all of them; whom they called today comes last."""
    found = await tasks.to_do(turn.tx, turn.viewer)
    others = [one for one in found if one.id != after.id and not _called_today(turn, one)]
    if not others:
        return ()
    return ((turn.choice(turn.say("下一件"), "open_task", id=others[0].id),),)


def told_after_all(turn: Turn, task: Task) -> Rows:
    """One tap, whenever it comes about. By SMS it is a word: a 1 sent twice would say that they were told."""
    if task.kind != "tell" or turn.by_sms:
        return ()
    return ((turn.choice(turn.say("后来讲到了"), "close_task", id=task.id, outcome="call"),),)


async def after_a_miss(turn: Turn, task: Task, why: Why) -> Letter:
    """Each reason has a next step of its own."""
    if why == "wrong_number":
        return await _wrong_number(turn, task)
    if why == "unwilling":
        return await _unwilling(turn, task)
    letter = not_reached(turn, task.member)
    return letter._replace(choices=(*told_after_all(turn, task), *letter.choices))


async def _wrong_number(turn: Turn, task: Task) -> Letter:
    """What is asked next is the new number; once it has answered, this text can go there."""
    member = task.member
    ask = turn.say("问问同乡或家里")
    if member.family_phone:
        ask = turn.say("打家属电话 {number} 问问", number=member.family_phone)
    new = (turn.choice(turn.say("改手机号"), "vouch_number", id=member.id),) if member.joined else ()
    return Letter(
        chat=turn.say(
            "记下了：没联系上，号码不对，以后不往那里发。\n"
            "下一步：{ask}，问到新号码就改过来；新号码核对好了，没听到的可以再发一次。",
            ask=ask,
        ),
        sms=turn.say("记下了：没联系上，号码不对，不再往那里发。请问新号码："),
        choices=_rows(new, *told_after_all(turn, task), *await following(turn, task)),
    )


async def _unwilling(turn: Turn, task: Task) -> Letter:
    return Letter(
        chat=turn.say(
            "记下了：没联系上，本人不听。\n"
            "下一步：先别再打，换个本人信得过的人，或请书记当面谈；讲到了写“讲到了 {name}”。",
            name=task.member.name,
        ),
        sms=turn.say("记下了：没联系上，本人不听。请换个他信得过的人，或请书记谈；讲到了回“讲到了”。"),
        choices=(*told_after_all(turn, task), *await following(turn, task)),
    )


def _rows(first: tuple[Choice, ...], *others: tuple[Choice, ...]) -> Rows:
    return (first, *others) if first else others


def _called_today(turn: Turn, task: Task) -> bool:
    if task.tried_at is None:
        return False
    return task.tried_at.astimezone(turn.house.zone).date() >= turn.today
