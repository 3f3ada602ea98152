"""Every table, gathered for the migrations."""

from __future__ import annotations

from storage import (
    addresses,
    changes,
    choices,
    consents,
    contacts,
    dialogues,
    echoes,
    files,
    inbox,
    invitations,
    lessons,
    number_claims,
    occurrences,
    offices,
    outbox,
    people,
    recipients,
    sent_rosters,
    tallies,
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
    tallies,
    offices,
    contacts,
    changes,
    viewings,
    consents,
    invitations,
    number_claims,
    choices,
    dialogues,
    echoes,
    lessons,
    inbox,
    outbox,
    recipients,
    occurrences,
    sent_rosters,
)
