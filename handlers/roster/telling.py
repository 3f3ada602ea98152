"""What a roster changes in a known file, kept as when the member tells it: the old value stays. (S7)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from handlers.roster.planned import Deed
from storage.changes import Change, Field
from storage.files import Member

DOOR = "roster"


def changes_told(deed: Deed, now: datetime, by: str | None) -> Iterator[tuple[str, Change]]:
    """(person, change) for a new address, work or number of somebody whose file is kept already."""
    file = deed.person.file
    if file is None:
        return
    for field, old, new in _told(deed, file):
        yield file.id, _change(deed, file, field, old, new, now, by)


def _told(deed: Deed, file: Member) -> Iterator[tuple[Field, str, str]]:
    told = deed.writing
    if "address" in told.texts or "place_code" in told.facts:
        yield "address", file.address, str(told.texts.get("address", file.address))
    if "job" in told.texts:
        yield "job", file.job, str(told.texts["job"])
    if deed.person.phone:
        yield "phone", " ".join(number.value for number in deed.person.numbers), deed.person.phone


def _change(
    deed: Deed, file: Member, field: Field, old: str, new: str, now: datetime, by: str | None
) -> Change:
    place = str(deed.writing.facts.get("place_code", file.place_code))
    return Change(
        field=field,
        old=old,
        new=new,
        old_place=file.place_code,
        new_place=place if field == "address" else file.place_code,
        at=now,
        channel=DOOR,
        by_id=by,
    )
