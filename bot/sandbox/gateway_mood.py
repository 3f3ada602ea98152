"""How the SMS centre is: well, slow, too busy, silent, or not there at all. A visitor of the demo may say."""

from __future__ import annotations

import asyncio
from typing import Literal

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.sandbox.changes import Changes

# slow: it answers, late. busy: it turns everybody away. silent: it takes the request, and no word comes
# back nor goes on. down: nobody is there. What went wrong at a real gateway was one of these.
Mood = Literal["well", "slow", "busy", "silent", "down"]

SLOW = 3.0  # seconds
# Seconds that a busy one asks for: whoever watches has no patience for a minute.
RETRY_AFTER = 10


class GatewayMood:
    """`turned_away` counts the messages that it would not take since it is in this mood."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.now: Mood = "well"
        self.turned_away = 0

    def turn(self, mood: Mood) -> None:
        self.now, self.turned_away = mood, 0
        self._changes.ring()

    async def answer_instead(self, request: Request) -> Response | None:
        """What is answered in this mood, once it is; None where the message is taken as ever."""
        if self.now == "slow":
            await asyncio.sleep(SLOW)
        if self.now in ("well", "slow"):
            return None
        self.turned_away += self.now != "down"  # where nobody is there, nobody counts either
        self._changes.ring()
        if self.now == "busy":
            said = "Service temporarily unavailable, try later"
            return PlainTextResponse(said, 503, headers={"Retry-After": str(RETRY_AFTER)})
        await _hung_up(request)
        return Response(status_code=503)  # which nobody is left to hear


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
