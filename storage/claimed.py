"""A promise that somebody has taken up to keep: theirs alone until the lease is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple


class Claimed(NamedTuple):
    """`letter` is as `kept_letter` has it, its buttons as (label, token). By SMS all of a campaign that
    read the same share one `letter`.
    """

    id: str
    person_id: str | None
    address_id: str | None
    channel: str
    recipient: str
    letter: Mapping[str, Any]
    kind: str
    attempts: int
    lease_until: datetime
    campaign_id: str | None = None
    unsure: int = 0
