"""`/metrics`: who may read it, and nobody else learns that it is there."""

from __future__ import annotations

import hmac
import ipaddress

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.clock import Clock
from bot.metrics import CONTENT_TYPE, Metrics
from bot.readings import Readings

# Whoever comes through a proxy is not on this machine, though the proxy may be.
_OF_A_PROXY = ("forwarded", "via", "x-forwarded-for", "x-real-ip")


class Watch:
    """Without `secret` it is read from this machine alone; with it by whoever shows it as a Bearer token."""

    def __init__(self, metrics: Metrics, readings: Readings, clock: Clock, secret: str = "") -> None:
        self._metrics = metrics
        self._readings = readings
        self._clock = clock
        self._secret = secret

    async def metrics(self, request: Request) -> Response:
        if not (_shows(request, self._secret) if self._secret else _is_from_here(request)):
            return PlainTextResponse("Not Found", status_code=404)
        reading = await self._readings.latest()
        return Response(self._metrics.text(reading, self._clock.now()), media_type=CONTENT_TYPE)


def _shows(request: Request, secret: str) -> bool:
    shown = request.headers.get("authorization", "")
    return hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), f"Bearer {secret}".encode())


def _is_from_here(request: Request) -> bool:
    if request.client is None or any(header in request.headers for header in _OF_A_PROXY):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
