"""One task: what is to be said, by which numbers, and how it ends with one tap. (S6)"""

from __future__ import annotations

from typing import NamedTuple

from content.act import Act
from content.lessons.library import all_lessons
from content.letter import Choice, Letter
from content.rules.names import masked
from content.words import short
from content.words import tasks as words
from content.words.lesson_letter import lesson_title
from handlers import menu, task_elsewhere
from handlers.number_told import number_told
from handlers.turn import Turn
from storage import addresses, campaigns, people, post, progress_letter, tasks, viewings
from storage.addresses import Address
from storage.tasks import Task


class Said(NamedTuple):
    """What the member was to hear: its name, `called` by its day as well, and the words in short."""

    title: str
    called: str
    words: str


async def open_task(turn: Turn, act: Act) -> Letter:
    task = await tasks.by_id(turn.tx, turn.viewer, act.about["id"])
    if task is None or task.closed_at is not None:
        return over(turn)
    if task_elsewhere.is_elsewhere(turn, task):
        return await task_elsewhere.elsewhere(turn, task)
    await viewings.record(turn.tx, turn.now, turn.viewer, task.member)
    if task.kind == "tell":
        return await _to_tell(turn, task)
    return await _number_wrong(turn, task)


async def task_words(turn: Turn, act: Act) -> Letter:
    """The words alone, for whoever reads them on an old phone before the call."""
    task = await tasks.by_id(turn.tx, turn.viewer, act.about["id"])
    if task is None or task.closed_at is not None:
        return over(turn)
    ways = _ways_to_close(turn, task)
    if turn.by_sms:
        ways = (turn.choice(turn.say("待办"), "tasks"), *ways)
    return Letter(chat=(await said_in(turn, task)).words, choices=(ways,))


def over(turn: Turn) -> Letter:
    """Done before, or come right by itself; the same words for one that is not theirs."""
    return Letter(chat=turn.say("这件已经办好了，不用再管。"), choices=menu.for_office(turn))


async def said_in(turn: Turn, task: Task) -> Said:
    """In the language of the one who is to say it."""
    campaign = await campaigns.by_id(turn.tx, task.campaign_id) if task.campaign_id else None
    if campaign is None:
        return Said("", turn.say("核实号码"), "")
    lesson = all_lessons().get(campaign.slug)
    called = await progress_letter.title_of(turn.tx, turn.tongue, campaign, in_short=turn.by_sms)
    if lesson:
        return Said(lesson_title(turn.tongue, lesson), called, lesson.in_language(turn.tongue.code).sms)
    told = await campaigns.words_of(turn.tx, campaign.id)
    title = await progress_letter.title_of(turn.tx, turn.tongue, campaign, in_short=True)
    return Said(title, called, told.get(turn.tongue.code) or told.get("zh", ""))


async def _to_tell(turn: Turn, task: Task) -> Letter:
    said, member = await said_in(turn, task), task.member
    number = await post.number_of(turn.tx, member.id)
    lines = [
        turn.say("请转告 {name}（{unit}）：", name=member.name, unit=member.unit),
        said.called,
        said.words,
        "",
        turn.say("没送到的原因：{cause}", cause=words.cause(turn.tongue, task.cause)),
        *([turn.say("打过一次，没人接。")] if task.tries else []),
        *await _numbers(turn, task),
    ]
    call = turn.say("请转告{who}，尾号{tail}：", who=masked(member.name), tail=_tail(number))
    choices = _ways_to_close(turn, task)
    if turn.by_sms:
        # What closes nothing stands first: a phone may send its 1 twice.
        choices = (turn.choice(turn.say("内容"), "task_words", id=task.id), *choices)
    room = short.room_beside(call, [choice.label for choice in choices])
    return Letter(
        chat="\n".join(lines), sms=call + short.shortened(said.title, max(room, 0)), choices=(choices,)
    )


async def _number_wrong(turn: Turn, task: Task) -> Letter:
    member = task.member
    lines = [
        turn.say("{name}（{unit}）的手机号看来不对。", name=member.name, unit=member.unit),
        turn.say("短信两次没送到：{cause}", cause=words.cause(turn.tongue, task.cause)),
        *await _numbers(turn, task),
        turn.say("请打家属电话，或问问同乡，问到新号码后改过来。"),
    ]
    number = await addresses.by_id(turn.tx, task.address_id) if task.address_id else None
    right = turn.choice(turn.say("号码没错"), "close_task", id=task.id, outcome="right")
    missed = turn.choice(turn.say("没问到"), "task_why", id=task.id, why="no_reply")
    new = (turn.choice(turn.say("改手机号"), "vouch_number", id=member.id),) if member.joined else ()
    new = new or ((turn.choice(turn.say("待办"), "tasks"),) if turn.by_sms else ())
    told = {"who": masked(member.name), "tail": _tail(number)}
    brief = turn.say("{who}的号码（尾号{tail}）看来不对，请核实。", **told)
    return Letter(chat="\n".join(lines), sms=brief, choices=((*new, right, missed),))


async def _numbers(turn: Turn, task: Task) -> list[str]:
    """Every number that may still help, the family's too, and who looks after the member."""
    member, t = task.member, turn.tongue
    known = [one for one in await addresses.of_person(turn.tx, member.id) if one.channel == "sms"]
    told = [
        (turn.say("手机"), turn.say("、").join(number_told(turn, one) for one in known)),
        (turn.say("家属电话"), member.family_phone),
    ]
    if task.owner_id != turn.actor.id:
        carer = await people.name_of(turn.tx, member.liaison_id) if member.liaison_id else ""
        told.append((turn.say("联系人"), carer))
    return [t.say("{name}：{value}", name=name, value=value or t.say("没登记")) for name, value in told]


def _ways_to_close(turn: Turn, task: Task) -> tuple[Choice, ...]:
    return (
        turn.choice(turn.say("电话告诉了"), "close_task", id=task.id, outcome="call"),
        turn.choice(turn.say("当面告诉了"), "close_task", id=task.id, outcome="visit"),
        turn.choice(turn.say("没联系上"), "close_task", id=task.id, outcome="not_reached"),
    )


def _tail(number: Address | None) -> str:
    return number.value[-4:] if number else "----"
