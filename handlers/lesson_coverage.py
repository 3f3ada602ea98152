"""一课的覆盖: as a picture, and who has not answered yet, page by page. (S5, S6)"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Drawing, Letter, Rows, in_rows
from content.pictures.of_coverage import coverage_sheet
from content.rules.coverage import Row, least_answered_first, together
from content.words.catalogue import N_
from content.words.coverage import tally, tally_in_short
from handlers import menu
from handlers.lesson_named import lesson_named
from handlers.turn import Turn
from handlers.which_member import branches_apart, numbered
from storage import campaigns, coverage
from storage.campaigns import Campaign
from storage.files import Member

A_PAGE = 12
_LESSONS_SHOWN = 8
_BY_VOICE = {"handed": N_("已派人转告"), "not_told": N_("联系人没联系上")}


async def lesson_picture(turn: Turn, act: Act) -> Letter:
    """A bar for each branch in sight."""
    campaign = await seen(turn, act.about.get("campaign", ""))
    if campaign is None:
        return nothing_there(turn)
    rows = least_answered_first(await coverage.by_branch(turn.tx, turn.viewer, campaign.id))
    named = await lesson_named(turn, campaign)
    return _pictured(turn, named, turn.say("各支部"), rows, campaign.is_read)


async def lessons_picture(turn: Turn, _act: Act) -> Letter:
    """A bar for each of the latest lessons."""
    seen = await coverage.in_sight(turn.tx, turn.viewer, limit=_LESSONS_SHOWN)
    found = [one for one in seen if one.sent_at and not one.is_read]
    rows = [
        (await lesson_named(turn, one), await coverage.of_campaign(turn.tx, turn.viewer, one.id))
        for one in found
    ]
    return _pictured(turn, turn.say("最近的课"), turn.say("各课"), rows) if rows else nothing_there(turn)


async def lesson_not_yet(turn: Turn, act: Act) -> Letter:
    """Who has not answered, each with a button to their file, for somebody will have to call them."""
    campaign = await seen(turn, act.about.get("campaign", ""))
    if campaign is None:
        return nothing_there(turn)
    found = await coverage.not_yet(
        turn.tx, turn.viewer, campaign.id, after=act.about.get("after", ""), limit=A_PAGE + 1
    )
    if not found:
        everybody = turn.say("都读了，没有落下谁。") if campaign.is_read else turn.say("都答了，没有落下谁。")
        return Letter(chat=everybody, choices=menu.for_office(turn))
    start = int(act.about.get("from", "0"))
    shown = list(enumerate(found[:A_PAGE], start + 1))
    whole = await coverage.of_campaign(turn.tx, turn.viewer, campaign.id)
    called = await branches_apart(turn, [member for _, (member, _) in shown])
    lines = [_line(turn, n, one, state) for one, (n, (_, state)) in zip(called, shown, strict=True)]
    people = [turn.choice(numbered(n, member), "open_file", id=member.id) for n, (member, _) in shown]
    following = _following(turn, campaign, found, start)
    not_yet = turn.say("还没读的：") if campaign.is_read else turn.say("还没答的：")
    return Letter(
        chat="\n".join([await lesson_named(turn, campaign), not_yet, *lines]),
        sms=tally_in_short(turn.tongue, whole, campaign.is_read),
        choices=() if turn.by_sms else (*in_rows(people), *following),
        rewrites="from" in act.about,
    )


async def seen(turn: Turn, campaign_id: str) -> Campaign | None:
    """The lesson, where this person planned it or it was for somebody whom they look after."""
    campaign = await campaigns.by_id(turn.tx, campaign_id)
    if campaign is None or campaign.made_by == turn.actor.id:
        return campaign
    return campaign if (await coverage.of_campaign(turn.tx, turn.viewer, campaign_id)).all else None


def nothing_there(turn: Turn) -> Letter:
    return Letter(chat=turn.say("没有这一课的回执。"), choices=menu.for_office(turn))


def _pictured(turn: Turn, title: str, heading: str, rows: Sequence[Row], is_read: bool = False) -> Letter:
    whole = together(rows)
    moment = turn.tongue.moment(turn.now, turn.house.zone)
    sheet = coverage_sheet(turn.tongue, title, heading, whole, rows, moment, is_read)
    return Letter(
        chat="\n".join([title, tally(turn.tongue, whole, is_read)]),
        sms=tally_in_short(turn.tongue, whole, is_read),
        picture=Drawing(f"lessons-{turn.today.isoformat()}.png", sheet),
        choices=menu.for_office(turn),
    )


def _line(turn: Turn, number: int, member: Member, state: str) -> str:
    line = turn.say("{n}. {name} · {unit}", n=number, name=member.name, unit=member.unit)
    if state in _BY_VOICE:
        return turn.say("{line}，{state}", line=line, state=turn.say(_BY_VOICE[state]))
    return turn.say("{line}，发不到，请打电话", line=line) if state == "failed" else line


def _following(turn: Turn, campaign: Campaign, found: Sequence[tuple[Member, str]], start: int) -> Rows:
    if len(found) <= A_PAGE:
        return ()
    last = found[A_PAGE - 1][0].id
    about = {"campaign": campaign.id, "after": last, "from": str(start + A_PAGE)}
    return ((turn.choice(turn.say("下一页"), "lesson_not_yet", **about),),)
