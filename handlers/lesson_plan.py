"""发课: which lesson, when, a preview with figures, and one tap to send it. (S5)

Nothing is sent here: the plan is a row, and the clock sends what has come due.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from content.act import Act
from content.lessons.library import Lesson, all_lessons
from content.letter import Choice, Letter
from content.rules.dates import find_date
from content.rules.times import find_time
from content.words.lesson_letter import lesson_title
from handlers import menu
from handlers.turn import Turn
from storage import audience, dialogues, lessons

_EVENING, _MORNING = time(19, 30), time(8, 0)


async def choose_lesson(turn: Turn, act: Act) -> Letter:
    """A lesson by a word of its title, else the list of them."""
    wanted = act.text.strip()
    found = [x for x in all_lessons().values() if wanted in lesson_title(turn.tongue, x)]
    if wanted and len(found) == 1:
        return await choose_time(turn, Act(intent="plan_lesson", about={"slug": found[0].slug}))
    rows = tuple(
        (
            Choice(
                turn.say(
                    "{line} · {title}", line=turn.say(lesson.line), title=lesson_title(turn.tongue, lesson)
                ),
                Act(intent="plan_lesson", about={"slug": lesson.slug}),
            ),
        )
        for lesson in (found or all_lessons().values())
    )
    return Letter(chat=turn.say("发哪一课?"), choices=rows)


async def choose_time(turn: Turn, act: Act) -> Letter:
    """Now, at one of two usual hours, or a time in one's own words."""
    lesson = _lesson(act)
    if lesson is None:
        return await choose_lesson(turn, Act(intent="send_lesson"))
    awaits = Act(intent="preview_lesson", about={"slug": lesson.slug, "verbatim": "1"})
    await dialogues.ask(turn.tx, turn.now, turn.actor.id, turn.word.channel, awaits)
    rows = [[_at(turn, act, turn.say("现在就发"), turn.now)]]
    for moment in _usual_hours(turn):
        rows.append([_at(turn, act, _spelled(turn, moment), moment)])
    title = lesson_title(turn.tongue, lesson)
    return Letter(
        chat=turn.say("《{title}》什么时候发?也可以直接写时间,比如“明天 19:30”。", title=title),
        sms=turn.say("《{title}》何时发?或写时间,如:明天19:30。", title=title[:12]),
        choices=tuple(tuple(row) for row in rows),
    )


async def preview(turn: Turn, act: Act) -> Letter:
    """Whom it reaches by which door, before anything goes out."""
    lesson = _lesson(act)
    when = _when(turn, act)
    if lesson is None:
        return await choose_lesson(turn, Act(intent="send_lesson"))
    if when is None:
        return await _ask_time_again(turn, act)
    reach = audience.reach(await audience.of_sender(turn.tx, turn.viewer, turn.actor.id))
    if not reach.chat + reach.sms:
        return Letter(
            chat=turn.say("您负责的人里还没有谁能收到消息。请先请他们加入。"), choices=menu.for_office(turn)
        )
    about = {"slug": lesson.slug, "at": when.isoformat()}
    return Letter(
        chat=turn.say(
            "《{title}》\n时间:{when}\n将发给 {n} 人:聊天 {chat} 人,短信 {sms} 人。\n"
            "发不到的 {nowhere} 人(没加入、停了短信或号码不通),请用电话转告。",
            title=lesson_title(turn.tongue, lesson),
            when=_spelled(turn, when) if when > turn.now else turn.say("现在"),
            n=reach.chat + reach.sms,
            chat=reach.chat,
            sms=reach.sms,
            nowhere=reach.nowhere,
        ),
        sms=turn.say("将发给{n}人,发不到{nowhere}人。", n=reach.chat + reach.sms, nowhere=reach.nowhere),
        choices=(
            (
                Choice(turn.say("确认"), Act(intent="send_it", about=about)),
                turn.choice(turn.say("取消"), "drop"),
            ),
        ),
    )


async def send_it(turn: Turn, act: Act) -> Letter:
    """Confirmed: planned, and sent by the clock. The same button pressed again plans nothing more."""
    lesson = _lesson(act)
    if lesson is None:
        return await menu.expired(turn, act)
    when = datetime.fromisoformat(act.about["at"])
    planned = await lessons.plan_once(turn.tx, turn.now, turn.actor.id, lesson.slug, when)
    title = lesson_title(turn.tongue, lesson)
    watch = turn.choice(turn.say("看回执"), "lesson_report", sending=planned.id)
    if when <= turn.now:
        return Letter(
            chat=turn.say("《{title}》正在发出。", title=title),
            sms=turn.say("正在发出。"),
            choices=((watch,),),
        )
    call_off = turn.choice(turn.say("取消这次发课"), "cancel_lesson", sending=planned.id)
    return Letter(
        chat=turn.say("排好了:{when} 发《{title}》。", when=_spelled(turn, when), title=title),
        sms=turn.say("排好了,{when}发。", when=_spelled(turn, when)),
        choices=((call_off,),),
    )


async def cancel(turn: Turn, act: Act) -> Letter:
    sending = await lessons.by_id(turn.tx, act.about["sending"])
    if sending and sending.made_by == turn.actor.id and await lessons.cancel(turn.tx, turn.now, sending):
        return Letter(chat=turn.say("取消了,这一课不发了。"), choices=menu.for_office(turn))
    return Letter(chat=turn.say("这一课已经发出,取消不了。"), choices=menu.for_office(turn))


def _lesson(act: Act) -> Lesson | None:
    return all_lessons().get(act.about.get("slug", ""))


def _usual_hours(turn: Turn) -> list[datetime]:
    """The next usual hours: people read after work and before it."""
    local = turn.now.astimezone(turn.house.zone)
    moments = [
        datetime.combine(local.date() + timedelta(days=day), hour, turn.house.zone)
        for day in (0, 1)
        for hour in (_MORNING, _EVENING)
    ]
    return [moment for moment in moments if moment > local][:2]


def _at(turn: Turn, act: Act, label: str, moment: datetime) -> Choice:
    about = {"slug": act.about["slug"], "at": moment.isoformat()}
    return Choice(label, Act(intent="preview_lesson", about=about))


def _when(turn: Turn, act: Act) -> datetime | None:
    """The moment on the button, or in the sender's words; None where it is unclear or past."""
    if "at" in act.about:
        return max(datetime.fromisoformat(act.about["at"]), turn.now)
    local = turn.now.astimezone(turn.house.zone)
    hour = find_time(act.text)
    if hour is None:
        return turn.now if act.text.strip() in ("现在", "马上", "立即", "now") else None
    day = find_date(act.text, local.date()) or local.date()
    moment = datetime.combine(day, hour, turn.house.zone)
    return moment if moment > local else None


async def _ask_time_again(turn: Turn, act: Act) -> Letter:
    awaits = Act(intent="preview_lesson", about={"slug": act.about["slug"], "verbatim": "1"})
    await dialogues.ask(turn.tx, turn.now, turn.actor.id, turn.word.channel, awaits)
    return Letter(chat=turn.say("没看懂时间,或已经过了。请写成“明天 19:30”或“11月25日 8点”。"))


def _spelled(turn: Turn, moment: datetime) -> str:
    local = moment.astimezone(turn.house.zone)
    return f"{turn.tongue.day(local.date())} {turn.tongue.time(local, turn.house.zone)}"
