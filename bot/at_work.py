"""All parts at work, and in which order they leave off when the program is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager

from bot.delivery import Delivery
from bot.taking_over import after, begun
from bot.worker import Worker, Workers

# Seconds that requests under way have to end when the program is told to stop.
GRACE = 5.0
# Those that turns under way have before it.
_TURNS_GRACE = 2.0


@asynccontextmanager
async def at_work(
    delivery: Delivery,
    turns: Worker,
    sending: Workers,
    beside: Callable[[], Sequence[Coroutine[None, None, None]]],
) -> AsyncIterator[None]:
    """At the end what is on its way may arrive, and the rest stands in the database."""
    taking_over = await begun(delivery.take_over)
    taking = asyncio.create_task(after(taking_over, turns.run))
    carrying = asyncio.create_task(after(taking_over, sending.run))
    others = [taking_over, *(asyncio.create_task(work) for work in beside())]
    try:
        yield
    finally:
        for task in others:
            task.cancel()
        # Answers of the turns in hand belong to this process: they go out with it, or are put back by it.
        turns.leave()
        await asyncio.wait([taking], timeout=_TURNS_GRACE)
        taking.cancel()
        sending.leave()
        delivery.leave()
        arrived = asyncio.create_task(delivery.arrived())
        await asyncio.wait([carrying, arrived], timeout=GRACE)
        for task in (carrying, arrived):
            task.cancel()
        await delivery.cut()
        await asyncio.gather(taking, carrying, arrived, *others, return_exceptions=True)
