"""The letters of campaigns as doors take them: written once for a language, and not once for a person."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from content.letter import Letter
from content.words.campaign_letter import campaign_letter
from storage.campaigns import campaigns, words_of
from storage.choices import Shown
from storage.database import Transaction
from storage.kept_letter import kept_letter


class CampaignLetters:
    """For one transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._letters: dict[tuple[str, str], Letter | None] = {}
        self._by_sms: dict[tuple[str, str], dict[str, Any] | None] = {}

    async def read(self, kinds: Collection[tuple[str, str]]) -> None:
        """What these campaigns say, each in a language."""
        for campaign_id, language in kinds:
            written = await self._written(campaign_id, language)
            self._letters[campaign_id, language] = written
            self._by_sms[campaign_id, language] = _kept(written, "")

    def to(self, campaign_id: str, language: str, letter_id: str, channel: str) -> dict[str, Any] | None:
        """As `kept_letter` has it; None where what it said is gone from the shelf.

        By SMS the same object for all who read the same: there are no buttons to tell apart.
        """
        kind = campaign_id, language
        return self._by_sms[kind] if channel == "sms" else _kept(self._letters[kind], letter_id)

    async def _written(self, campaign_id: str, language: str) -> Letter | None:
        query = select(campaigns.c.slug).where(campaigns.c.id == campaign_id)
        slug: str = (await self._tx.conn.execute(query)).scalar_one()
        words = {} if slug else await words_of(self._tx, campaign_id)
        return campaign_letter(campaign_id, slug, words, language)


def _kept(letter: Letter | None, letter_id: str) -> dict[str, Any] | None:
    if letter is None:
        return None
    n = 0
    rows: list[list[Shown]] = []
    for row in letter.answers:
        rows.append([Shown(choice, f"{letter_id}.{n + i}") for i, choice in enumerate(row, start=1)])
        n += len(row)
    return kept_letter(letter, rows)
