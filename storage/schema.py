"""Every table, gathered for the migrations."""

from __future__ import annotations

from storage import (
    addresses,
    changes,
    choices,
    consents,
    contacts,
    dialogues,
    files,
    inbox,
    invitations,
    lessons,
    number_claims,
    occurrences,
    outbox,
    people,
    units,
    viewings,
)
from storage.columns import metadata

__all__ = ["NOUNS", "metadata"]

NOUNS = (
    units,
    people,
    addresses,
    files,
    contacts,
    changes,
    viewings,
    consents,
    invitations,
    number_claims,
    choices,
    dialogues,
    lessons,
    inbox,
    outbox,
    occurrences,
)
