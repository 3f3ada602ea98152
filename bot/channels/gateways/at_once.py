"""Many numbers in one request, which a company may refuse as one, or answer for each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.channels.contract import SendingFailed, Sent, TryLater, cut_off
from bot.channels.gateways.asking import failure_for
from bot.channels.gateways.contract import Text
from content.rules.receipts import meaning_of

HOME = "+86"
# Seconds. Halves are begun for so long: with one more answer to wait for, it is within what a lease leaves.
_PATIENCE = 120.0

Outcome = Sent | SendingFailed
HandOver = Callable[[Sequence[Text]], Awaitable[Sequence[Outcome]]]


async def handed_over(
    texts: Sequence[Text], serves: Callable[[Text], bool], hand_over: HandOver
) -> list[Outcome]:
    """How each ended, in their order; `hand_over` tells it of a request, or raises what became of all of it.

    Numbers that the company does not serve stay out. So does, until the next request, the second text to a
    phone that two people share: nobody could tell its receipt from the first.
    """
    outcomes: list[Outcome] = [failure_for("foreign_number")] * len(texts)
    waiting = [n for n, text in enumerate(texts) if serves(text)]
    requests = _Requests(hand_over)
    while waiting:
        first = {texts[n].number: n for n in reversed(waiting)}
        now = sorted(first.values())
        waiting = sorted(set(waiting) - set(now))
        ended = await requests.by_halves([texts[n] for n in now])
        for n, outcome in zip(now, ended, strict=True):
            outcomes[n] = outcome
    return outcomes


class _Requests:
    """One after the other. Whoever is cut off begins none any more, and forgets none that ended."""

    def __init__(self, hand_over: HandOver) -> None:
        self._hand_over = hand_over
        self._until = _now() + _PATIENCE
        self._is_cut_off = False

    async def by_halves(self, texts: Sequence[Text]) -> list[Outcome]:
        """Where a request is refused for one of its numbers, the others must not pay for it.

        Nothing of it was taken, so its halves are sent, until the one is alone.
        """
        try:
            return list(await self._ask(texts))
        except SendingFailed as failure:
            if len(texts) == 1 or not _is_of_a_number(failure):
                return [failure for _ in texts]
        middle = len(texts) // 2
        first = await self.by_halves(texts[:middle])
        return [*first, *await self.by_halves(texts[middle:])]

    async def _ask(self, texts: Sequence[Text]) -> Sequence[Outcome]:
        if self._is_cut_off or _now() >= self._until:
            raise TryLater("stopped" if self._is_cut_off else "gateway_busy")
        try:
            return await self._hand_over(texts)
        except asyncio.CancelledError as told:
            self._is_cut_off = True
            raise cut_off(told) from None


def _is_of_a_number(failure: SendingFailed) -> bool:
    meaning = meaning_of(failure.reason)
    return meaning.then in ("suspend", "next") or meaning.word == "too_many_to_number"


def _now() -> float:
    return asyncio.get_running_loop().time()
