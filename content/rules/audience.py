"""Whom a campaign is for, as its sender says it; the database works out who that is when it goes out."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Audience(NamedTuple):
    """Narrowed by each field that is not empty; within one field any of its values will do.

    `units` are paths, and all below each counts. `places` are prefixes of GB/T 2260 codes, where people
    are now. `trades` are industries, `standings` as of the moment it goes out. `only` are people picked
    by hand, which leaves the rest as it is; `but_not` are left out whatever else is said. Without
    `also_at_home` it is for those who are out. `unsettled`: somebody was named whom nobody is; until it is
    said who is meant it is for nobody.
    """

    units: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    also_at_home: bool = False
    unsettled: bool = False

    def having(self, field: str, values: tuple[str, ...]) -> Audience:
        """The same with other values in the field of this name; whom it is for is settled by that."""
        changed: dict[str, Any] = {field: values, "unsettled": self.unsettled and field == "but_not"}
        return self._replace(**changed)

    @property
    def is_narrowed(self) -> bool:
        return self != EVERYBODY

    def to_json(self) -> str:
        """In few signs: what says nothing is left out."""
        return json.dumps({name: said for name, said in self._asdict().items() if said})

    @classmethod
    def from_json(cls, text: str) -> Audience:
        said: dict[str, Any] = json.loads(text or "{}")
        fields: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in said.items()}
        return cls(**fields)


EVERYBODY = Audience()
NOBODY_YET = Audience(unsettled=True)
