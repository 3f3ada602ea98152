"""课程回执: who got a lesson, who answered, who did not yet, person by person. (S5)"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Choice, Letter, Rows
from content.rules.coverage import Row, least_answered_first, together
from content.words import short
from content.words import tasks as words
from content.words.catalogue import N_
from content.words.coverage import tally, tally_in_short
from content.words.progress import buttons
from handlers import lesson_coverage, menu
from handlers.lesson_named import lesson_named
from handlers.lesson_time import spelled
from handlers.turn import Turn
from storage import account_letter, coverage, progress_letter, recipients, senders, sending_again
from storage.campaigns import Campaign
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
    "cancelled": N_("取消了，没有发"),
    "expired": N_("过期了，没有发"),
    "told": N_("联系人转告了"),
    "not_told": N_("联系人没联系上"),
    "left_out": N_("没有发"),
}


async def reports(turn: Turn, _act: Act) -> Letter:
    """The lessons that the sender planned, or that were for somebody they look after; newest first."""
    seen = await coverage.in_sight(turn.tx, turn.viewer, limit=LISTED)
    if not seen:
        return Letter(chat=turn.say("还没有发过课。"), choices=menu.for_office(turn))
    rows = tuple(
        (Choice(_listed(turn, campaign), Act(intent="lesson_report", about={"campaign": campaign.id})),)
        for campaign in seen[: BY_SMS if turn.by_sms else len(seen)]
    )
    picture = ((turn.choice(turn.say("看图"), "lessons_picture"),),)
    letter = Letter(
        chat=turn.say("看哪一课的回执？"), choices=rows if turn.by_sms or not _sent(seen) else rows + picture
    )
    return short.with_what_fits(letter) if turn.by_sms else letter


async def report(turn: Turn, act: Act) -> Letter:
    campaign = await lesson_coverage.seen(turn, act.about["campaign"])
    if campaign is None:
        return lesson_coverage.nothing_there(turn)
    if campaign.sent_at is None:
        return _called_off(turn) if campaign.cancelled else _still_planned(turn, campaign)
    branches = await coverage.by_branch(turn.tx, turn.viewer, campaign.id)
    outcomes = await recipients.outcomes(turn.tx, turn.viewer, campaign.id)
    may_stop = await senders.may_stop(turn.tx, campaign, turn.actor.id)
    title = await progress_letter.title_of(turn.tx, turn.tongue, campaign)
    letter = _letter(turn, act, campaign, title, branches, outcomes)
    if may_stop and campaign.state in ("finished", "cancelled"):
        letter = letter._replace(chat="\n".join([letter.chat, "", *await _account(turn, campaign)]))
    below = buttons(turn.tongue, campaign.id, campaign.state, here=False) if may_stop else ()
    again = await _once_more(turn, campaign) if may_stop else ()
    return letter._replace(choices=() if turn.by_sms else (*letter.choices, *_but_the_report(below), *again))


def state_of(outcome: Outcome, campaign: Campaign) -> str:
    if outcome.n is not None:
        return "answered"
    if outcome.reason in ("cancelled", "expired"):
        return outcome.reason
    if campaign.cancelled and outcome.step == "waiting":
        return "cancelled"
    if outcome.step in ("told", "not_told", "left_out"):
        return outcome.step
    if outcome.step == "voice" or outcome.state == "failed":
        return "stopped" if outcome.member.stopped else "failed" if outcome.member.joined else "not_joined"
    return "pending" if outcome.state in ("", "sending", "held") else outcome.state


def _letter(
    turn: Turn, act: Act, campaign: Campaign, title: str, branches: Sequence[Row], outcomes: Sequence[Outcome]
) -> Letter:
    start = int(act.about.get("from", "0"))
    whole = together(branches)
    page = enumerate(outcomes[start : start + A_PAGE], start + 1)
    lines = [
        title,
        tally(turn.tongue, whole),
        *_by_branch(turn, branches),
        "",
        *(_line(turn, campaign, n, outcome) for n, outcome in page),
    ]
    if whole.failed > whole.handed:
        lines += ["", turn.say("发不到的，请打电话转告。")]
    lines.append(turn.say("截至 {time}", time=turn.tongue.time(turn.now, turn.house.zone)))
    return Letter(
        chat="\n".join(lines),
        sms=tally_in_short(turn.tongue, whole),
        choices=() if turn.by_sms else _buttons(turn, campaign, start, len(outcomes)),
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


def _line(turn: Turn, campaign: Campaign, number: int, outcome: Outcome) -> str:
    state = turn.say(_STATES[state_of(outcome, campaign)])
    line = turn.say("{n}. {name} · {state}", n=number, name=outcome.member.name, state=state)
    if outcome.n is None:
        return line + _by_voice(turn, outcome)
    return line + (turn.say("，答对") if outcome.right else turn.say("，答错"))


def _by_voice(turn: Turn, outcome: Outcome) -> str:
    """Who sees to those whom no letter reached, or why nobody reached them either."""
    if outcome.step == "voice":
        return turn.say("，已派人转告")
    if outcome.step in ("not_told", "left_out") and outcome.reason:
        return turn.say("：{why}", why=words.why(turn.tongue, outcome.reason))
    return ""


def _buttons(turn: Turn, campaign: Campaign, start: int, n: int) -> Rows:
    def page(label: str, first: int) -> Choice:
        about = {"campaign": campaign.id, "from": str(first)}
        return Choice(label, Act(intent="lesson_report", about=about))

    turning = [page(turn.say("上一页"), max(0, start - A_PAGE))] if start else []
    turning += [page(turn.say("下一页"), start + A_PAGE)] if n > start + A_PAGE else []
    refresh = (
        page(turn.say("刷新"), start),
        turn.choice(turn.say("谁还没答"), "lesson_not_yet", campaign=campaign.id),
        turn.choice(turn.say("看图"), "lesson_picture", campaign=campaign.id),
    )
    return (tuple(turning), refresh) if turning else (refresh,)


async def _account(turn: Turn, campaign: Campaign) -> list[str]:
    """Of the whole of it, for whoever answers for the whole; the first line stands above as the tally."""
    price, language = turn.house.price, turn.tongue.code
    lines = await account_letter.lines(turn.tx, turn.now, language, turn.viewer, campaign, price)
    return lines[1:]


async def _once_more(turn: Turn, campaign: Campaign) -> Rows:
    n = await sending_again.how_many(turn.tx, turn.now, campaign)
    label = turn.say("再发给没收到的 {n} 人", n=n)
    return ((turn.choice(label, "send_again", campaign=campaign.id),),) if n else ()


def _but_the_report(rows: Rows) -> Rows:
    """What may be done with the campaign, under the report itself."""
    stopping = tuple(choice for row in rows for choice in row if choice.act.intent != "lesson_report")
    return (stopping,) if stopping else ()


def _called_off(turn: Turn) -> Letter:
    return Letter(chat=turn.say("这一课取消了，没有发。"), choices=menu.for_office(turn))


def _still_planned(turn: Turn, campaign: Campaign) -> Letter:
    call_off = turn.choice(turn.say("取消这次发课"), "cancel_lesson", campaign=campaign.id)
    watch = turn.choice(turn.say("看回执"), "lesson_report", campaign=campaign.id)
    when = spelled(turn, campaign.planned_for)
    if campaign.state == "paused":
        go_on = turn.choice(turn.say("继续"), "resume_campaign", campaign=campaign.id)
        said = turn.say("这一课暂停着，没有发，原定在 {when}。", when=when)
        return Letter(chat=said, choices=((watch, go_on, call_off),))
    pause = turn.choice(turn.say("暂停"), "pause_campaign", campaign=campaign.id)
    said = turn.say("这一课还没有发，定在 {when}。", when=when)
    return Letter(chat=said, choices=((watch, pause, call_off),))


def _sent(seen: Sequence[Campaign]) -> bool:
    return any(campaign.sent_at for campaign in seen)


def _listed(turn: Turn, campaign: Campaign) -> str:
    if campaign.cancelled:
        return turn.say("{lesson}（取消了）", lesson=lesson_named(turn, campaign))
    if campaign.sent_at is None:
        return turn.say("{lesson}（待发）", lesson=lesson_named(turn, campaign))
    return lesson_named(turn, campaign)
