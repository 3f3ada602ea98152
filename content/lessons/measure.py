"""How long a lesson is for an old phone, with all that goes out with it."""

from __future__ import annotations

from collections.abc import Sequence

from content.words.short import parts_of, ways_to_answer

# 【八个字的签名】 goes in front of every SMS; its Chinese makes the whole of it UCS-2, 67 to a part.
SIGNATURE = "【八字签名占位】"


def as_sent(text: str, question: str, options: Sequence[str]) -> str:
    """What an old phone shows: signature, lesson, question, and the letter to send back for each option."""
    words = f"{text}\n{question}"
    return f"{SIGNATURE}{words}\n{ways_to_answer(words, options, 'letter')}"


def parts_as_sent(text: str, question: str, options: Sequence[str]) -> int:
    """How many parts of an SMS are paid for."""
    return parts_of(as_sent(text, question, options))
