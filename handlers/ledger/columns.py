"""The columns of a ledger, in the order in which a township keeps them.

Their names are Chinese in every language: the ledger goes to a township's files, and `import` knows its
columns by them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from content.rules import phones, places
from content.rules.six_clear import unclear
from content.words import six_clear, standing
from content.words.catalogue import tongue
from storage.ledger import Entry

Kind = Literal["text", "day", "month"]
Value = str | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """`width` counts letters; `value` is asked at the moment of the export."""

    label: str
    width: int
    value: Callable[[Entry, datetime], Value]
    kind: Kind = "text"


def _place(entry: Entry, _now: datetime) -> str:
    if entry.member.place_code == places.ABROAD:
        return "境外"
    place = places.place_of(entry.member.place_code)
    return place.name if place else ""


def _number(e164: str) -> str:
    """As people at home write it, in one piece: 13900139001."""
    if e164.startswith("+861") and len(e164) == 14:
        return e164.removeprefix("+86")
    return _other_number(e164)


@lru_cache(maxsize=1024)
def _other_number(e164: str) -> str:
    return phones.as_written(e164).replace(" ", "") if e164.startswith("+") else e164


def _last_contact(entry: Entry, _now: datetime) -> date | None:
    """Nothing before the first word: to be enrolled is no contact."""
    member = entry.member
    if member.last_contact_kind == "enrolled":
        return None
    return member.last_contact_at.astimezone(ZoneInfo(member.rhythm.timezone)).date()


def _how(entry: Entry, _now: datetime) -> str:
    kind = entry.member.last_contact_kind
    return "" if kind == "enrolled" else standing.contact(tongue("zh"), kind)


def _standing(entry: Entry, now: datetime) -> str:
    return (
        ""
        if entry.member.whereabouts == "home"
        else standing.standing(tongue("zh"), entry.member.standing(now))
    )


def _lacks(entry: Entry, _now: datetime) -> str:
    if entry.member.whereabouts == "home":
        return ""
    return "、".join(six_clear.POINTS[point] for point in unclear(entry.member, bool(entry.number)))


COLUMNS = (
    Column("姓名", 10, lambda entry, _: entry.member.name),
    Column("手机号", 14, lambda entry, _: _number(entry.number)),
    Column("所在支部", 20, lambda entry, _: entry.member.unit),
    Column("在外或返乡", 8, lambda entry, _: "已返乡" if entry.member.whereabouts == "home" else "在外"),
    Column("外出原因", 12, lambda entry, _: entry.member.reason),
    Column("外出时间", 12, lambda entry, _: entry.member.out_since, "day"),
    Column("省市县", 20, _place),
    Column("流入地", 24, lambda entry, _: entry.member.address),
    Column("工作单位", 18, lambda entry, _: entry.member.employer),
    Column("从事行业", 12, lambda entry, _: entry.member.job),
    Column("家属电话", 14, lambda entry, _: _number(entry.member.family_phone)),
    Column("入党时间", 12, lambda entry, _: entry.member.joined_party_on, "day"),
    Column("党费交至", 11, lambda entry, _: entry.member.dues_until, "month"),
    Column("联系人", 10, lambda entry, _: entry.liaison),
    Column("联系人电话", 14, lambda entry, _: _number(entry.liaison_number)),
    Column("上次联系日", 12, _last_contact, "day"),
    Column("怎么联系的", 10, _how),
    Column("联系情况", 10, _standing),
    Column("六清还缺", 18, _lacks),
)
