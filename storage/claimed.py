"""A promise that somebody has taken up to keep: theirs alone until the lease is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Claimed:
    """`letter` is as `kept_letter` has it, its buttons as (label, token)."""

    id: str
    person_id: str | None
    address_id: str | None
    channel: str
    recipient: str
    letter: Mapping[str, Any]
    kind: str
    attempts: int
    lease_until: datetime
