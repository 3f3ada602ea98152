"""One look at an address of the web, for the doctor: what answers there, and what time it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

SECONDS = 4.0
# Signs of an answer that are kept: a status page names each of its lines.
_READ = 100_000


@dataclass(frozen=True, slots=True)
class Seen:
    """`said` is the answer where it is a JSON object, `clock` the other side's time where it tells one.

    `server` is what it calls itself, `text` the beginning of what it says.
    """

    status: int
    clock: datetime | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    server: str = ""
    text: str = field(default="", repr=False)


async def look_at(url: str, trust_env: bool = True) -> Seen | None:
    """What answers a GET there; None where nothing does. Says nothing of the address, which may be secret."""
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=trust_env) as client:
            answer = await client.get(url)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError):
        return None
    server = answer.headers.get("server", "")
    return Seen(answer.status_code, _clock(answer), _said(answer), server, answer.text[:_READ])


def _clock(answer: httpx.Response) -> datetime | None:
    try:
        told = parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError):
        return None
    return told if told.tzinfo else None


def _said(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
