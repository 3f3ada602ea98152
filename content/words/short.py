"""What one text message holds: 70 signs, the signature and the numbered answers among them."""

from __future__ import annotations

from collections.abc import Sequence

from content.letter import Letter

# 70 signs of UCS-2, less the signature 【联动】. Source: 3GPP TS 23.040, 140 octets a message.
ROOM = 70 - 4


def room_beside(words: str, labels: Sequence[str] = ()) -> int:
    """Signs left in one message that says `words` and offers answers with these labels."""
    ways = " ".join(f"回{n} {label}" for n, label in enumerate(labels, 1))
    return ROOM - _signs(words) - (_signs(ways) + 1 if ways else 0)


def fits(letter: Letter) -> bool:
    labels = [choice.label for row in letter.choices for choice in row]
    return room_beside(letter.sms or letter.chat, labels) >= 0


def shortened(text: str, room: int) -> str:
    """The text, or as much of it as has room, with a sign that it goes on."""
    return text if _signs(text) <= room else f"{text[: max(room - 1, 0)]}…"


def _signs(text: str) -> int:
    return len(text.encode("utf-16-be")) // 2
