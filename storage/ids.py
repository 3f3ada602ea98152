"""Ids made by us: 26 letters that sort in the order they were made, even within a millisecond."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [one + another for one in _ALPHABET for another in _ALPHABET]
_SHIFTS = range(120, -1, -10)
_RANDOM_BITS = 80
# The first of the 26: five bits each, and the random ones begin with the eleventh.
_TIME_LETTERS = 10


class IdMint:
    """One for each process. The inbox is worked off in the order of its ids."""

    def __init__(self) -> None:
        self._last = 0

    def new(self, now: datetime) -> str:
        milliseconds = int(now.timestamp() * 1000)
        fresh = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        self._last = fresh if fresh >> _RANDOM_BITS > self._last >> _RANDOM_BITS else self._last + 1
        return _written(self._last)


def made_at(made: str) -> datetime:
    """When an id was made, to the millisecond."""
    milliseconds = 0
    for letter in made[:_TIME_LETTERS]:
        milliseconds = milliseconds << 5 | _ALPHABET.index(letter)
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _written(number: int) -> str:
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])
