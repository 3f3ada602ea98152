"""How long a member has been quiet, and what whoever looks after them can do about it now."""

from __future__ import annotations

from datetime import date

from content.rules.silence import days_since, is_away
from content.words import standing as words
from handlers.turn import Turn
from storage.files import Member


def days_of(turn: Turn, member: Member) -> int:
    """Local days since the last contact."""
    return days_since(member.last_contact_at, turn.now, member.rhythm.timezone)


def last_heard(turn: Turn, member: Member) -> str:
    """When the last contact was, and of what kind."""
    day = turn.tongue.day(member.last_contact_at.astimezone(turn.house.zone).date())
    if member.last_contact_kind == "enrolled":
        return turn.say("{day} 列入名册后还没有过消息", day=day)
    kind = words.contact(turn.tongue, member.last_contact_kind)
    return turn.say("上次是 {day} {kind}", day=day, kind=kind)


def next_step(turn: Turn, member: Member) -> str:
    """One thing to do, the gentlest that can still help."""
    if until := away_until(turn, member):
        return turn.say("说好外出到 {day}，先不催。", day=turn.tongue.day_and_year(until))
    if not member.joined:
        return turn.say("还没加入：打电话，或请本人加入。")
    if member.stopped:
        return turn.say("停收了提醒：打电话。")
    if member.standing(turn.now) == "fresh":
        return turn.say("还在按时，先不用催。")
    if member.reminded_at is None:
        return turn.say("先发个提醒。")
    reminded = member.reminded_at.astimezone(turn.house.zone).date()
    if reminded == turn.today:
        return turn.say("今天提醒过了，等等回音。")
    return turn.say("{day} 提醒过，没有回音：打电话。", day=turn.tongue.day(reminded))


def is_away_as_said(turn: Turn, member: Member) -> bool:
    """Whether a planned absence is still going on."""
    return is_away(member.quiet_until, turn.now, member.rhythm.timezone)


def away_until(turn: Turn, member: Member) -> date | None:
    """The last day of a planned absence that is going on."""
    return member.quiet_until if is_away_as_said(turn, member) else None


def can_be_reminded(member: Member) -> bool:
    return member.joined and not member.stopped
