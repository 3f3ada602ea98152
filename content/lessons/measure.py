"""How long a lesson is as an old phone gets it, with all that goes out with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import smsutil

# 【八个字的签名】 goes in front of every SMS; its Chinese makes the whole of it UCS-2, 67 to a part.
SIGNATURE = "【八字签名占位】"
CHINESE = re.compile("[\u3400-\u9fff]")


def as_sent(text: str, question: str, options: Sequence[str]) -> str:
    """What an old phone shows: signature, lesson, question, and the number to send back for each option."""
    word = "回" if CHINESE.search(text + question) else "Reply "
    ways = " ".join(f"{word}{n} {option}" for n, option in enumerate(options, 1))
    return f"{SIGNATURE}{text}\n{question}\n{ways}"


def parts_as_sent(text: str, question: str, options: Sequence[str]) -> int:
    """How many parts of an SMS are paid for."""
    return len(smsutil.split(as_sent(text, question, options)).parts)
