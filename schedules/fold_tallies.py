"""Once a day: what several connections counted apart is brought together. Counts are right without it too."""

from __future__ import annotations

from datetime import datetime

from storage import tally_rebuild
from storage.database import Transaction


async def fold_tallies(tx: Transaction, _now: datetime) -> int:
    """How many rows were brought together."""
    return await tally_rebuild.fold(tx)
