"""What the SMS company tells of what it took: late, twice, in the wrong order, on being asked, or never."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from bot.channels.contract import TryLater
from bot.channels.gateways.contract import Push, Sought
from tests.simulation.luck import Luck

if TYPE_CHECKING:
    from tests.simulation.world import World

# Some never come by themselves, some come twice, and most within seconds.
_LOST, _TWICE, _AT_ONCE = 0.05, 0.08, 0.9
_A_PAGE = 50
_TRIED_AGAIN = (60, 300, 600, 1800, 3600, 4 * 3600, 12 * 3600)


Outcome = Literal["delivered", "failed", "buffered", "never_taken"]


class Told(NamedTuple):
    """What became of a message. `never_taken` is said of one that nobody knows."""

    reference: str
    provider_id: str
    number: str
    outcome: Outcome
    reason: str = ""


class Receipts:
    def __init__(self, world: World) -> None:
        self._world = world
        self._luck = Luck(world.seed, "receipts")
        self._known: dict[tuple[str, ...], list[tuple[float, Told]]] = {}
        self._to_fetch: list[Told] = []

    def tells(self, told: Told, after: float) -> None:
        """So many seconds from now it is so; whoever sent it hears of it a little later."""
        true_from = self._world.loop.time() + after
        for key in ((told.reference,), (told.provider_id, told.number)):
            self._known.setdefault(key, []).append((true_from, told))
        if self._luck.happens(_LOST):
            self._world.later(after, lambda: self._to_fetch.append(told))
            return
        after += self._luck.seconds(3) if self._luck.happens(_AT_ONCE) else self._luck.uniform(600, 20_000)
        for _ in range(2 if self._luck.happens(_TWICE) else 1):
            self._world.later(after, lambda: self._world.begins(self._brings(told)))
            after += self._luck.uniform(0, 300)

    def of(self, sought: Sought) -> Told | None:
        """On being asked. A company that goes by its own id cannot look for what it never answered."""
        if self._world.centre.is_out:
            raise TryLater("gateway_busy")
        if self._world.company.knows_reference:
            known = self._known.get((sought.reference,))
        elif sought.provider_id:
            known = self._known.get((sought.provider_id, sought.number))
        else:
            return None
        if known is None:
            return Told(sought.reference, "", sought.number, "never_taken")
        so_far = [told for true_from, told in known if true_from <= self._world.loop.time()]
        return so_far[-1] if so_far else Told(sought.reference, "", sought.number, "buffered")

    def pages(self) -> Iterator[list[Told]]:
        """What waits to be fetched. A page is forgotten when the next one is asked for."""
        if self._world.centre.is_out:
            raise TryLater("gateway_busy")
        while page := self._to_fetch[:_A_PAGE]:
            yield page
            del self._to_fetch[: len(page)]

    async def _brings(self, told: Told) -> None:
        push = Push("receipt", "POST", "", "", {}, json.dumps(told).encode())
        for pause in _TRIED_AGAIN:
            try:
                await self._world.inbound.is_kept(push)
                return
            except Exception:
                await asyncio.sleep(pause)
