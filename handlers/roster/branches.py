"""Which unit a row's branch is: one that stands already, or one that an administrator's import founds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from handlers.roster.above import without_adornment
from handlers.roster.doubts import (
    BRANCH_NAMESAKES,
    BRANCH_NEARLY,
    NO_BRANCH,
    NOT_A_BRANCH,
    OUT_OF_SIGHT,
    ROOT_UNCLEAR,
)
from handlers.roster.row import RosterRow, RowRefused
from handlers.roster.titles import branch_in, committee_in
from storage.units import Unit
from storage.viewer import Viewer

ROOT = "党委"


class UnitUnknown(Exception):
    """No unit bears the name under which new branches are to stand, and others stand already: a slip?"""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


_SAYS_NOTHING = re.compile(r"[\W_]*|无|不详|不明|未知|待定|待查|暂无|同上")
_COMMITTEE_ENDING = r"(?:党委|党工委|街道工委|党总支|总支部委员会|委员会)$"
_SHEET_IS_BRANCH = re.compile(r".+(?:支部|支部委员会|村|社区|居委会)")


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit that the roster speaks of; `unit` is None where it is still to be founded."""

    name: str
    unit: Unit | None = None

    @property
    def key(self) -> str:
        return self.unit.id if self.unit else f"new:{_key(self.name)}"


class Branches:
    """The units in the viewer's sight, and those that the roster adds to them.

    `under` names the unit below which branches are looked for and founded, itself founded beside
    others only with `new_unit`, else UnitUnknown; `titles` are what stands above each sheet's header.
    """

    def __init__(
        self,
        viewer: Viewer,
        units: Iterable[Unit],
        under: str,
        titles: Mapping[str, str],
        new_unit: bool = False,
    ) -> None:
        every = list(units)
        self.by_id = {unit.id: unit for unit in every}
        self.may_found = viewer.everything
        self.titles = titles
        self.new_unit = new_unit
        self.roots = _named(every, under) if under else _roots(every)
        if under and every and not self.roots and not new_unit:
            raise UnitUnknown(under, [unit.name for unit in every if unit.kind == "committee"])
        self.root_name = under or next(filter(None, map(committee_in, titles.values())), ROOT)
        self.in_sight = [
            u for u in every if viewer.sees_unit(u.path) and (not under or self._is_below_root(u))
        ]
        self.to_found: dict[str, Branch] = {}
        self._known: dict[tuple[str, str], Branch | RowRefused] = {}

    @property
    def root(self) -> Branch:
        """Below which the new branches are founded."""
        return Branch(self.roots[0].name, self.roots[0]) if self.roots else Branch(self.root_name)

    def of(self, row: RosterRow) -> Branch:
        """The row's branch. Raises RowRefused."""
        said = (row.sheet, row.branch)
        if said not in self._known:
            try:
                self._known[said] = self._found(row)
            except RowRefused as refusal:
                self._known[said] = refusal
        known = self._known[said]
        if isinstance(known, RowRefused):
            raise RowRefused(known.reason, **known.about)
        return known

    def _found(self, row: RosterRow) -> Branch:
        name = self._name(row)
        if not name:
            return self._the_only_one()
        named = _named(self.in_sight, name) or _named(self.in_sight, self._below_town(name))
        branches = [unit for unit in named if unit.kind != "committee"]
        if len(branches) > 1:
            raise RowRefused(BRANCH_NAMESAKES)
        if branches:
            return Branch(branches[0].name, branches[0])
        if named or _key(name) == _key(self.root.name):
            raise RowRefused(NOT_A_BRANCH)
        return self._founded(self._below_town(name))

    def of_unit(self, unit_id: str) -> Branch:
        """The branch where somebody in sight stands."""
        return Branch(self.by_id[unit_id].name, self.by_id[unit_id])

    def _is_below_root(self, unit: Unit) -> bool:
        return any(unit.path.startswith(root.path) for root in self.roots)

    def _name(self, row: RosterRow) -> str:
        """As the row says or, where it says nothing, its sheet's name or title."""
        written = unicodedata.normalize("NFKC", row.branch).strip()
        if not _SAYS_NOTHING.fullmatch(written):
            return without_adornment(written)
        sheet = without_adornment(row.sheet)
        if _named(self.in_sight, sheet) or _SHEET_IS_BRANCH.fullmatch(sheet):
            return sheet
        return branch_in(self.titles.get(row.sheet, ""))

    def _below_town(self, name: str) -> str:
        """中共云溪镇柳湾村支部委员会 is the 柳湾村支部委员会 of 云溪镇党委, and no second branch."""
        town = _plain(re.sub(_COMMITTEE_ENDING, "", self.root.name))
        rest = _plain(name).rpartition(town)[2] if town else ""
        return rest if len(_key(rest)) > 1 else name

    def _the_only_one(self) -> Branch:
        """A secretary's own roster need not name her branch."""
        branches = [unit for unit in self.in_sight if unit.kind == "branch"]
        if self.may_found or len(branches) != 1:
            raise RowRefused(NO_BRANCH)
        return Branch(branches[0].name, branches[0])

    def _founded(self, name: str) -> Branch:
        if not self.may_found:
            raise RowRefused(OUT_OF_SIGHT)
        if len(self.roots) > 1:
            raise RowRefused(ROOT_UNCLEAR)
        if near := self._nearly(name):
            raise RowRefused(BRANCH_NEARLY, near=near)
        branch = Branch(name)
        return self.to_found.setdefault(branch.key, branch)

    def _nearly(self, name: str) -> str:
        """A branch whose name is one sign away: founding 上塘村党支步 would part one branch in two."""
        if self.new_unit:
            return ""
        branches = (unit.name for unit in self.in_sight if unit.kind == "branch")
        return next((known for known in branches if _one_sign_apart(name, known)), "")


# Signs by which neighbours are told apart: 上塘村 and 下塘村 are two villages and no slip.
_TELL_APART = set("一二三四五六七八九十0123456789上下东西南北中前后左右内外大小新老")


def _one_sign_apart(written: str, known: str) -> bool:
    """A sign wrong, too many or missing."""
    pairs = ((_plain(written), _plain(known)), (_key(written), _key(known)))
    return any(_is_a_slip(one, other) for one, other in pairs)


def _is_a_slip(one: str, other: str) -> bool:
    same = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    at = same[0].size if same[0].a == same[0].b == 0 else 0
    longer = max(len(one), len(other))
    if longer < 3 or longer - sum(block.size for block in same) != 1:
        return False
    return not {*one[at : at + 1], *other[at : at + 1]} <= _TELL_APART


def _roots(units: Iterable[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.parent_id is None and unit.kind == "committee"]


def _named(units: Iterable[Unit], name: str) -> list[Unit]:
    """Those that bear the name as it is written, else those that it is short or long for."""
    every = list(units)
    exact = [unit for unit in every if unit.name == name]
    return exact or [unit for unit in every if _key(unit.name) == _key(name)]


def _key(name: str) -> str:
    """柳湾村, 柳湾村支部 and 中共柳湾村支部委员会 are one branch under three names."""
    return re.sub(r"(?<=..)(?<!总)党?支部(?:委员会)?$", "", _plain(name))


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).removeprefix("中共")
