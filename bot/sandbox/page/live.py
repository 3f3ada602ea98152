"""The line on which a browser hears what changed: each phone whose screen is other than it was told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request

from bot.sandbox.page.almanac import moment
from bot.sandbox.page.breaking import how_it_is
from bot.sandbox.page.screens import screen
from bot.sandbox.page.stage import Stage
from bot.sandbox.page.views import line_up
from bot.sandbox.world import World

# A turn of conversation makes several changes at once: one look at the screens serves them all.
BREATH = 0.04
CLOCK_IS_READ_EVERY = 1.0
# How soon a browser takes the line up again after a cut, in milliseconds.
RETRY = 1000

# What it is about, the name of the event, and what is said.
News = tuple[str, str, dict[str, Any]]


def live(world: World, stage: Stage) -> Callable[[Request], Any]:
    async def line(request: Request) -> EventSourceResponse:
        return EventSourceResponse(_news(world, stage), ping=20)

    return line


async def _news(world: World, stage: Stage) -> AsyncIterator[ServerSentEvent]:
    """Everything at first, so a line taken up again misses nothing; from then on what changed."""
    await stage.opened()
    told: dict[str, str] = {}
    seen = -1
    while not world.changes.closed:
        version = world.changes.version
        screens = [_line_up(world, stage), *_phones(world, stage)] if version != seen else []
        for key, event, said in [_clock(stage), *screens]:
            words = json.dumps(said, ensure_ascii=False)
            if told.get(key) != words:
                told[key] = words
                yield ServerSentEvent(words, event=event, retry=RETRY)
        seen = version
        await _next_change(world, version)


def _clock(stage: Stage) -> News:
    return "clock", "clock", moment(stage.now().astimezone(stage.timezone))


def _line_up(world: World, stage: Stage) -> News:
    """Before the screens: a phone that came on the stage is set up before it shows anything."""
    return "stage", "stage", {"phones": line_up(world, stage), "gateway": how_it_is(world)}


def _phones(world: World, stage: Stage) -> list[News]:
    phones = [world.phone(standing.phone_id) for standing in stage.phones]
    return [(f"phone {phone.id}", "phone", screen(world, phone, stage.timezone)) for phone in phones]


async def _next_change(world: World, version: int) -> None:
    """Returns at the next change, or when the clock is due to be read."""
    with suppress(TimeoutError):
        await asyncio.wait_for(world.changes.after(version), CLOCK_IS_READ_EVERY)
        await asyncio.sleep(BREATH)
