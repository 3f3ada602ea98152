"""Text marked up as the Bot API's HTML: a handful of tags, strictly closed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox.bot_api.marking import Json, MarkedBadly, Marking

KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
}
TAGS = frozenset(KINDS) | {"a", "pre", "code", "blockquote", "tg-emoji"}
# Which attribute of a tag says more of it.
ATTRIBUTES = {
    "a": "href",
    "code": "class",
    "span": "class",
    "tg-emoji": "emoji-id",
    "blockquote": "expandable",
}
_SIGNS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SIGN = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_TAG = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s+([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[\w.-]+))?""")


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    says: str
    offset: int
    shown: int


class _Html(Marking):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.open: list[_Open] = []

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.text):
            if self.sees("</"):
                self._close()
            elif self.sees("<"):
                self._open()
            else:
                self._show()
        if self.open:
            raise MarkedBadly(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return self.done()

    def _show(self) -> None:
        sign = _SIGN.match(self.text, self.at)
        self.show(_sign(sign) if sign else self.text[self.at])
        self.at = sign.end() if sign else self.at + 1

    def _open(self) -> None:
        begin = self.byte_offset(self.at)
        tag = _TAG.match(self.text, self.at + 1)[0].lower()  # type: ignore[index]
        if self.at + 1 + len(tag) == len(self.text):
            raise MarkedBadly(f"Unclosed start tag at byte offset {begin}")
        if tag not in TAGS:
            raise MarkedBadly(f'Unsupported start tag "{tag}" at byte offset {begin}')
        says, self.at = self._attributes(tag, self.at + 1 + len(tag), begin)
        if tag == "span" and says != "tg-spoiler":
            raise MarkedBadly(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag, says, self.offset, len(self.shown)))

    def _attributes(self, tag: str, at: int, begin: int) -> tuple[str, int]:
        """What the tag says besides its name, and where the text goes on."""
        says = ""
        while found := _ATTRIBUTE.match(self.text, at):
            if found[1] == ATTRIBUTES.get(tag):
                value = (found[2] or "expandable").strip("\"'")
                says = _SIGN.sub(_sign, value)
            at = found.end()
        rest = self.text[at:].lstrip()
        if not rest:
            raise MarkedBadly(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if not rest.startswith(">"):
            raise MarkedBadly(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        return says, len(self.text) - len(rest) + 1

    def _close(self) -> None:
        begin, end = self.byte_offset(self.at), self.text.find(">", self.at)
        if not self.open:
            raise MarkedBadly(f"Unexpected end tag at byte offset {begin}")
        if end < 0:
            raise MarkedBadly(f"Unclosed end tag at byte offset {begin}")
        tag, opened = self.text[self.at + 2 : end].strip().lower(), self.open.pop()
        if tag not in ("", opened.tag):
            unmatched = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise MarkedBadly(f"Unmatched end tag at byte offset {begin}, {unmatched}")
        self.at = end + 1
        self._mark(opened)

    def _mark(self, opened: _Open) -> None:
        since, says = opened.offset, opened.says
        match opened.tag:
            case "a":
                self.link(since, says or "".join(self.shown[opened.shown :]))
            case "tg-emoji":
                self.mark("custom_emoji", since, custom_emoji_id=says)
            case "blockquote":
                self.mark("expandable_blockquote" if says else "blockquote", since)
            case "code" | "pre":
                self._mark_code(opened)
            case tag:
                self.mark(KINDS[tag], since)

    def _mark_code(self, opened: _Open) -> None:
        """A `code` that fills a `pre` names its language."""
        language = opened.says.removeprefix("language-") if opened.says.startswith("language-") else ""
        before = self.entities[-1] if self.entities else {}
        fills = (before.get("offset"), before.get("length")) == (opened.offset, self.offset - opened.offset)
        if opened.tag == "pre" and fills and before.get("type") == "code":
            before["type"] = "pre"
        else:
            self.mark(opened.tag, opened.offset, language=language)


def parse_html(text: str) -> tuple[str, list[Json]]:
    """The text without its tags, and what they say of it. Raises MarkedBadly."""
    shown, entities = _Html(text).read()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return shown, entities


def _sign(found: re.Match[str]) -> str:
    if found[3]:
        return _SIGNS[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found[0]
