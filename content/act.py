"""What a person means to do: the one thing that a typed word and a pressed button both become."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Act(NamedTuple):
    """One thing meant by one message. Each field is set only where it was said.

    `place` is a six-digit GB/T 2260 code, `phone` is E.164, `date` and `until` are ISO dates,
    `n` counts choices from 1. `ambiguous` names the field that the words do not settle, and
    `options` its candidates. `about` carries what a button was about (ids, page marks).
    """

    intent: str
    place: str = ""
    address: str = ""
    employer: str = ""
    job: str = ""
    phone: str = ""
    date: str = ""
    until: str = ""
    kind: str = ""
    urgent: bool = False
    n: int = 0
    text: str = ""
    ambiguous: str = ""
    options: tuple[str, ...] = ()
    about: Mapping[str, str] = _NOTHING

    def to_json(self) -> str:
        """The act in few bytes, fields that say nothing left out; `from_json` reads it back."""
        return json.dumps({k: v for k, v in self._asdict().items() if v}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Act:
        said = json.loads(text)
        return cls(**{**said, "options": tuple(said.get("options", ()))})
