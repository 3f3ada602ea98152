"""A row of the outbox with its seals open: to whom it goes, and what it says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from storage.campaign_letters import CampaignLetters


class Sealed(Protocol):
    """Of a campaign's letter `letter` and `recipient` are empty, and `value` is its sealed address."""

    @property
    def id(self) -> str: ...
    @property
    def address_id(self) -> str | None: ...
    @property
    def channel(self) -> str: ...
    @property
    def recipient(self) -> bytes | None: ...
    @property
    def letter(self) -> bytes | None: ...
    @property
    def campaign_id(self) -> str | None: ...
    @property
    def value(self) -> bytes: ...
    @property
    def language(self) -> str: ...


class Opens(Protocol):
    """A vault, or a transaction with one."""

    def open(self, sealed: bytes, row_id: str, where: str) -> str: ...


def words_in(vault: Opens, said: CampaignLetters, row: Sealed) -> Mapping[str, Any] | None:
    """As `kept_letter` has it; None where what it said is gone from the shelf. Raises SealBroken."""
    if row.letter is not None:
        kept: Mapping[str, Any] = json.loads(vault.open(row.letter, row.id, "outbox.letter"))
        return kept
    return said.to(row.campaign_id or "", row.language, row.id, row.channel)


def recipient_in(vault: Opens, row: Sealed) -> str:
    """Raises SealBroken."""
    if row.recipient is not None:
        return vault.open(row.recipient, row.id, "outbox.recipient")
    return vault.open(row.value, row.address_id or "", "addresses.value")
