"""A member answers a lesson's question, or asks for the latest lesson again. (S5)"""

from __future__ import annotations

from content.act import Act
from content.lessons.library import Lesson, all_lessons
from content.letter import Letter
from content.words.lesson_letter import lesson_letter
from content.words.short import letter_of
from handlers import menu, otherwise
from handlers.turn import Turn
from storage import campaigns, recipients


async def lesson_answer(turn: Turn, act: Act) -> Letter:
    """The first answer counts; whoever answers again is told so, and the right one."""
    campaign = await campaigns.by_id(turn.tx, act.about["campaign"])
    lesson = all_lessons().get(campaign.slug) if campaign else None
    if campaign is None or lesson is None:
        return await otherwise.expired(turn, act)
    right = act.n == lesson.right
    first = await recipients.answer(turn.tx, turn.now, campaign.id, turn.actor.id, act.n, right)
    return _told(turn, lesson, right, first)


async def latest_lesson(turn: Turn, _act: Act) -> Letter:
    """The lesson sent last to this member, once more; its question can still be answered."""
    campaign = await recipients.latest_for(turn.tx, turn.actor.id)
    lesson = all_lessons().get(campaign.slug) if campaign else None
    if campaign is None or lesson is None:
        return Letter(chat=turn.say("还没有给您发过课。发了会第一时间送到。"), choices=menu.for_member(turn))
    return lesson_letter(turn.tongue, lesson, campaign.id)


def _told(turn: Turn, lesson: Lesson, right: bool, first: bool) -> Letter:
    wording = lesson.in_language(turn.tongue.code)
    letter = letter_of(lesson.right)
    why, answer = wording.explanation, wording.options[lesson.right - 1]
    if not first:
        said = turn.say("这题您答过了，以第一次为准。正确的是“{answer}”。{why}", answer=answer, why=why)
        short = turn.say("这题您答过了，以第一次为准。正确的是{letter}。", letter=letter)
    elif right:
        said = short = turn.say("答对了！{why}", why=why)
    else:
        said = turn.say("没答对，没关系。正确的是“{answer}”。{why}", answer=answer, why=why)
        short = turn.say("没答对，正确的是{letter}。{why}", letter=letter, why=why)
    return Letter(chat=said, sms=short, choices=menu.for_member(turn))
