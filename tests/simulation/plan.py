"""What is asked of a run, and when and where it takes place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from tests.simulation.world import World

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 2, 7, 30, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Plan:
    """A seed, so many people, so many days. `sabotage` breaks something on purpose: the tests of the
    invariants. `all_at_night` also finds what comes to offices at any hour.
    """

    seed: int
    members: int = 100
    days: float = 90
    all_at_night: bool = False
    with_faults: bool = True
    diary: Path | None = None
    sabotage: Callable[[World], None] = field(default=lambda _world: None)
