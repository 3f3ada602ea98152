"""补一样: asks the member for one of the six things; dues alone are entered by the branch. (S2)"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import cast

from content.act import Act
from content.letter import Choice, Letter
from content.rules.dates.since import find_since
from content.rules.six_clear import Point
from content.words.address import spelled
from content.words.catalogue import N_
from content.words.six_clear import POINTS
from handlers import change_job, change_phone, menu
from handlers.dues import ask_branch
from handlers.my_file import what_is_missing
from handlers.turn import Turn
from storage import changes, members
from storage.files import Member

LONGEST_REASON = 60
_REASONS = (N_("务工"), N_("经商"), N_("随家人"), N_("求学"))


async def fill_in(turn: Turn, act: Act) -> Letter:
    """The conversation for the thing that `act.about` names, or for the first that is missing."""
    member = await turn.own_file()
    missing = await what_is_missing(turn, member)
    point = cast(Point, act.about.get("point") or next(iter(missing), ""))
    if point not in _ASKS:
        return Letter(chat=turn.say("六样都清楚，什么都不缺。"), choices=menu.for_member(turn))
    return await _ASKS[point](turn, member)


async def give_reason(turn: Turn, act: Act) -> Letter:
    """Why they went away, by a button or in their own words."""
    member, reason = await turn.own_file(), act.text.strip()[:LONGEST_REASON]
    if not reason:
        return await _ask_reason(turn, member)
    if reason != member.reason:
        await changes.record(turn.tx, member, turn.change(member, "reason", member.reason, reason))
        await members.note_texts(turn.tx, member, reason=reason)
    return await _noted(turn, "reason")


async def ask_since(turn: Turn, act: Act) -> Letter:
    """Read back: a year that was misread would count them wrong in every table."""
    since = find_since(act.text, turn.today)
    if since is None:
        return await _ask_date(turn, await turn.own_file())
    confirm = Choice(turn.say("对"), Act(intent="keep_since", date=since.isoformat()))
    day = turn.tongue.month(since)
    return Letter(
        chat=turn.say("外出时间记为 {day}，对吗？", day=day),
        choices=((confirm, turn.choice(turn.say("重写"), "ask_since")),),
    )


async def keep_since(turn: Turn, act: Act) -> Letter:
    member, since = await turn.own_file(), date.fromisoformat(act.date)
    if since != member.out_since:
        before = member.out_since.isoformat() if member.out_since else ""
        await changes.record(turn.tx, member, turn.change(member, "since", before, since.isoformat()))
        await members.note_facts(turn.tx, member, out_since=since)
    return await _noted(turn, "date")


async def _noted(turn: Turn, point: Point) -> Letter:
    """And on to the next thing, by one button, as long as something is missing."""
    missing = [one for one in await what_is_missing(turn, await turn.own_file()) if one != point]
    done = turn.say("记下了：{what}。", what=turn.say(POINTS[point]))
    if not missing:
        done = turn.say("记下了：{what}。六样都清楚了，谢谢您。", what=turn.say(POINTS[point]))
        return Letter(chat=done, choices=menu.for_member(turn))
    label = turn.say("补{what}", what=turn.say(POINTS[missing[0]]))
    return Letter(chat=done, choices=((turn.choice(label, "fill_in", point=missing[0]),),))


async def _ask_reason(turn: Turn, _member: Member) -> Letter:
    await _await(turn, Act(intent="give_reason", about={"asked": "why", "verbatim": "1"}))
    labels = [turn.say(reason) for reason in _REASONS]
    return Letter(
        chat=turn.say("您是为什么外出的？点一个，或直接写。"),
        sms=turn.say("您是为什么外出的？也可直接写。"),
        choices=(tuple(Choice(label, Act(intent="give_reason", text=label)) for label in labels),),
    )


async def _ask_date(turn: Turn, _member: Member) -> Letter:
    await _await(turn, Act(intent="ask_since", about={"asked": "when", "verbatim": "1"}))
    return Letter(
        chat=turn.say("您是哪年哪月外出的？写“2023年3月”这样就行。"),
        sms=turn.say("您是哪年哪月外出的？如：2023年3月。"),
    )


async def _ask_industry(turn: Turn, _member: Member) -> Letter:
    return await change_job.change_job(turn, Act(intent="change_job"))


async def _ask_address(turn: Turn, member: Member) -> Letter:
    """The town is known as a rule: what is missing is where in it."""
    await _await(turn, Act(intent="change_address", about={"asked": "where", "words": ""}))
    known = spelled(member.place_code, "")
    chat = turn.say("登记的只有{place}。请连市县和街道门牌一起写，比如“昆山玉山镇前进路5号”。", place=known)
    return Letter(
        chat=chat
        if known
        else turn.say("您现在住在哪里？请连市县和街道门牌一起写，比如“昆山玉山镇前进路5号”。"),
        sms=turn.say("您现在的详细住址？请连市县一起写，如：昆山玉山镇前进路5号。"),
    )


async def _ask_number(turn: Turn, _member: Member) -> Letter:
    return await change_phone.change_phone(turn, Act(intent="change_phone"))


async def _await(turn: Turn, awaits: Act) -> None:
    await turn.ask(awaits)


_ASKS: Mapping[str, Callable[[Turn, Member], Awaitable[Letter]]] = {
    "reason": _ask_reason,
    "date": _ask_date,
    "industry": _ask_industry,
    "address": _ask_address,
    "contact": _ask_number,
    "dues": ask_branch,
}
