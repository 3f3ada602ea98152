"""Why a row or a cell was not taken: each reason tells the clerk what to do about it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from content.words.catalogue import N_
from handlers.roster.row import RosterRow

NO_BRANCH = N_("没有写所在支部，请补上。")
OUT_OF_SIGHT = N_("支部不在您负责的范围，请核对支部名称。")
BRANCH_NEARLY = N_("没有这个支部，是不是已有的“{near}”？写错了请改正；真要新建，导入时请加 --new-unit。")
BRANCH_NAMESAKES = N_("有几个支部都叫这个名字，请写清是哪个党委下面的。")
NOT_A_BRANCH = N_("写的是上级组织，请写明是哪个支部。")
ROOT_UNCLEAR = N_("还没有这个支部，上级组织又不止一个。请用 --under 写明建在哪个组织下面。")
OTHER_BRANCH = N_("名册里登记在“{branch}”，没有改动。要换支部，请先办组织关系接转。")

NAMESAKES = N_("支部里有几位同名的人，分不清是哪一位。请给每位同名的人都写上手机号。")
SAID_TWICE = N_("同一个人写了两次，这一格不一样，按前面一行登记。请核对。")

NUMBER_TWICE = N_("同一个号码写在几个人名下，没有登记。请核对是谁的。")
NUMBER_KNOWN = N_("这个号码已登记在别人名下，没有改动。请核对。")
NUMBER_VERIFIED = N_("本人确认过另一个号码，没有改动。换了号码请让本人来说。")
NUMBER_DISOWNED = N_("这个号码的机主说过不是本人，没有登记。请核对新号码。")
LANDLINE = N_("这是座机，收不到短信，没有登记。请补上手机号。")

PLACE_SEVERAL = N_("叫这个名字的地方不止一个（{options}），请写上省或市。")
PLACE_UNKNOWN = N_("没认出是哪个市县，请写上省、市、县的名字。")
SAID_BY_MEMBER = N_("本人后来说过自己的住处或工作，以本人说的为准，没有改动。")
FAR_AHEAD = N_("这个日子在一年以后，请核对年份。")
BACK_BEFORE_OUT = N_("返回时间早于外出时间，请核对。")

NOT_ONE_LIAISON = N_("这一格请只写一位联系人的姓名。")
LIAISON_SELF = N_("联系人不能是本人，请写另一位。")
LIAISON_NAMELESS = N_("写了联系人电话，没有写联系人姓名，请补上。")
LIAISON_GAVE_UP = N_(
    "这位已不再担任联系人，没有托付。"
    "请写上新联系人；若请本人再当，先 python -m bot grant --role liaison 授予。"
)
LIAISON_NAMESAKES = N_("有几位同名的人，分不清谁是联系人。请写上联系人的手机号。")


@dataclass(frozen=True, slots=True)
class UnclearCell:
    """A cell that was filled in and not taken; `about` fills the `{fields}` of the reason.

    `value` is what was made of it, `typed` what stands there to the letter.
    """

    sheet: str
    row: int
    field: str
    value: str
    reason: str
    about: Mapping[str, str] = dataclasses.field(default_factory=dict)
    typed: str = dataclasses.field(default="", repr=False)


class Doubts:
    """Gathers the cells that were not taken, in the order in which they are met."""

    def __init__(self) -> None:
        self.cells: list[UnclearCell] = []

    def of_reading(self, row: RosterRow) -> None:
        """What the reading could not understand already."""
        for doubt in row.unclear:
            self.note(row, doubt.field, doubt.value, doubt.reason)

    def note(self, row: RosterRow, field: str, value: str, reason: str, **about: str) -> None:
        typed = row.typed.of(field) or value
        self.cells.append(UnclearCell(row.sheet, row.row, field, value, reason, about, typed))
