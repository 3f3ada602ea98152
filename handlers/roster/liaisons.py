"""Who a member's liaison is: somebody in the file, somebody known, or somebody new. (S4)

The same name in the same branch is one liaison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from handlers.roster.branches import Branch
from handlers.roster.doubts import (
    LIAISON_GAVE_UP,
    LIAISON_NAMELESS,
    LIAISON_NAMESAKES,
    LIAISON_SELF,
    NOT_ONE_LIAISON,
    SAID_TWICE,
    Doubts,
)
from handlers.roster.known import Known
from handlers.roster.persons import Somebody
from handlers.roster.row import RosterRow

_OFFICE = re.compile(
    r"^(?:(?:党?支部|支委|村|社区)?(?:副?书记|主任)|支委(?:委员)?|支部委员|(?:组织|宣传|纪检)委员)(?=[^\W\d_]{2,4}$)"
    r"|(?<=[^\W\d_]{2})同志$"
)
_NAME = re.compile(r"[^\W\d_]{2,30}(?:[·•.' -]+[^\W\d_]+)*")
# 本人, 妻子, 无: nobody who could be written to by that name, and no liaison is better than a false one.
_NOBODY = re.compile(
    r"[老小][^\W\d_]|(?:本人|自己|同上|无|没有|暂无|未定|待定|不详|不明|未知)|.*(?:党支部|支部|党委|村委会?|书记|主任|干部)"
    r"|(?:其)?(?:妻子?|老婆|爱人|丈夫|老公|配偶|父亲?|母亲?|父母|爸爸?|妈妈?|儿子|女儿|子女|家属|家人|亲属|哥哥?|弟弟?|姐姐?|妹妹?)"
    r"|(?:其)?(?:妻子|老婆|爱人|丈夫|老公|配偶|父亲|母亲|爸爸|妈妈|儿子|女儿|子女|家属|家人|亲属|哥哥|弟弟|姐姐|妹妹).+"
)
_One = TypeVar("_One")


class Namesakes(Exception):
    """Several people bear the liaison's name, and no number tells which."""


class Liaisons:
    """Finds each liaison once. `everyone` begins with the members in the file and grows by the liaisons."""

    def __init__(self, listed: Sequence[Somebody], known: Known, doubts: Doubts) -> None:
        self.everyone = list(listed)
        self._known = known
        self._doubts = doubts
        self._by_branch: dict[tuple[str, str], Somebody] = {}
        self._by_number: dict[tuple[str, str], Somebody] = {(s.name, s.phone): s for s in listed if s.phone}
        self._by_id = {somebody.person_id: somebody for somebody in listed if somebody.person_id}
        self._listed: dict[tuple[str, str], list[Somebody]] = {}
        for somebody in listed:
            self._listed.setdefault((somebody.branch.key, somebody.name), []).append(somebody)

    async def of(self, member: Somebody, row: RosterRow) -> Somebody | None:
        """The liaison of whom the row is; None where it names none, or none that can be known."""
        name = row.liaison
        if not name:
            if row.liaison_phone:
                self._doubts.note(row, "liaison_phone", row.liaison_phone, LIAISON_NAMELESS)
            return None
        if not _NAME.fullmatch(name) or _NOBODY.fullmatch(name) or "或" in name:
            self._doubts.note(row, "liaison", row.liaison, NOT_ONE_LIAISON)
            return None
        try:
            liaison = await self._find(member, name, row.liaison_phone)
        except Namesakes:
            self._doubts.note(row, "liaison", row.liaison, LIAISON_NAMESAKES)
            return None
        if liaison is member:
            self._doubts.note(row, "liaison", row.liaison, LIAISON_SELF)
            return None
        if liaison.person_id and await self._known.gave_up_liaison(liaison.person_id, member.branch):
            self._doubts.note(row, "liaison", row.liaison, LIAISON_GAVE_UP)
            return None
        self._take_number(liaison, row)
        return liaison

    async def _find(self, member: Somebody, name: str, number: str) -> Somebody:
        found = (
            self._by_number.get((name, number))
            or await self._by_known_number(name, number, member.branch)
            or await self._the_present_one(member, name)
            or self._by_branch.get((member.branch.key, name))
            or self._in_file(member.branch, name)
            or await self._in_database(member.branch, name)
            or self._add(Somebody(name, member.branch))
        )
        self._by_branch.setdefault((member.branch.key, name), found)
        if found.nobody_knows_which:
            raise Namesakes
        if number:
            self._by_number.setdefault((name, number), found)
        return found

    async def _by_known_number(self, name: str, number: str, branch: Branch) -> Somebody | None:
        owner = await self._known.owner(number) if number else None
        return await self._known_as(owner.person_id, name, branch) if owner and owner.name == name else None

    async def _the_present_one(self, member: Somebody, name: str) -> Somebody | None:
        """Whoever it is already: they may have been handed over from another branch."""
        present = member.file.liaison_id if member.file else None
        if present and await self._known.name_of(present) == name:
            return await self._known_as(present, name, member.branch)
        return None

    def _in_file(self, branch: Branch, name: str) -> Somebody | None:
        return _the_only(self._listed.get((branch.key, name), []))

    async def _in_database(self, branch: Branch, name: str) -> Somebody | None:
        names = {member.id: member.name for member in await self._known.members_of(branch)}
        names |= await self._known.officers_of(branch)
        person_id = _the_only([one for one, known in names.items() if known == name])
        return await self._known_as(person_id, name, branch) if person_id else None

    async def _known_as(self, person_id: str, name: str, branch: Branch) -> Somebody:
        if person_id not in self._by_id:
            file = await self._known.file_of(person_id)
            self._by_id[person_id] = self._add(Somebody(name, branch, person_id=person_id, file=file))
        return self._by_id[person_id]

    def _add(self, somebody: Somebody) -> Somebody:
        self.everyone.append(somebody)
        return somebody

    def _take_number(self, liaison: Somebody, row: RosterRow) -> None:
        if row.liaison_phone and not liaison.phone:
            liaison.phone, liaison.phone_at = row.liaison_phone, (row, "liaison_phone")
        elif row.liaison_phone and liaison.phone != row.liaison_phone:
            self._doubts.note(row, "liaison_phone", row.liaison_phone, SAID_TWICE)


def as_name(written: str) -> str:
    """The name alone, without a bracketed remark or the space that lines up 张 三 with longer names."""
    bare = re.sub(r"[(\uff08][^)\uff09]*[)\uff09]", "", written).strip()
    return _OFFICE.sub("", re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", bare))


def _the_only(found: Sequence[_One]) -> _One | None:
    if len(found) > 1:
        raise Namesakes
    return found[0] if found else None
