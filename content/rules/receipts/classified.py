"""What a company's code for an ended message means, and what follows from it: one table, read once.

`meanings.csv` is for people: a word of ours, what it says, and what follows. Beside it stands a file for
each company, `<its name>.csv`, which gives its codes our words; `*` at the end of a code stands for the rest.
`carriers.csv` holds what China's operators say, whatever company passes it on.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

# suspend: this address takes nothing more, the next door does. next: this letter takes the next door.
# later: the same again after a while. message: no door of this company takes it. ours: somebody has to
# mend our settings. nothing: it was meant so. unclear: nobody knows.
Then = Literal["suspend", "next", "later", "message", "ours", "nothing", "unclear"]


# Of our faults those that stand in one message alone: all others go out meanwhile.
OF_ONE_MESSAGE = ("template_wrong", "signature_wrong")


class Meaning(NamedTuple):
    """`number_wrong`: it speaks against the address itself, and not against the moment or the person."""

    word: str
    says: str
    in_english: str
    then: Then
    number_wrong: bool


def meaning_of(reason: str) -> Meaning:
    """Of a reason as the outbox keeps it: our word, with a company's code behind a colon or without."""
    word = reason.partition(":")[0]
    return _meanings().get(word) or _meanings()["unknown"]


def is_ours(reason: str) -> bool:
    """Whether nothing is wrong with the letter or its reader: it waits until somebody has mended our side."""
    return bool(reason) and meaning_of(reason).then == "ours"


@cache
def words_of_ours() -> tuple[str, ...]:
    return tuple(word for word, meaning in _meanings().items() if meaning.then == "ours")


def word_for(company: str, code: str, otherwise: str = "unknown") -> str:
    """Our word for a company's code, the code behind it: `no_such_number:MK:0001`."""
    known = (_known(_words_of(table), code) for table in (company, "carriers"))
    word = next(filter(None, known), otherwise)
    return f"{word}:{code}" if code else word


def _known(words: Mapping[str, str], code: str) -> str:
    starts = (code[:end] + "*" for end in range(len(code), -1, -1))
    return words.get(code) or next((words[start] for start in starts if start in words), "")


@cache
def _meanings() -> dict[str, Meaning]:
    return {
        row["word"]: Meaning(
            row["word"],
            row["says"],
            row["in_english"],
            cast(Then, row["then"]),
            row["number_wrong"] == "yes",
        )
        for row in _rows("meanings.csv")
    }


@cache
def _words_of(company: str) -> dict[str, str]:
    return {row["code"]: row["word"] for row in _rows(f"{company}.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("content.rules.receipts") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
