"""课程回执: who got a lesson, who answered, who did not yet, person by person. (S5)"""

from __future__ import annotations

from collections import Counter

from content.act import Act
from content.lessons.library import all_lessons
from content.letter import Choice, Letter
from content.words import short
from content.words.catalogue import N_
from content.words.lesson_letter import lesson_title, short_title
from handlers import menu
from handlers.lesson_time import spelled
from handlers.turn import Turn
from storage import lessons, recipients
from storage.lessons import Sending
from storage.recipients import Outcome

A_PAGE = 15
BY_SMS = 3
_STATES = {
    "answered": N_("已答"),
    "delivered": N_("已送达，还没答"),
    "accepted": N_("已发出，还没答"),
    "pending": N_("在路上"),
    "unknown": N_("不确定收到没有"),
    "failed": N_("发不到"),
    "stopped": N_("停收了，没有发"),
    "not_joined": N_("没加入，发不到"),
}
_NOT_SENT = ("failed", "stopped", "not_joined")


async def reports(turn: Turn, _act: Act) -> Letter:
    """The sender's lessons, newest first."""
    mine = await lessons.made_by(turn.tx, turn.actor.id)
    if not mine:
        return Letter(chat=turn.say("您还没有发过课。"), choices=menu.for_office(turn))
    rows = tuple(
        (Choice(_listed(turn, sending), Act(intent="lesson_report", about={"sending": sending.id})),)
        for sending in mine[: BY_SMS if turn.by_sms else len(mine)]
    )
    letter = Letter(chat=turn.say("看哪一课的回执？"), choices=rows)
    return short.with_what_fits(letter) if turn.by_sms else letter


async def report(turn: Turn, act: Act) -> Letter:
    sending = await lessons.by_id(turn.tx, act.about["sending"])
    if sending is None or sending.made_by != turn.actor.id:
        return Letter(chat=turn.say("没有这一课的回执。"), choices=menu.for_office(turn))
    if sending.cancelled:
        return Letter(chat=turn.say("这一课取消了，没有发。"), choices=menu.for_office(turn))
    if sending.sent_at is None:
        return _still_planned(turn, sending)
    outcomes = await recipients.outcomes(turn.tx, turn.viewer, sending.id)
    return _letter(turn, act, sending, outcomes)


def state_of(outcome: Outcome) -> str:
    if outcome.n is not None:
        return "answered"
    if outcome.state == "failed" and outcome.reason == "no_address":
        return "stopped" if outcome.member.stopped else "failed" if outcome.member.joined else "not_joined"
    return "pending" if outcome.state == "sending" else outcome.state


def _letter(turn: Turn, act: Act, sending: Sending, outcomes: list[Outcome]) -> Letter:
    start = int(act.about.get("from", "0"))
    tally, not_sent = _tally(turn, outcomes), sum(state_of(o) in _NOT_SENT for o in outcomes)
    page = enumerate(outcomes[start : start + A_PAGE], start + 1)
    lines = [_named(turn, sending), tally, "", *(_line(turn, n, outcome) for n, outcome in page)]
    if not_sent:
        lines += ["", turn.say("发不到的，请打电话转告。")]
    lines.append(turn.say("截至 {time}", time=turn.tongue.time(turn.now, turn.house.zone)))
    return Letter(
        chat="\n".join(lines),
        sms=tally,
        choices=() if turn.by_sms else _buttons(turn, sending, start, len(outcomes)),
        rewrites="from" in act.about,
    )


def _tally(turn: Turn, outcomes: list[Outcome]) -> str:
    counted = Counter(state_of(outcome) for outcome in outcomes)
    not_sent = sum(counted[state] for state in _NOT_SENT)
    return turn.say(
        "共 {all} 人：已答 {answered}（答对 {right}），发出未答 {sent}，发不到 {failed}。",
        all=len(outcomes),
        answered=counted["answered"],
        right=sum(1 for outcome in outcomes if outcome.right),
        sent=len(outcomes) - counted["answered"] - not_sent,
        failed=not_sent,
    )


def _line(turn: Turn, number: int, outcome: Outcome) -> str:
    state = turn.say(_STATES[state_of(outcome)])
    line = turn.say("{n}. {name} · {state}", n=number, name=outcome.member.name, state=state)
    if outcome.n is None:
        return line
    return line + (turn.say("，答对") if outcome.right else turn.say("，答错"))


def _buttons(turn: Turn, sending: Sending, start: int, n: int) -> tuple[tuple[Choice, ...], ...]:
    def page(label: str, first: int) -> Choice:
        about = {"sending": sending.id, "from": str(first)}
        return Choice(label, Act(intent="lesson_report", about=about))

    turning = [page(turn.say("上一页"), max(0, start - A_PAGE))] if start else []
    turning += [page(turn.say("下一页"), start + A_PAGE)] if n > start + A_PAGE else []
    refresh = (page(turn.say("刷新"), start),)
    return (tuple(turning), refresh) if turning else (refresh,)


def _still_planned(turn: Turn, sending: Sending) -> Letter:
    call_off = turn.choice(turn.say("取消这次发课"), "cancel_lesson", sending=sending.id)
    watch = turn.choice(turn.say("看回执"), "lesson_report", sending=sending.id)
    return Letter(
        chat=turn.say("这一课还没有发，定在 {when}。", when=spelled(turn, sending.planned_for)),
        choices=((watch, call_off),),
    )


def _listed(turn: Turn, sending: Sending) -> str:
    if sending.cancelled:
        return turn.say("{lesson}（取消了）", lesson=_named(turn, sending))
    if sending.sent_at is None:
        return turn.say("{lesson}（待发）", lesson=_named(turn, sending))
    return _named(turn, sending)


def _named(turn: Turn, sending: Sending) -> str:
    lesson = all_lessons().get(sending.slug)
    day = turn.tongue.day(sending.planned_for.astimezone(turn.house.zone).date())
    named = short_title if turn.by_sms else lesson_title
    title = named(turn.tongue, lesson) if lesson else sending.slug
    return turn.say("{day}《{title}》", day=day, title=title)
