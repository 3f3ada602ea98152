"""A roster's fields, values and doubts in the clerk's words. Numbers are masked: a report is passed on."""

from __future__ import annotations

import re

from content.words.address import town
from content.words.catalogue import N_, Tongue
from handlers.roster.comparing import Difference
from handlers.roster.doubts import UnclearCell
from handlers.roster.planned import PlannedRow
from handlers.roster.reading import Refused

_DATES = ("out_since", "back_on", "dues_until", "joined_party_on")
_NUMBER = re.compile(r"\+?\d(?:[ -]?\d){6,}")

_FIELDS = {
    "name": N_("姓名"),
    "phone": N_("手机号"),
    "branch": N_("支部"),
    "place": N_("去向"),
    "place_code": N_("去向"),
    "address": N_("去向"),
    "out_since": N_("外出时间"),
    "back_on": N_("返回时间"),
    "whereabouts": N_("是否在外"),
    "liaison": N_("联系人"),
    "liaison_phone": N_("联系人电话"),
    "employer": N_("工作单位"),
    "job": N_("行业"),
    "reason": N_("外出原因"),
    "dues_until": N_("党费交至"),
    "joined_party_on": N_("入党时间"),
    "family_phone": N_("家属电话"),
}
_VALUES = {"out": N_("在外"), "home": N_("在家")}


def reason_of(one: UnclearCell | Refused, t: Tongue) -> str:
    return t.say(one.reason, **one.about)


def field_named(field: str, t: Tongue) -> str:
    return t.say(_FIELDS.get(field, field))


def outcome_told(row: PlannedRow, t: Tongue) -> str:
    if row.outcome == "unchanged":
        return t.say("不变")
    if row.outcome == "added":
        return t.say("新增，{branch}", branch=row.branch)
    if row.first_row:
        return t.say("合并：和{sheet}第{n}行是同一个人", sheet=row.first_row[0], n=row.first_row[1])
    return t.say("更改：{fields}", fields=t.say("；").join(change_told(one, t) for one in row.differences))


def doubt_of(cell: UnclearCell, t: Tongue) -> str:
    return t.say(
        "{field}“{value}”。{reason}",
        field=field_named(cell.field, t),
        value=value_shown(cell.field, cell.value),
        reason=reason_of(cell, t),
    )


def change_told(one: Difference, t: Tongue) -> str:
    old, new = (_shown(one.field, text, t) for text in (one.old, one.new))
    field = field_named(one.field, t)
    return f"{field} {old} → {new}" if old else f"{field} {new}"


def covered(text: str) -> str:
    """The text with the middle of each long number hidden, however it is spaced."""
    return _NUMBER.sub(_masked, text)


def _shown(field: str, text: str, t: Tongue) -> str:
    if field == "place_code":
        return town(t, text) or text
    return t.say(_VALUES[text]) if field == "whereabouts" else value_shown(field, text)


def value_shown(field: str, text: str) -> str:
    return text if field in _DATES else covered(text)


def _masked(number: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", number[0])
    if number[0].startswith("+86"):
        digits = digits.removeprefix("86") if digits[2:3] == "1" else f"0{digits[2:]}"
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 8 else f"{digits[:2]}****{digits[-2:]}"
