"""Many turns in one transaction: what their words need is looked up for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.turns import Heard, Turns
from storage.claimed import Claimed
from storage.database import Transaction
from storage.inbox import Received
from storage.lookahead import look_ahead

# For so many at least it is worth looking ahead again, after a word that changed more than its sender's own
# file has spoilt what was seen.
LEAST_AHEAD = 10


async def take_together(
    tx: Transaction, turns: Turns, waiting: Sequence[Received]
) -> tuple[list[Heard], list[Claimed]]:
    """What was heard, and the answers to be carried once this is committed."""
    words = [turns.read(received) for received in waiting]
    answers: list[Claimed | None] = []
    ahead = len(words)
    while len(answers) < len(words):
        first = len(answers)
        answers += await _as_far_as_seen(tx, turns, words[first : first + ahead])
        ahead = max(LEAST_AHEAD, len(answers) - first)
    return words, [answer for answer in answers if answer]


async def _as_far_as_seen(tx: Transaction, turns: Turns, near: Sequence[Heard]) -> list[Claimed | None]:
    """The turns of these, up to one that changes what was looked ahead for the rest."""
    answers: list[Claimed | None] = []
    await look_ahead(tx, [(one.said.channel, one.said.address) for one in near if one.said])
    for heard in near:
        answers.append(await turns.take(tx, heard))
        if not tx.desk.remembers:
            break
    return answers
