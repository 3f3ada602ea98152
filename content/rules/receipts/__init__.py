"""Why a message did not arrive, in words a secretary can read."""

from content.rules.receipts.classified import (
    OF_ONE_MESSAGE,
    Meaning,
    Then,
    is_ours,
    meaning_of,
    word_for,
    words_of_ours,
)

__all__ = ["OF_ONE_MESSAGE", "Meaning", "Then", "is_ours", "meaning_of", "word_for", "words_of_ours"]
