"""发课: which lesson, when, a preview with figures, and one tap to send it. (S5)

Nothing is sent here: the plan is a row, and the clock sends what has come due.
"""

from __future__ import annotations

from datetime import datetime

from content.act import Act
from content.lessons.library import Lesson, all_lessons
from content.letter import Choice, Letter
from content.words import short
from content.words.lesson_letter import lesson_title
from handlers import lesson_by_night, lesson_choice, lesson_search, menu, otherwise
from handlers.lesson_preview import preview_letter
from handlers.lesson_time import asked_again, is_over, moment_meant, spelled, usual_hours
from handlers.turn import Turn
from storage import audience, lessons
from storage.lessons import Sending


async def choose_lesson(turn: Turn, act: Act) -> Letter:
    """The one lesson with a word in its title, else the list of them; a time behind the word is kept."""
    asked = lesson_search.sought(turn, act)
    only = lesson_search.only_one_titled(turn, asked)
    if only is None:
        return await lesson_choice.list_letter(turn, act, asked)
    return await (preview if asked.when else choose_time)(turn, lesson_choice.planned(only, asked.when))


async def choose_time(turn: Turn, act: Act, first: str = "") -> Letter:
    """Now, at one of two usual hours, or a time in one's own words; `first` is said before the question."""
    lesson = _lesson(act)
    if lesson is None:
        return await choose_lesson(turn, Act(intent="send_lesson"))
    await _await_time(turn, lesson)
    times = [(turn.say("现在就发"), turn.now), *((spelled(turn, at), at) for at in usual_hours(turn))]
    title = lesson_title(turn.tongue, lesson)
    letter = Letter(
        chat=first + turn.say("《{title}》什么时候发？也可以直接写时间，比如“明天 19:30”。", title=title),
        sms=first + turn.say("《{title}》何时发？可直接写时间。", title=title),
        choices=tuple((_at(lesson, label, moment),) for label, moment in times),
    )
    return short.with_what_fits(letter) if turn.by_sms else letter


async def preview(turn: Turn, act: Act) -> Letter:
    """Whom it reaches by which door, before anything goes out."""
    lesson = _lesson(act)
    if lesson is None:
        return await choose_lesson(turn, Act(intent="send_lesson"))
    when = moment_meant(turn, act)
    if isinstance(when, str):
        await _await_time(turn, lesson)
        return Letter(chat=asked_again(turn, when))
    if lesson_by_night.is_unasked(turn, act, when):
        return lesson_by_night.ask_first(turn, lesson, when)
    reach = audience.reach(await audience.of_sender(turn.tx, turn.viewer, turn.actor.id))
    return await preview_letter(turn, lesson, when, reach)


async def send_it(turn: Turn, act: Act) -> Letter:
    """Confirmed: planned, and sent by the clock. The same button pressed again plans nothing more."""
    lesson = _lesson(act)
    if lesson is None:
        return await otherwise.expired(turn, act)
    when = datetime.fromisoformat(act.about["at"])
    if is_over(turn, when):
        return await choose_time(turn, act, turn.say("刚才选的时间已经过了，还没有发。"))
    planned = await lessons.plan_once(turn.tx, turn.now, turn.actor.id, lesson.slug, when)
    return _on_its_way(turn, lesson_title(turn.tongue, lesson), planned)


async def cancel(turn: Turn, act: Act) -> Letter:
    sending = await lessons.by_id(turn.tx, act.about["sending"])
    if sending and sending.made_by == turn.actor.id and await lessons.cancel(turn.tx, turn.now, sending):
        return Letter(chat=turn.say("取消了，这一课不发了。"), choices=menu.for_office(turn))
    return Letter(chat=turn.say("这一课已经发出，取消不了。"), choices=menu.for_office(turn))


def _on_its_way(turn: Turn, title: str, planned: Sending) -> Letter:
    when = planned.planned_for
    watch = turn.choice(turn.say("看回执"), "lesson_report", sending=planned.id)
    if when <= turn.now:
        return Letter(
            chat=turn.say("《{title}》正在发出。", title=title),
            sms=turn.say("正在发出。"),
            choices=((watch,),),
        )
    # Calling off never stands first: whoever sends their 1 twice by SMS would call off what they confirmed.
    call_off = turn.choice(turn.say("取消这次发课"), "cancel_lesson", sending=planned.id)
    return Letter(
        chat=turn.say("排好了：{when} 发《{title}》。", when=spelled(turn, when), title=title),
        sms=turn.say("排好了，{when}发。", when=spelled(turn, when)),
        choices=((watch, call_off),),
    )


def _lesson(act: Act) -> Lesson | None:
    return all_lessons().get(act.about.get("slug", ""))


def _at(lesson: Lesson, label: str, moment: datetime) -> Choice:
    about = {"slug": lesson.slug, "at": moment.isoformat()}
    return Choice(label, Act(intent="preview_lesson", about=about))


async def _await_time(turn: Turn, lesson: Lesson) -> None:
    awaits = Act(intent="preview_lesson", about={"slug": lesson.slug, "verbatim": "1"})
    await turn.ask(awaits)
