"""Which unit a row's branch is: one that stands already, or one that an administrator's import founds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handlers.roster.above import without_adornment
from handlers.roster.branch_names import key_of, named_so, one_sign_apart, plain
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
        return self.unit.id if self.unit else f"new:{key_of(self.name)}"


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
        self.roots = named_so(every, under) if under else _roots(every)
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
        named = named_so(self.in_sight, name) or named_so(self.in_sight, self._below_town(name))
        branches = [unit for unit in named if unit.kind != "committee"]
        if len(branches) > 1:
            raise RowRefused(BRANCH_NAMESAKES)
        if branches:
            return Branch(branches[0].name, branches[0])
        if named or key_of(name) == key_of(self.root.name):
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
        titled = branch_in(self.titles.get(row.sheet, ""))
        if named_so(self.in_sight, sheet) or _SHEET_IS_BRANCH.fullmatch(sheet):
            return titled if key_of(titled) == key_of(sheet) else sheet
        return titled

    def _below_town(self, name: str) -> str:
        """中共云溪镇柳湾村支部委员会 is the 柳湾村支部委员会 of 云溪镇党委, and no second branch."""
        town = plain(re.sub(_COMMITTEE_ENDING, "", self.root.name))
        rest = plain(name).rpartition(town)[2] if town else ""
        return rest if len(key_of(rest)) > 1 else name

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
        return next((known for known in branches if one_sign_apart(name, known)), "")


def _roots(units: Iterable[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.parent_id is None and unit.kind == "committee"]
