"""A text in all the clothes in which it could stand in a log."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus


def found_in(written: str, canaries: Iterable[str]) -> set[tuple[str, str]]:
    """Which of the texts are there, and in what form."""
    return {(text, form) for text in canaries for form in set(_forms(text)) if form in written}


def _forms(text: str) -> Iterator[str]:
    yield from (text, json.dumps(text)[1:-1], ascii(text)[1:-1], quote(text, safe=""), quote_plus(text))
    for charset in ("utf-8", "gb18030", "utf-16-be"):
        octets = text.encode(charset)
        yield from (octets.hex(), octets.hex().upper(), repr(octets)[2:-1])
        for before in range(3):
            # Without the signs that hold bits of what stands before and after.
            start, end = (0, 2, 3)[before], -(((before + len(octets)) % 3) + 1) or None
            yield base64.b64encode(b"x" * before + octets).decode().rstrip("=")[start:end]
