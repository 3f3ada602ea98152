"""Many turns in one transaction: what their words need is looked up for all of them at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.turns import Heard, Turns
from storage.claimed import Claimed
from storage.database import Transaction
from storage.inbox import Received
from storage.lookahead import look_ahead

# For so many at least it is worth looking ahead again, after a word that changed more than its sender's own
# file has spoilt what was seen.
LEAST_AHEAD = 10
# Seconds. Then the rest waits for the next transaction: on SQLite whoever brings a text waits for this one
# to end, and a company that hears nothing for 0.7 s takes it for lost.
LONGEST = 0.2


async def take_together(
    tx: Transaction, turns: Turns, waiting: Sequence[Received]
) -> tuple[list[Heard], list[Claimed]]:
    """What was heard, one at least, and the answers to be carried once this is committed."""
    words = [turns.read(received) for received in waiting]
    answers: list[Claimed | None] = []
    ahead, over = len(words), _now() + LONGEST
    while len(answers) < len(words) and (not answers or _now() < over):
        first = len(answers)
        answers += await _as_far_as_seen(tx, turns, words[first : first + ahead], over)
        ahead = max(LEAST_AHEAD, len(answers) - first)
    return words[: len(answers)], [answer for answer in answers if answer]


async def _as_far_as_seen(
    tx: Transaction, turns: Turns, near: Sequence[Heard], over: float
) -> list[Claimed | None]:
    """The turns of these, up to one that changes what was looked ahead for the rest, or ends too late."""
    answers: list[Claimed | None] = []
    await look_ahead(tx, [(one.said.channel, one.said.address) for one in near if one.said])
    for heard in near:
        answers.append(await turns.take(tx, heard))
        if not tx.desk.remembers or _now() >= over:
            break
    return answers


def _now() -> float:
    return asyncio.get_running_loop().time()
