"""A task that went one up: whoever had it before hears with whom it is, when they speak of it. (S6)"""

from __future__ import annotations

from content.letter import Letter
from content.rules.names import masked
from handlers import menu
from handlers.turn import Turn
from storage import people
from storage.tasks import Task


def is_elsewhere(turn: Turn, task: Task) -> bool:
    theirs_before = task.raised > 0 and task.member.liaison_id == turn.actor.id
    return theirs_before and task.owner_id not in (None, turn.actor.id)


async def elsewhere(turn: Turn, task: Task) -> Letter:
    """They may have told the member all the same, and then say so."""
    who = await people.name_of(turn.tx, task.owner_id or "")
    told = turn.choice(turn.say("我讲到了"), "close_task", id=task.id, outcome="call")
    return Letter(
        chat=turn.say(
            "{name} 的这件已经交给{who}办，您不用再管。要是您讲到了，点“我讲到了”。",
            name=task.member.name,
            who=who,
        ),
        sms=turn.say(
            "{name}的这件已交给{who}办，您不用再管。您讲到了就回“我讲到了”。",
            name=masked(task.member.name),
            who=masked(who),
        ),
        choices=() if turn.by_sms else ((told,), *menu.for_office(turn)),
    )
