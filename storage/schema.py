"""Every table, gathered for the migrations."""

from __future__ import annotations

from storage import (
    addresses,
    campaigns,
    changes,
    choices,
    consents,
    contacts,
    dialogues,
    echoes,
    files,
    holidays,
    inbox,
    invitations,
    number_claims,
    occurrences,
    offices,
    outbox,
    people,
    progress,
    recipients,
    sent_rosters,
    series,
    tallies,
    tasks,
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
    campaigns,
    inbox,
    outbox,
    recipients,
    tasks,
    progress,
    occurrences,
    holidays,
    sent_rosters,
    series,
)
