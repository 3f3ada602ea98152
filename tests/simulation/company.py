"""What kind of SMS company a seed has to do with."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

_A_BATCH = 100
_PULLED_EVERY = timedelta(minutes=30)


class Company(NamedTuple):
    """`knows_reference`: it brings our own id back; else a message is its batch's id and the number.

    `pulls_every`: what it could not bring waits to be fetched; where that is None it is lost.
    """

    most_at_once: int
    knows_reference: bool
    pulls_every: timedelta | None


def company_of(seed: int) -> Company:
    """Even seeds send by batches; of each four the last two go by the company's id; each third is fetched."""
    return Company(
        most_at_once=1 if seed % 2 else _A_BATCH,
        knows_reference=seed % 4 < 2,
        pulls_every=None if seed % 3 else _PULLED_EVERY,
    )
