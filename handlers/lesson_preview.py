"""What a sender reads before a lesson goes out: when, to how many by which door, and who is left to call."""

from __future__ import annotations

from datetime import datetime

from content.act import Act
from content.lessons.library import Lesson
from content.letter import Choice, Letter
from content.words.lesson_letter import lesson_title
from handlers import menu
from handlers.lesson_time import spelled
from handlers.turn import Turn
from storage import lessons
from storage.audience import Reach


async def preview_letter(turn: Turn, lesson: Lesson, when: datetime, reach: Reach) -> Letter:
    """To confirm or to drop; where it would reach nobody there is nothing to confirm."""
    if not reach.chat + reach.sms:
        return Letter(
            chat=turn.say("您负责的人里还没有谁能收到消息。请先请他们加入。"), choices=menu.for_office(turn)
        )
    hour = spelled(turn, when) if when > turn.now else turn.say("现在")
    title, figures = lesson_title(turn.tongue, lesson), _figures(turn, reach)
    lines = [turn.say("《{title}》\n时间：{when}", title=title, when=hour), figures]
    lines += [_left_to_call(turn, reach.nowhere)] if reach.nowhere else []
    lines += await _sent_before(turn, lesson)
    return Letter(
        chat="\n".join(lines),
        sms=turn.say("{when}{figures}发不到{nowhere}人。", when=hour, figures=figures, nowhere=reach.nowhere),
        choices=(_confirm_or_drop(turn, lesson, when),),
    )


def _figures(turn: Turn, reach: Reach) -> str:
    return turn.say(
        "发给 {n} 人：聊天 {chat} 人，短信 {sms} 人。",
        n=reach.chat + reach.sms,
        chat=reach.chat,
        sms=reach.sms,
    )


def _left_to_call(turn: Turn, n: int) -> str:
    return turn.say("另有 {n} 人发不到（没加入、停收了，或号码不通），请打电话转告。", n=n)


async def _sent_before(turn: Turn, lesson: Lesson) -> list[str]:
    """A word of warning: the same lesson twice reads as if nobody knew what was sent."""
    mine = await lessons.made_by(turn.tx, turn.actor.id)
    latest = next((s for s in mine if s.slug == lesson.slug and not s.cancelled), None)
    if latest is None:
        return []
    when = spelled(turn, latest.planned_for)
    if latest.sent_at:
        return [turn.say("请注意：这一课您在 {when} 发过。", when=when)]
    return [turn.say("请注意：这一课您已排在 {when} 发。", when=when)]


def _confirm_or_drop(turn: Turn, lesson: Lesson, when: datetime) -> tuple[Choice, ...]:
    about = {"slug": lesson.slug, "at": when.isoformat()}
    send = Choice(turn.say("确认"), Act(intent="send_it", about=about))
    return send, turn.choice(turn.say("取消"), "drop")
