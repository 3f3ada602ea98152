"""课程回执: who got a lesson, who answered, who did not yet, person by person. (S5)"""

from __future__ import annotations

from collections import Counter

from content.act import Act
from content.lessons.library import all_lessons
from content.letter import Choice, Letter
from content.words.catalogue import N_
from content.words.lesson_letter import lesson_title
from handlers import menu
from handlers.turn import Turn
from storage import lessons
from storage.lessons import Outcome, Sending

A_PAGE = 15
_STATES = {
    "answered": N_("已答"),
    "delivered": N_("已送达"),
    "accepted": N_("已发出"),
    "pending": N_("在路上"),
    "unknown": N_("不确定"),
    "failed": N_("发不到"),
}


async def reports(turn: Turn, _act: Act) -> Letter:
    """The sender's lessons, newest first."""
    mine = await lessons.made_by(turn.tx, turn.actor.id)
    if not mine:
        return Letter(chat=turn.say("您还没有发过课。"), choices=menu.for_office(turn))
    rows = tuple(
        (Choice(_named(turn, sending), Act(intent="lesson_report", about={"sending": sending.id})),)
        for sending in mine
    )
    return Letter(chat=turn.say("看哪一课的回执?"), choices=rows[:3] if turn.by_sms else rows)


async def report(turn: Turn, act: Act) -> Letter:
    sending = await lessons.by_id(turn.tx, act.about["sending"])
    if sending is None or sending.made_by != turn.actor.id:
        return Letter(chat=turn.say("没有这一课的回执。"), choices=menu.for_office(turn))
    if sending.sent_at is None:
        return Letter(chat=turn.say("这一课还没到发出的时间。"), choices=menu.for_office(turn))
    outcomes = await lessons.outcomes(turn.tx, turn.viewer, sending.id)
    return _letter(turn, sending, outcomes, int(act.about.get("from", "0")))


def state_of(outcome: Outcome) -> str:
    if outcome.n is not None:
        return "answered"
    return "pending" if outcome.state == "sending" else outcome.state


def _letter(turn: Turn, sending: Sending, outcomes: list[Outcome], start: int) -> Letter:
    counted = Counter(state_of(outcome) for outcome in outcomes)
    right = sum(1 for outcome in outcomes if outcome.right)
    tally = turn.say(
        "共 {all} 人:已答 {answered}(答对 {right}),发出未答 {sent},发不到 {failed}。",
        all=len(outcomes),
        answered=counted["answered"],
        right=right,
        sent=len(outcomes) - counted["answered"] - counted["failed"],
        failed=counted["failed"],
    )
    page = outcomes[start : start + A_PAGE]
    again = Act(intent="lesson_report", about={"sending": sending.id, "from": str(start), "again": "1"})
    rows: list[tuple[Choice, ...]] = [(Choice(turn.say("刷新"), again),)]
    if len(outcomes) > start + A_PAGE:
        about = {"sending": sending.id, "from": str(start + A_PAGE), "again": "1"}
        rows.append((Choice(turn.say("下一页"), Act(intent="lesson_report", about=about)),))
    return Letter(
        chat="\n".join([_named(turn, sending), tally, "", *(_line(turn, o) for o in page)]),
        sms=tally,
        choices=() if turn.by_sms else tuple(rows),
    )


def _line(turn: Turn, outcome: Outcome) -> str:
    line = turn.say("{name} · {state}", name=outcome.member.name, state=turn.say(_STATES[state_of(outcome)]))
    if outcome.n is None:
        return line
    return line + (turn.say(",答对") if outcome.right else turn.say(",答错"))


def _named(turn: Turn, sending: Sending) -> str:
    lesson = all_lessons().get(sending.slug)
    day = turn.tongue.day(sending.planned_for.astimezone(turn.house.zone).date())
    title = lesson_title(turn.tongue, lesson) if lesson else sending.slug
    return turn.say("{day}《{title}》", day=day, title=title)
