"""Whether words bear a link that leads out: whoever taps it is somewhere we do not answer for."""

from __future__ import annotations

import re
import unicodedata

_ENDS = "com|cn|net|org|gov|edu|info|top|xyz|cc|vip|shop|site|io|me|co|app|link|club|ltd|tech|online|ink|biz"
_LINK = re.compile(rf"https?://|\bwww\.|[a-z0-9-]\.(?:{_ENDS})(?![a-z0-9-])", re.IGNORECASE | re.ASCII)


def has_link(text: str) -> bool:
    """A web address, with http in front or without."""
    return bool(_LINK.search(unicodedata.normalize("NFKC", text)))
