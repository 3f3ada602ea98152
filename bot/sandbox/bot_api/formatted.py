"""Text with its formatting: marked up as HTML or Markdown, or plain with the entities beside it.

Source of what is said of bad marking: tdlib/td, MessageEntity.cpp; "Formatting options" of the Bot API.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.bot_api.html_text import parse_html
from bot.sandbox.bot_api.markdown_text import parse_markdown_v2
from bot.sandbox.bot_api.marking import Json, MarkedBadly, units
from bot.sandbox.bot_api.old_markdown_text import parse_markdown
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.refusals import bad_request

MODES: dict[str, Callable[[str], tuple[str, list[Json]]]] = {
    "html": parse_html,
    "markdown": parse_markdown,
    "markdownv2": parse_markdown_v2,
}

FIELDS = {"type": str, "offset": int, "length": int}


@dataclass(frozen=True, slots=True)
class Formatted:
    """The text as it is shown, and what the bot said of parts of it; offsets count in UTF-16 units."""

    text: str = ""
    entities: tuple[Json, ...] = ()


def read_formatted(parameters: Parameters, text: str = "text", entities: str = "entities") -> Formatted:
    said, mode = parameters.text(text), parameters.text("parse_mode").lower()
    if not said or mode in ("", "none"):
        return _trimmed(said, _given(parameters.structure(entities)))
    if mode not in MODES:
        raise bad_request("unsupported parse_mode")
    try:
        return _trimmed(*MODES[mode](said))
    except MarkedBadly as badly:
        raise bad_request(f"can't parse entities: {badly}") from None


def _given(entities: Any) -> list[Json]:
    """What is no list says nothing, as with Telegram; what is no entity is refused."""
    given = entities if isinstance(entities, list) else []
    for entity in given:
        if not isinstance(entity, dict):
            raise bad_request("can't parse MessageEntity: expected an Object")
        for field, kind in FIELDS.items():
            if field not in entity:
                raise bad_request(f"can't parse MessageEntity: Can't find field \"{field}\"")
            if not isinstance(entity[field], kind):
                of = "String" if kind is str else "Number"
                raise bad_request(f'can\'t parse MessageEntity: Field "{field}" must be of type {of}')
    return sorted(given, key=lambda entity: (entity["offset"], -entity["length"]))


def _trimmed(text: str, entities: list[Json]) -> Formatted:
    """White space around is not shown, and no entity reaches past what is."""
    shown = text.strip()
    cut, end = units(text[: len(text) - len(text.lstrip())]), units(shown)
    kept = []
    for entity in entities:
        first = max(entity["offset"] - cut, 0)
        last = min(entity["offset"] + entity["length"] - cut, end)
        if first < last:
            kept.append(entity | {"offset": first, "length": last - first})
    return Formatted(shown, tuple(kept))
