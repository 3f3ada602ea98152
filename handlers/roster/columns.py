"""Which column holds what: clerks name them in many ways and put them in any order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from handlers.roster.unreadable import ColumnUnclear

SOUGHT_IN_ROWS = 30

_ANY_PHONE = (
    "联系电话",
    "电话",
    "移动电话",
    "手机",
    "手机号",
    "手机号码",
    "电话号码",
    "联系号码",
    "联系方式",
)
_LIAISON = ("联系人", "联络人", "党组织联系人", "支部联系人")
_MEMBER = ("党员", "本人", "流动党员")
_FAMILY = ("家属", "家人", "家庭", "家庭成员")

_NAMES: Mapping[str, Sequence[str]] = {
    "name": ("姓名", "名字", "党员", *(who + "姓名" for who in _MEMBER)),
    "phone": tuple(who + phone for who in _MEMBER for phone in _ANY_PHONE),
    "branch": (
        *("所在支部", "党支部", "支部", "所在党支部", "所属支部", "所属党支部", "支部名称", "党支部名称"),
        *("所在党组织", "所属党组织", "党组织", "流出地党组织", "流出地党支部", "组织关系所在党支部"),
    ),
    "place": (
        *("流入地", "现居住地", "外出地点", "去向", "流向", "外出去向", "流动去向", "外出地", "务工地点"),
        *("现住址", "外出地址", "流入地址", "现居住地址", "暂住地址", "暂住地", "流入地点", "居住地"),
        *("目前所在地", "所在地", "流出去向", "外出流向"),
    ),
    "out_since": (
        "外出时间",
        "流出时间",
        "外出日期",
        "流出日期",
        "流动时间",
        "离开时间",
        "外出务工时间",
        "外出起始时间",
        "何时外出",
        "何时流出",
    ),
    "back_on": ("返回时间", "返乡时间", "返回日期", "返乡日期", "回来时间"),
    "liaison": (
        *_LIAISON,
        *(who + "姓名" for who in _LIAISON),
        *(
            who + with_ + phone
            for who in _LIAISON
            for with_ in ("及", "和", "姓名及")
            for phone in _ANY_PHONE
        ),
    ),
    "liaison_phone": tuple(who + phone for who in _LIAISON for phone in _ANY_PHONE),
    "employer": ("工作单位", "务工单位", "现工作单位", "就业单位", "流入单位", "工作单位及职务"),
    "job": ("从事行业", "行业", "职业", "工种", "从事职业", "从事工作", "所从事的行业", "从业情况"),
    "reason": ("外出原因", "流动原因", "流出原因", "外出事由", "外出理由"),
    "dues_until": (
        "党费交至",
        "党费缴至",
        "党费交纳至",
        "党费缴纳至",
        "党费交纳情况",
        "党费缴纳情况",
        "党费",
    ),
    "remark": ("备注", "说明"),
    "joined_party_on": ("入党时间", "入党日期", "入党年月"),
    "family_phone": tuple(who + phone for who in _FAMILY for phone in _ANY_PHONE),
}

# They only number the rows: nobody misses them.
_COUNTING = ("序号", "编号", "NO", "No", "No.")
_SOMEBODY_ELSE = re.compile("家|配偶|父|母|子女|亲|联系|联络|负责|书记|帮扶|结对|指导|推荐|介绍")


@dataclass(frozen=True, slots=True)
class Header:
    """Where each field stands, counted from 0, and how many rows stand above the first person.

    `taken` are the columns' names that reach a file, `not_taken` those that do not.
    """

    columns: Mapping[str, int]
    rows_above: int
    taken: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The header, below whatever titles and in one row or two; None where no row names the columns.

    A header names the member and at least one thing more. Raises ColumnUnclear.
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
    return _fields().get(_bare(name)) == "name"


def _header(labels: Sequence[str], rows_above: int) -> Header:
    columns = _placed(labels)
    read = {at for field, at in columns.items() if field != "remark"}
    named = [(at, label) for at, label in enumerate(labels) if label and label not in _COUNTING]
    return Header(
        columns,
        rows_above,
        taken=tuple(label for at, label in named if at in read),
        not_taken=tuple(dict.fromkeys(label for at, label in named if at not in read)),
    )


def _plain(row: Sequence[str]) -> list[str]:
    return [_bare(cell) for cell in row]


def _bare(label: str) -> str:
    """The label without what only adorns it: spaces, line breaks, stars, a remark in brackets.

    Of 流入地/现居住地 the first name that is known counts.
    """
    bare = re.sub(r"\([^)]*\)|[\s*:]", "", unicodedata.normalize("NFKC", label))
    return next((part for part in re.split("[/、或]", bare) if part in _fields() or part in _ANY_PHONE), bare)


def _joined(top: Sequence[str], below: Sequence[str]) -> list[str]:
    """One row of labels from two, where 联系人 stands over 姓名 and 电话."""
    over = _spread(top, below)
    if len(set(over) - {""}) < 2:
        return []  # a title merged over the whole sheet, no groups
    persons = next((o for o, b in zip(over, below, strict=False) if _fields().get(b) == "name"), None)
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
    if group + label in _fields():
        return False
    if group == persons:
        return True
    return _fields().get(label, "name") != "name" and not _SOMEBODY_ELSE.search(group)


def _spread(top: Sequence[str], below: Sequence[str]) -> list[str]:
    """A group's label over each of its columns, where the cells were left blank and not merged."""
    spread: list[str] = []
    for label, under in zip(top, below, strict=False):
        spread.append(spread[-1] if not label and under and spread else label)
    return spread


def _is_header(labels: Sequence[str]) -> bool:
    return "name" in (_fields().get(label) for label in labels) and _known(labels) > 1


def _known(labels: Sequence[str]) -> int:
    return len({label for label in labels if label in _fields() or label in _ANY_PHONE})


def _placed(labels: Sequence[str]) -> dict[str, int]:
    """The first column of each field; a second of the same name is somebody else's more often than not."""
    placed: dict[str, int] = {}
    for at, label in enumerate(labels):
        if label in _fields():
            placed.setdefault(_fields()[label], at)
    phones = [at for at, label in enumerate(labels) if label in _ANY_PHONE]
    # Another column that can only be the member's settles whose the one behind the liaison is.
    for at in sorted(phones, key=lambda at: _follows_liaison(at, placed)):
        placed.setdefault(_whose(labels[at], at, placed), at)
    return placed


def _follows_liaison(at: int, placed: Mapping[str, int]) -> bool:
    return placed.get("liaison") == at - 1 and "liaison_phone" not in placed


def _whose(label: str, at: int, placed: Mapping[str, int]) -> str:
    """Whose telephone a column is that only says 电话."""
    if not _follows_liaison(at, placed):
        return "phone"
    if "phone" not in placed:
        raise ColumnUnclear(column=label)
    return "liaison_phone"


@cache
def _fields() -> Mapping[str, str]:
    return {name: field for field, names in _NAMES.items() for name in names}
