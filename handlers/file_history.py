"""What changed in a file, line by line: the day, what it was, what it is. (S7, S31)"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from content.rules import phones
from content.words.address import spelled, town
from content.words.catalogue import N_
from handlers.turn import Turn
from storage import changes
from storage.changes import Change, Field
from storage.files import Member

_FIELDS: Mapping[Field, str] = {
    "address": N_("住处"),
    "job": N_("工作"),
    "phone": N_("手机号"),
    "quiet": N_("报备外出"),
    "reason": N_("外出原因"),
    "since": N_("外出时间"),
}


async def history(turn: Turn, member: Member, limit: int) -> list[str]:
    """The latest first, each with what was there before. For a chat."""
    return [_in_full(turn, member, one) for one in await _latest(turn, member, limit)]


async def history_in_short(turn: Turn, member: Member, limit: int) -> list[str]:
    """The same for a phone that others may read: towns without streets, numbers by their last digits."""
    return [_in_short(turn, one) for one in await _latest(turn, member, limit)]


async def _latest(turn: Turn, member: Member, limit: int) -> list[Change]:
    return await changes.history(turn.tx, turn.viewer, member.id, limit)


def _in_full(turn: Turn, member: Member, change: Change) -> str:
    line = turn.say(
        "{day} · {field}：{old} → {new}",
        day=turn.tongue.day_and_year(_day(turn, change)),
        field=turn.say(_FIELDS[change.field]),
        old=_value(turn, change, change.old, change.old_place) or turn.say("没登记"),
        new=_value(turn, change, change.new, change.new_place) or turn.say("空"),
    )
    return line if change.by_id == member.id else turn.say("{line}（支部登记）", line=line)


def _value(turn: Turn, change: Change, value: str, place: str) -> str:
    match change.field:
        case "address":
            return spelled(place, value)
        case "phone":
            return phones.as_written(value) if value else ""
        case "quiet" | "since":
            return _as_day(turn, value)
    return value


def _as_day(turn: Turn, value: str) -> str:
    """A value that a bad sector has damaged is shown as what it is, and costs nobody the page."""
    try:
        return turn.tongue.day_and_year(date.fromisoformat(value)) if value else ""
    except ValueError:
        return value


def _in_short(turn: Turn, change: Change) -> str:
    return turn.say(
        "{day}{field}{old}→{new}",
        day=turn.tongue.day(_day(turn, change)),
        field=turn.say(_FIELDS[change.field]),
        old=_value_in_short(turn, change, change.old, change.old_place) or turn.say("没登记"),
        new=_value_in_short(turn, change, change.new, change.new_place) or turn.say("空"),
    )


def _value_in_short(turn: Turn, change: Change, value: str, place_code: str) -> str:
    if change.field == "address":
        return town(turn.tongue, place_code) or (turn.say("已登记") if value else "")
    if change.field == "phone":
        return turn.say("尾号{tail}", tail=value[-4:]) if value else ""
    return _value(turn, change, value, place_code)


def _day(turn: Turn, change: Change) -> date:
    return change.at.astimezone(turn.house.zone).date()
