"""The header of a roster: below whatever titles, in one row or two, its columns in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.roster.column_meaning import bare, field_of, is_any_phone, is_part_of_place
from handlers.roster.placing import Columns, placed

SOUGHT_IN_ROWS = 30

# They only number the rows: nobody misses them.
_COUNTING = ("序号", "编号", "NO", "No", "No.")
_READ_BY_NOBODY = ("remark", "whose_phone")
# A list of names with these beside them is a roster too, if a short one.
_FAMILIAR = frozenset(
    (
        "序号",
        "编号",
        "性别",
        "民族",
        "出生年月",
        "出生日期",
        "学历",
        "文化程度",
        "身份证号",
        "身份证号码",
        "年龄",
    )
)
_NAMES_WHOSE = ("name", "phone", "liaison", "liaison_phone", "family_phone")
_SOMEBODY_ELSE = re.compile(
    "家|配偶|父|母|子女|亲|联系(?!方式|电话|号码)|联络(?!方式)|负责|书记|帮扶|结对|指导|推荐|介绍"
)


@dataclass(frozen=True, slots=True)
class Header:
    """Where each field stands, and how many rows stand above the first person.

    `taken` are the columns' names that reach a file, `not_taken` those that do not.
    """

    columns: Columns
    rows_above: int
    taken: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The header, below whatever titles and in one row or two; None where no row names the columns.

    A header names the member and at least one thing more.
    """
    for at, row in enumerate(rows[:SOUGHT_IN_ROWS]):
        below = rows[at + 1] if at + 1 < len(rows) else []
        one, two = _plain(row), _joined(_plain(row), _plain(below))
        if _known(two) > _known(one) and _is_header(two):
            return _header(two, at + 2)
        if _is_header(one):
            return _header(one, at + 1)
    return None


def is_header_again(name: str) -> bool:
    """Whether a cell under the name column is the header once more, as at the top of each printed page."""
    return field_of(bare(name)) == "name"


def _header(labels: Sequence[str], rows_above: int) -> Header:
    columns = placed(labels)
    read = {at for field, ats in columns.items() if field not in _READ_BY_NOBODY for at in ats}
    named = [(at, label) for at, label in enumerate(labels) if label and label not in _COUNTING]
    return Header(
        columns,
        rows_above,
        taken=tuple(label for at, label in named if at in read),
        not_taken=tuple(dict.fromkeys(label for at, label in named if at not in read)),
    )


def _plain(row: Sequence[str]) -> list[str]:
    return [bare(cell) for cell in row]


def _joined(top: Sequence[str], below: Sequence[str]) -> list[str]:
    """One row of labels from two, where 联系人 stands over 姓名 and 电话."""
    over = _spread(top, below)
    if len(set(over) - {""}) < 2:
        return []  # a title merged over the whole sheet, no groups
    persons = next((o for o, b in zip(over, below, strict=False) if field_of(b) == "name"), None)
    labels = []
    for group, label in zip(over, below, strict=False):
        if label in ("", group):
            labels.append(group)
        else:
            labels.append(label if _means_the_member(group, label, persons) else group + label)
    return labels


def _means_the_member(group: str, label: str, persons: str | None) -> bool:
    """Whether a label in a group is about the member: 流入地 under 流动情况 is, under 家属 it is not.

    电话 alone is the member's only under the group that the member's name is under.
    """
    if field_of(group + label) in _NAMES_WHOSE:
        return False
    if group == persons:
        return True
    return field_of(label) not in ("", "name") and not _SOMEBODY_ELSE.search(group)


def _spread(top: Sequence[str], below: Sequence[str]) -> list[str]:
    """A group's label over each of its columns, where the cells were left blank and not merged."""
    spread: list[str] = []
    for label, under in zip(top, below, strict=False):
        spread.append(spread[-1] if not label and under and spread else label)
    return spread


def _is_header(labels: Sequence[str]) -> bool:
    named = any(field_of(label) == "name" for label in labels)
    return named and (_known(labels) > 1 or not _FAMILIAR.isdisjoint(labels))


def _known(labels: Sequence[str]) -> int:
    return len({label for label in labels if _means_something(label)})


def _means_something(label: str) -> bool:
    return bool(field_of(label)) or is_any_phone(label) or is_part_of_place(label)
