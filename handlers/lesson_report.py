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
from storage import account_letter, coverage, outcomes, senders, sending_again
from storage.campaigns import Campaign
from storage.outcomes import Outcome

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


# Of a notice, which is read: it asks nothing.
_READ = {"answered": N_("已读"), "delivered": N_("已送达"), "accepted": N_("已发出，还没回执")}


async def reports(turn: Turn, _act: Act) -> Letter:
    """What the sender planned, or what was for somebody they look after; newest first."""
    seen = await coverage.in_sight(turn.tx, turn.viewer, limit=LISTED)
    if not seen:
        return Letter(chat=turn.say("还没有发过课。"), choices=menu.for_office(turn))
    rows = tuple(
        [
            (Choice(await _listed(turn, one), Act(intent="lesson_report", about={"campaign": one.id})),)
            for one in seen[: BY_SMS if turn.by_sms else len(seen)]
        ]
    )
    picture = ((turn.choice(turn.say("看图"), "lessons_picture"),),)
    drawn = any(one.sent_at and not one.is_read for one in seen)
    letter = Letter(
        chat=turn.say("看哪一课的回执？")
        if not any(one.is_read for one in seen)
        else turn.say("看哪一条的回执？"),
        choices=rows + picture if drawn and not turn.by_sms else rows,
    )
    return short.with_what_fits(letter) if turn.by_sms else letter


async def report(turn: Turn, act: Act) -> Letter:
    campaign = await lesson_coverage.seen(turn, act.about["campaign"])
    if campaign is None:
        return lesson_coverage.nothing_there(turn)
    if campaign.sent_at is None:
        return _called_off(turn, campaign) if campaign.cancelled else _still_planned(turn, campaign)
    branches = await coverage.by_branch(turn.tx, turn.viewer, campaign.id)
    found = await outcomes.of_campaign(turn.tx, turn.viewer, campaign.id)
    may_stop = await senders.may_stop(turn.tx, campaign, turn.actor.id)
    letter = await _letter(turn, act, campaign, branches, found)
    if may_stop and campaign.state in ("finished", "cancelled"):
        letter = letter._replace(chat="\n".join([letter.chat, "", *await _account(turn, campaign)]))
    below = buttons(turn.tongue, campaign.id, campaign.state, here=False) if may_stop else ()
    again = await _once_more(turn, campaign) if may_stop else ()
    return letter._replace(choices=() if turn.by_sms else (*letter.choices, *_but_the_report(below), *again))


def state_of(outcome: Outcome) -> str:
    if outcome.fate not in ("handed", "failed", "left_out"):
        return outcome.fate
    if outcome.because in ("cancelled", "expired"):
        return outcome.because
    if outcome.fate == "left_out":
        return "left_out"
    return "stopped" if outcome.member.stopped else "failed" if outcome.member.joined else "not_joined"


async def _letter(
    turn: Turn, act: Act, campaign: Campaign, branches: Sequence[Row], found: Sequence[Outcome]
) -> Letter:
    start = int(act.about.get("from", "0"))
    whole = together(branches)
    page = enumerate(found[start : start + A_PAGE], start + 1)
    lines = [
        await lesson_named(turn, campaign),
        tally(turn.tongue, whole, campaign.is_read),
        *_by_branch(turn, campaign, branches),
        "",
        *(_line(turn, campaign, n, outcome) for n, outcome in page),
    ]
    if whole.failed > whole.handed and not campaign.cancelled:
        lines += ["", turn.say("发不到的，请打电话转告。")]
    lines.append(turn.say("截至 {time}", time=turn.tongue.time(turn.now, turn.house.zone)))
    return Letter(
        chat="\n".join(lines),
        sms=tally_in_short(turn.tongue, whole, campaign.is_read),
        choices=() if turn.by_sms else _buttons(turn, campaign, start, len(found)),
        rewrites="from" in act.about,
    )


def _by_branch(turn: Turn, campaign: Campaign, branches: Sequence[Row]) -> list[str]:
    """Whoever looks after several sees where it goes slowly."""
    if len(branches) < 2:
        return []
    how_far = (
        N_("{unit}：已读 {answered} / {all}") if campaign.is_read else N_("{unit}：已答 {answered} / {all}")
    )
    return [
        turn.say(how_far, unit=unit, answered=found.answered, all=found.all)
        for unit, found in least_answered_first(branches)[:BRANCHES]
    ]


def _line(turn: Turn, campaign: Campaign, number: int, outcome: Outcome) -> str:
    states = _STATES | _READ if campaign.is_read else _STATES
    state = turn.say(states[state_of(outcome)])
    line = turn.say("{n}. {name} · {state}", n=number, name=outcome.member.name, state=state)
    if outcome.fate != "answered":
        return line + _by_voice(turn, outcome)
    if campaign.is_read:
        return line
    return line + (turn.say("，答对") if outcome.right else turn.say("，答错"))


def _by_voice(turn: Turn, outcome: Outcome) -> str:
    """Who sees to those whom no letter reached, why they reached nobody, and what kept the letter."""
    if outcome.fate == "handed":
        return turn.say("，已派人转告")
    if outcome.fate == "not_told":
        return _why_not_told(turn, outcome)
    if state_of(outcome) in ("failed", "left_out") and outcome.because:
        return turn.say("：{why}", why=words.why(turn.tongue, outcome.because))
    return ""


def _why_not_told(turn: Turn, outcome: Outcome) -> str:
    found = words.why(turn.tongue, outcome.found) if outcome.found else ""
    kept = words.why(turn.tongue, outcome.because) if outcome.because else ""
    if found and kept:
        return turn.say("：{why}（消息没到：{kept}）", why=found, kept=kept)
    return turn.say("：{why}", why=found or kept) if found or kept else ""


def _buttons(turn: Turn, campaign: Campaign, start: int, n: int) -> Rows:
    def page(label: str, first: int) -> Choice:
        about = {"campaign": campaign.id, "from": str(first)}
        return Choice(label, Act(intent="lesson_report", about=about))

    turning = [page(turn.say("上一页"), max(0, start - A_PAGE))] if start else []
    turning += [page(turn.say("下一页"), start + A_PAGE)] if n > start + A_PAGE else []
    not_yet = turn.say("谁还没读") if campaign.is_read else turn.say("谁还没答")
    refresh = (
        page(turn.say("刷新"), start),
        turn.choice(not_yet, "lesson_not_yet", campaign=campaign.id),
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


def _called_off(turn: Turn, campaign: Campaign) -> Letter:
    said = turn.say("这一条取消了，没有发。") if campaign.is_read else turn.say("这一课取消了，没有发。")
    return Letter(chat=said, choices=menu.for_office(turn))


def _still_planned(turn: Turn, campaign: Campaign) -> Letter:
    call_off = turn.say("取消这次发送") if campaign.is_read else turn.say("取消这次发课")
    off = turn.choice(call_off, "cancel_lesson", campaign=campaign.id)
    watch = turn.choice(turn.say("看回执"), "lesson_report", campaign=campaign.id)
    when = spelled(turn, campaign.planned_for)
    if campaign.state == "paused":
        go_on = turn.choice(turn.say("继续"), "resume_campaign", campaign=campaign.id)
        return Letter(chat=turn.say(_of(campaign, _PAUSED), when=when), choices=((watch, go_on, off),))
    pause = turn.choice(turn.say("暂停"), "pause_campaign", campaign=campaign.id)
    return Letter(chat=turn.say(_of(campaign, _PLANNED), when=when), choices=((watch, pause, off),))


def _of(campaign: Campaign, words_for: tuple[str, str]) -> str:
    return words_for[campaign.is_read]


_PLANNED = N_("这一课还没有发，定在 {when}。"), N_("这一条还没有发，定在 {when}。")
_PAUSED = N_("这一课暂停着，没有发，原定在 {when}。"), N_("这一条暂停着，没有发，原定在 {when}。")


async def _listed(turn: Turn, campaign: Campaign) -> str:
    named = await lesson_named(turn, campaign)
    if campaign.cancelled:
        return turn.say("{lesson}（取消了）", lesson=named)
    return named if campaign.sent_at else turn.say("{lesson}（待发）", lesson=named)
