"""What one text message holds: 70 signs, the signature and the numbered answers among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from content.letter import ChosenBy, Letter

# Signs of UCS-2, less the signature 【联动】. Source: 3GPP TS 23.040, 140 octets a message, six of them
# for the joint where there are two. English takes twice the signs of Chinese, and may have two messages.
ROOM = 70 - 4
ENGLISH_ROOM = 2 * 67 - 4

_CHINESE = re.compile("[\u3400-\u9fff]")
_ENGLISH_END = re.compile(r"[.:?!]$")


def ways_to_answer(words: str, labels: Sequence[str], chosen_by: ChosenBy = "number") -> str:
    """回1 对 回2 重写, 回A or Reply 1 Yes: the answers as they stand under the words."""
    if chosen_by == "word":
        return ""
    word = "回" if _is_chinese(words) else "Reply "
    signs = [letter_of(n) if chosen_by == "letter" else str(n) for n in range(1, len(labels) + 1)]
    return " ".join(f"{word}{sign} {label}" for sign, label in zip(signs, labels, strict=True))


def letter_of(n: int) -> str:
    """A for the first answer."""
    return chr(ord("A") + n - 1)


def room_beside(words: str, labels: Sequence[str] = ()) -> int:
    """Signs left in a message that says `words` and offers answers with these labels."""
    ways = ways_to_answer(words, labels)
    room = ROOM if _is_chinese(words) else ENGLISH_ROOM
    return room - _signs(words) - (_signs(ways) + 1 if ways else 0)


def fits(letter: Letter) -> bool:
    labels = [choice.label for row in letter.choices for choice in row]
    return room_beside(letter.sms or letter.chat, labels) >= 0


def with_what_fits(letter: Letter) -> Letter:
    """The letter with as many of its answers, from the first one, as one message holds."""
    choices = [choice for row in letter.choices for choice in row]
    while choices and not fits(replace(letter, choices=(tuple(choices),))):
        choices.pop()
    return replace(letter, choices=(tuple(choices),) if choices else ())


def shortened(text: str, room: int) -> str:
    """The text, or as much of it as has room, with a sign that it goes on."""
    return text if _signs(text) <= room else f"{text[: max(room - 1, 0)]}…"


def _is_chinese(words: str) -> bool:
    """An English sentence that names a Chinese place is still English: it ends as English ends."""
    return bool(_CHINESE.search(words)) and not _ENGLISH_END.search(words)


def _signs(text: str) -> int:
    return len(text.encode("utf-16-be")) // 2
