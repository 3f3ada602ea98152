"""Which columns of a roster hold which field: whose a telephone is, and an address that takes several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from handlers.roster.column_meaning import field_of, is_any_phone, is_part_of_place, is_village

# The columns of each field, counted from 0 and in the order in which they are read together. The
# column `whose_phone` may be the member's or the liaison's: a guess would write to a stranger.
Columns: TypeAlias = Mapping[str, tuple[int, ...]]

# Where a field was written if it has no column of its own: 田大山 13900139002 in the liaison's.
_STANDS_WITH = {"phone": ("whose_phone", "name"), "liaison_phone": ("liaison",)}


def placed(labels: Sequence[str]) -> Columns:
    """The first column of each field; a second of the same name is somebody else's more often than not."""
    found: dict[str, int] = {}
    for at, label in enumerate(labels):
        if field := field_of(label):
            found.setdefault(field, at)
    phones = [at for at, label in enumerate(labels) if is_any_phone(label)]
    # Another column that can only be the member's settles whose the one behind the liaison is.
    for at in sorted(phones, key=lambda at: _follows_liaison(at, found)):
        found.setdefault(_whose(at, found), at)
    _village_for_branch(labels, found)
    columns = {field: (at,) for field, at in found.items()}
    place = _place(labels, found)
    return columns | {"place": place} if place else columns


def cells_of(field: str, columns: Columns) -> tuple[int, ...]:
    """The columns in which a field was written, also where it stands beside another; none if nowhere."""
    return next((columns[name] for name in stands_in(field) if name in columns), ())


def stands_in(field: str) -> tuple[str, ...]:
    """The fields in whose column it may be written, its own first."""
    return field, *_STANDS_WITH.get(field, ())


def _follows_liaison(at: int, found: Mapping[str, int]) -> bool:
    return found.get("liaison") == at - 1 and "liaison_phone" not in found


def _whose(at: int, found: Mapping[str, int]) -> str:
    """Whose telephone a column is that only says 电话."""
    if not _follows_liaison(at, found):
        return "phone"
    return "liaison_phone" if "phone" in found else "whose_phone"


def _village_for_branch(labels: Sequence[str], found: dict[str, int]) -> None:
    village = next((at for at, label in enumerate(labels) if is_village(label)), None)
    if village is not None:
        found.setdefault("branch", village)


def _place(labels: Sequence[str], found: Mapping[str, int]) -> tuple[int, ...]:
    """The address in one column, or in its parts from the province to the street."""
    taken = set(found.values()) - {found.get("place")}
    parts = tuple(at for at, label in enumerate(labels) if at not in taken and is_part_of_place(label))
    if len(parts) < 2 or "place" not in found:
        whole = (found["place"],) if "place" in found else ()
        return parts if len(parts) > 1 else whole
    return tuple(sorted({*parts, found["place"]}))
