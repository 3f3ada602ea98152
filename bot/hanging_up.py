"""HTTP as uvicorn speaks it, and hangs up on whoever lets their question drip, or asks nothing at all."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds in which the head of a request has to be there. Without an end to it a thousand connections that
# say nothing keep every company and every chat outside. A body has its own time, in bot/bodies.py.
PATIENCE = 10.0


class HangsUp(H11Protocol):
    """Whoever is being answered stays, however long that takes."""

    _look: asyncio.TimerHandle | None = None
    _seen: object = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._look:
            self._look.cancel()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        self._look = self.loop.call_later(PATIENCE, self._look_now)

    def _look_now(self) -> None:
        is_idle = self.cycle is None or self.cycle.response_complete
        if is_idle and self.cycle is self._seen:
            self.transport.close()
            return
        self._seen = self.cycle if is_idle else None
        self._look_later()
