"""课程回执: who got a lesson, who answered, who did not yet, person by person. (S5)"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Choice, Letter, Rows
from content.rules.coverage import Row, least_answered_first, together
from content.words.catalogue import N_
from content.words.coverage import tally, tally_in_short
from content.words.progress import buttons
from handlers import lesson_coverage, report_line, report_unsent
from handlers.lesson_named import lesson_named
from handlers.turn import Turn
from storage import account_letter, coverage, outcomes, senders, sending_again
from storage.campaigns import Campaign
from storage.outcomes import Outcome

A_PAGE = 15
BRANCHES = 12


async def report(turn: Turn, act: Act) -> Letter:
    campaign = await lesson_coverage.seen(turn, act.about["campaign"])
    if campaign is None:
        return lesson_coverage.nothing_there(turn)
    if campaign.sent_at is None:
        return (
            report_unsent.called_off(turn, campaign)
            if campaign.cancelled
            else report_unsent.still_planned(turn, campaign)
        )
    branches = await coverage.by_branch(turn.tx, turn.viewer, campaign.id)
    found = await outcomes.of_campaign(turn.tx, turn.viewer, campaign.id)
    may_stop = await senders.may_stop(turn.tx, campaign, turn.actor.id)
    letter = await _letter(turn, act, campaign, branches, found)
    if may_stop and campaign.state in ("finished", "cancelled"):
        letter = letter._replace(chat="\n".join([letter.chat, "", *await _account(turn, campaign)]))
    below = buttons(turn.tongue, campaign.id, campaign.state, here=False) if may_stop else ()
    again = await _once_more(turn, campaign) if may_stop else ()
    return letter._replace(choices=() if turn.by_sms else (*letter.choices, *_but_the_report(below), *again))


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
        *(report_line.line(turn, campaign, n, outcome) for n, outcome in page),
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
