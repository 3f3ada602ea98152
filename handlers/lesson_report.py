"""课程回执: who got a lesson, who answered, who did not yet, person by person. (S5)"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Choice, Letter, Rows
from content.rules.coverage import Row, least_answered_first, together
from content.words import short
from content.words.catalogue import N_
from content.words.coverage import tally
from handlers import lesson_coverage, menu
from handlers.lesson_named import lesson_named
from handlers.lesson_time import spelled
from handlers.turn import Turn
from storage import coverage, recipients
from storage.lessons import Sending
from storage.recipients import Outcome

A_PAGE = 15
BY_SMS = 3
LISTED = 8
BRANCHES = 12
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


async def reports(turn: Turn, _act: Act) -> Letter:
    """The lessons that the sender planned, or that were for somebody they look after; newest first."""
    seen = await coverage.in_sight(turn.tx, turn.viewer, limit=LISTED)
    if not seen:
        return Letter(chat=turn.say("还没有发过课。"), choices=menu.for_office(turn))
    rows = tuple(
        (Choice(_listed(turn, sending), Act(intent="lesson_report", about={"sending": sending.id})),)
        for sending in seen[: BY_SMS if turn.by_sms else len(seen)]
    )
    picture = ((turn.choice(turn.say("看图"), "lessons_picture"),),)
    letter = Letter(
        chat=turn.say("看哪一课的回执？"), choices=rows if turn.by_sms or not _sent(seen) else rows + picture
    )
    return short.with_what_fits(letter) if turn.by_sms else letter


async def report(turn: Turn, act: Act) -> Letter:
    sending = await lesson_coverage.seen(turn, act.about["sending"])
    if sending is None:
        return lesson_coverage.nothing_there(turn)
    if sending.cancelled:
        return Letter(chat=turn.say("这一课取消了，没有发。"), choices=menu.for_office(turn))
    if sending.sent_at is None:
        return _still_planned(turn, sending)
    branches = await coverage.by_branch(turn.tx, turn.viewer, sending.id)
    outcomes = await recipients.outcomes(turn.tx, turn.viewer, sending.id)
    return _letter(turn, act, sending, branches, outcomes)


def state_of(outcome: Outcome) -> str:
    if outcome.n is not None:
        return "answered"
    if outcome.state == "failed" and outcome.reason == "no_address":
        return "stopped" if outcome.member.stopped else "failed" if outcome.member.joined else "not_joined"
    return "pending" if outcome.state == "sending" else outcome.state


def _letter(
    turn: Turn, act: Act, sending: Sending, branches: Sequence[Row], outcomes: Sequence[Outcome]
) -> Letter:
    start = int(act.about.get("from", "0"))
    whole = together(branches)
    page = enumerate(outcomes[start : start + A_PAGE], start + 1)
    lines = [
        lesson_named(turn, sending),
        tally(turn.tongue, whole),
        *_by_branch(turn, branches),
        "",
        *(_line(turn, n, outcome) for n, outcome in page),
    ]
    if whole.failed:
        lines += ["", turn.say("发不到的，请打电话转告。")]
    lines.append(turn.say("截至 {time}", time=turn.tongue.time(turn.now, turn.house.zone)))
    return Letter(
        chat="\n".join(lines),
        sms=tally(turn.tongue, whole),
        choices=() if turn.by_sms else _buttons(turn, sending, start, len(outcomes)),
        rewrites="from" in act.about,
    )


def _by_branch(turn: Turn, branches: Sequence[Row]) -> list[str]:
    """Whoever looks after several sees where it goes slowly."""
    if len(branches) < 2:
        return []
    return [
        turn.say("{unit}：已答 {answered} / {all}", unit=unit, answered=found.answered, all=found.all)
        for unit, found in least_answered_first(branches)[:BRANCHES]
    ]


def _line(turn: Turn, number: int, outcome: Outcome) -> str:
    state = turn.say(_STATES[state_of(outcome)])
    line = turn.say("{n}. {name} · {state}", n=number, name=outcome.member.name, state=state)
    if outcome.n is None:
        return line
    return line + (turn.say("，答对") if outcome.right else turn.say("，答错"))


def _buttons(turn: Turn, sending: Sending, start: int, n: int) -> Rows:
    def page(label: str, first: int) -> Choice:
        about = {"sending": sending.id, "from": str(first)}
        return Choice(label, Act(intent="lesson_report", about=about))

    turning = [page(turn.say("上一页"), max(0, start - A_PAGE))] if start else []
    turning += [page(turn.say("下一页"), start + A_PAGE)] if n > start + A_PAGE else []
    refresh = (
        page(turn.say("刷新"), start),
        turn.choice(turn.say("谁还没答"), "lesson_not_yet", sending=sending.id),
        turn.choice(turn.say("看图"), "lesson_picture", sending=sending.id),
    )
    return (tuple(turning), refresh) if turning else (refresh,)


def _still_planned(turn: Turn, sending: Sending) -> Letter:
    call_off = turn.choice(turn.say("取消这次发课"), "cancel_lesson", sending=sending.id)
    watch = turn.choice(turn.say("看回执"), "lesson_report", sending=sending.id)
    return Letter(
        chat=turn.say("这一课还没有发，定在 {when}。", when=spelled(turn, sending.planned_for)),
        choices=((watch, call_off),),
    )


def _sent(seen: Sequence[Sending]) -> bool:
    return any(sending.sent_at for sending in seen)


def _listed(turn: Turn, sending: Sending) -> str:
    if sending.cancelled:
        return turn.say("{lesson}（取消了）", lesson=lesson_named(turn, sending))
    if sending.sent_at is None:
        return turn.say("{lesson}（待发）", lesson=lesson_named(turn, sending))
    return lesson_named(turn, sending)
