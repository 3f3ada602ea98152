"""What the process before this one left is taken over first; a database in trouble is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

import structlog

from bot.insisting import PAUSE
from storage.trouble import will_pass

# Seconds after which the rest begins without it: who knocks meanwhile is told to come again.
_START = 2.0

log = structlog.get_logger()


async def begun(take_over: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
    """Under way at least, and mostly done. Raises what is a fault of ours."""
    taking_over = asyncio.create_task(_until_done(take_over))
    await asyncio.wait([taking_over], timeout=_START)
    if taking_over.done():
        taking_over.result()
    return taking_over


async def after(taking_over: asyncio.Task[None], work: Callable[[], Coroutine[None, None, None]]) -> None:
    """What would send what is to be taken over begins when that is done."""
    await asyncio.shield(taking_over)
    await work()


async def _until_done(take_over: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            return await take_over()
        except Exception as error:
            if not will_pass(error):
                raise
            log.error("not_taken_over", exc_info=error)
        await asyncio.sleep(PAUSE)
