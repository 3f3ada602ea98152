"""Kannel's escape codes in a URL: %p and its like, filled in and percent-encoded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote_plus


def fill(template: str, codes: Mapping[str, str]) -> str:
    """The template with each code replaced. A code that has no value here is left as it stands."""
    return re.sub("%(.)", lambda found: _value(found.group(1), codes), template)


def _value(code: str, codes: Mapping[str, str]) -> str:
    return quote_plus(codes[code]) if code in codes else f"%{code}"
