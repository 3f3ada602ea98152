"""One row of a roster: one person, and what could not be understood about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from content.words.catalogue import N_
from handlers.roster.dates import as_date, as_month
from handlers.roster.fields import Fields, Unclear
from handlers.roster.header import is_header_again
from handlers.roster.placing import Columns
from handlers.roster.typed import Typed

NO_NAME = N_("这一行没有姓名。")
NOT_A_NAME = N_("姓名这一格不像人名，请核对。")

_PERSON = re.compile(r"[^\W\d_][^\W\d_·•.' -]*(?:[·•.' -]+[^\W\d_]+)*")
_MARKS = re.compile(r"^[\W\d_]+|[\s*★☆▲△●○■□※#＊、,。]+$")
_TOTAL = re.compile(r"(?:合|总|小|共)\s*计|总人数|例$|例[:\uff1a]|示例|样例|填写示例")
_REMARK = re.compile(
    r"(?:备注|说明|注|填表|制表|审核|填报|报送|负责人|书记|联系电话)[^:\uff1a]{0,10}[:\uff1a]"
)
_ABOUT_THE_PERSON = ("phone", "place", "out_since", "employer", "job", "family_phone")


class RowRefused(Exception):
    """A person seems to be meant, but nobody can say who."""

    def __init__(self, reason: str, **about: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One person as the clerk wrote them down. An empty field says nothing, and is no order to erase.

    `row` counts as the clerk's screen does. Phones are E.164, dates fall on the first where only a
    month was written, and `dues_until` is the first of the last month paid. `disputed` is a number that
    cannot be registered, but still tells that two rows of one name are one person.
    """

    sheet: str
    row: int
    name: str
    phone: str = ""
    disputed: str = ""
    branch: str = ""
    place_text: str = ""
    out_since: date | None = None
    back_on: date | None = None
    liaison: str = ""
    liaison_phone: str = ""
    employer: str = ""
    job: str = ""
    reason: str = ""
    dues_until: date | None = None
    family_phone: str = ""
    joined_party_on: date | None = None
    remark: str = ""
    unclear: tuple[Unclear, ...] = ()
    typed: Typed = field(default_factory=Typed, compare=False, repr=False)


def read_row(sheet: str, number: int, cells: Sequence[Any], columns: Columns) -> RosterRow | None:
    """The person in this row; None for a blank, a total, a remark or the header again. Raises RowRefused."""
    fields = Fields(cells, columns)
    filled = [text for text in fields.texts if text]
    if not filled or _is_no_person(filled):
        return None
    written = fields.written("name")
    if is_header_again(written):
        return None
    if not written:
        if any(fields.written(about) for about in _ABOUT_THE_PERSON):
            raise RowRefused(NO_NAME)
        return None
    alone, beside_name = fields.name_and_phone("name")
    return _row(sheet, number, _name(alone if beside_name else written), beside_name, fields)


def _is_no_person(filled: Sequence[str]) -> bool:
    """Totals, remarks, examples, and the lines between groups: one text alone, merged over the sheet."""
    merged_over = len(filled) > 2 and len(set(filled)) == 1
    return merged_over or any(_TOTAL.match(text) for text in filled[:2]) or bool(_REMARK.match(filled[0]))


def _name(written: str) -> str:
    """The name alone, without a remark in brackets, a mark beside it, or the space that lines 张 三 up."""
    bare = re.sub(r"[(\uff08][^)\uff09]*[)\uff09]", "", written)
    bare = _MARKS.sub("", bare)
    name = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", bare)
    if not 2 <= len(name) <= 30 or not _PERSON.fullmatch(name):
        raise RowRefused(NOT_A_NAME)
    return name


def _row(sheet: str, number: int, name: str, beside_name: str, fields: Fields) -> RosterRow:
    fields.nobodys_phone()
    liaison, beside_liaison = fields.name_and_phone("liaison")
    return RosterRow(
        sheet=sheet,
        row=number,
        name=name,
        phone=fields.phone("phone") or beside_name,
        branch=fields.text("branch"),
        place_text=fields.text("place"),
        out_since=fields.day("out_since", as_date),
        back_on=fields.day("back_on", as_date),
        liaison=liaison,
        liaison_phone=fields.phone("liaison_phone") or beside_liaison,
        employer=fields.text("employer"),
        job=fields.text("job"),
        reason=fields.text("reason"),
        dues_until=fields.day("dues_until", as_month),
        family_phone=fields.phone("family_phone"),
        joined_party_on=fields.day("joined_party_on", as_date),
        remark=fields.text("remark"),
        unclear=tuple(fields.unclear),
    )
