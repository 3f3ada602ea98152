"""Long lists of words, written as prose so that a person can read and mend them."""

from __future__ import annotations


def words(prose: str) -> tuple[str, ...]:
    """The words of a text, split at white space."""
    return tuple(prose.split())
