"""Brings the English catalogue in step with the source: `python -m content.words.update`.

New messages come in empty, reworded ones keep their English marked fuzzy, and those nobody says
any more go. A test stays red until the empty and the fuzzy ones have been looked at.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from content.words.catalogue import ENGLISH

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("content", "handlers", "schedules", "bot")
NOT_SAID_TO_PEOPLE = (ROOT / "bot" / "sandbox" / "page",)
KEYWORDS: dict[str, tuple[int, ...] | None] = {"say": None, "plural": (1, 2), "N_": None}

# No dates and no versions: two people who update on one day then have nothing to merge.
HEADER = """# What the program says, in English. Brought in step by: python -m content.words.update
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def update() -> Catalog:
    """Rewrites the catalogue in sorted order, and returns it."""
    catalogue = english()
    catalogue.update(messages_in_source())
    ENGLISH.write_text(HEADER + _body(catalogue), encoding="utf-8")
    return english()


def english() -> Catalog:
    """The English catalogue as it stands in the file."""
    with ENGLISH.open("rb") as po:
        return read_po(po, locale="en")


def messages_in_source() -> Catalog:
    """Every message that any floor says, as the catalogue has to hold it."""
    messages = Catalog()
    for file in sources():
        for _, msgid, _, _ in extract_from_file("python", file, KEYWORDS):
            messages.add(msgid)
    return messages


def sources() -> Iterator[Path]:
    """The Python files that may say something to a person."""
    for floor in FLOORS:
        for file in sorted((ROOT / floor).rglob("*.py")):
            if not any(file.is_relative_to(away) for away in NOT_SAID_TO_PEOPLE):
                yield file


def waiting(catalogue: Catalog) -> list[str]:
    """The messages that still want a person's English."""
    return [_forms(m.id)[0] for m in catalogue if m.id and (m.fuzzy or not all(_forms(m.string)))]


def _body(catalogue: Catalog) -> str:
    text = io.BytesIO()
    write_po(
        text, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True
    )
    return text.getvalue().decode("utf-8")


def _forms(message: str | Sequence[str] | None) -> tuple[str, ...]:
    return tuple(message) if isinstance(message, list | tuple) else (str(message or ""),)


if __name__ == "__main__":
    for msgid in waiting(update()):
        sys.stdout.write(f"? {msgid!r}\n")
