"""What an old phone shows of a text message, and what is counted and paid for: one truth for both."""

from __future__ import annotations

import re
from collections.abc import Sequence

import smsutil

from content.letter import ChosenBy
from content.words.short import ways_to_answer

# Old phones show a box for these, and each costs two signs of seventy.
_PICTOGRAMS = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]")


def as_sent(
    text: str, labels: Sequence[str], chosen_by: ChosenBy, signature: str = "", suffix: str = ""
) -> str:
    """Signature, words, how to choose, and how to get no more of it; the n-th label is chosen by n."""
    words = _bare(text)
    ways = ways_to_answer(words, [_bare(label) for label in labels], chosen_by)
    said = "\n".join(part for part in (words, ways) if part)
    return signature + " ".join(part for part in (said, suffix) if part)


def parts_of(text: str) -> int:
    """How many messages the network makes of it, each paid for: 70 signs of Chinese, 67 where several."""
    return len(smsutil.split(text).parts)


def _bare(text: str) -> str:
    return _PICTOGRAMS.sub("", text).strip()
