"""Text marked up as MarkdownV2."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox.bot_api.marking import Json, MarkedBadly, Marking

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
# Longest first: what begins and ends each kind.
SIGNS = {
    "```": "pre",
    "__": "underline",
    "||": "spoiler",
    "![": "custom_emoji",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
    "`": "code",
    "[": "text_link",
}
ENDS = {kind: sign for sign, kind in SIGNS.items()} | {"text_link": "]", "custom_emoji": "]"}
NAMES = {
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
    "pre_code": "PreCode",
}
LANGUAGE = re.compile(r"([^\s`]*)(?:\r\n|\n\r|\n|\r)?")
_EMOJI = re.compile(r"tg://emoji\?id=(\d+)")


@dataclass(frozen=True, slots=True)
class _Open:
    kind: str
    language: str
    offset: int
    at: int
    shown: int


class _MarkdownV2(Marking):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.open: list[_Open] = []
        self.quoted = False

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.text):
            self._step()
        if self.quoted:
            self._end_quote()
        if self.open:
            raise self._endless()
        return self.done()

    def _step(self) -> None:
        sign = self.text[self.at]
        inside = self.open[-1].kind if self.open else ""
        escaped = sign == "\\" and self.at + 1 < len(self.text) and ord(self.text[self.at + 1]) <= 126
        if escaped:
            self.show(self.text[self.at + 1])
            self.at += 2
        elif inside in ("code", "pre"):
            self._end() if self.sees(ENDS[inside]) else self._show()
        elif sign == "\n" and self.quoted and not self.text.startswith(">", self.at + 1):
            self._end_quote()
            self._show()
        elif inside in ENDS and self._ends(inside):
            self._end()
        elif sign in RESERVED:
            self._begin()
        else:
            self._show()

    def _show(self) -> None:
        self.show(self.text[self.at])
        self.at += 1

    def _ends(self, kind: str) -> bool:
        """A double underline is no end of an italic."""
        return self.sees(ENDS[kind]) and not (kind == "italic" and self.sees("__"))

    def _begin(self) -> None:
        if self.sees(">") and (not self.shown or self.shown[-1] == "\n"):
            self._begin_quote()
            return
        kind = next((kind for sign, kind in SIGNS.items() if self.sees(sign)), "")
        if not kind:
            reserved = f"Character '{self.text[self.at]}' is reserved"
            raise MarkedBadly(f"{reserved} and must be escaped with the preceding '\\'")
        begin = self.at
        self.at += len(next(sign for sign, each in SIGNS.items() if each == kind))
        self._opened(kind, begin, self._language() if kind == "pre" else "")

    def _opened(self, kind: str, begin: int, language: str = "") -> None:
        self.open.append(_Open(kind, language, self.offset, begin, len(self.shown)))

    def _begin_quote(self) -> None:
        if not self.quoted:
            self._opened("blockquote", self.at)
        self.quoted = True
        self.at += 1

    def _language(self) -> str:
        found = LANGUAGE.match(self.text, self.at)
        named = found[1] if found and not self.text.startswith("`", found.end(1)) else ""
        if found and (named or not found[1]):
            self.at = found.end()
        return named

    def _end(self) -> None:
        opened = self.open.pop()
        self.at += len(ENDS[opened.kind])
        if opened.kind == "text_link":
            self.link(opened.offset, self._target() or "".join(self.shown[opened.shown :]))
        elif opened.kind == "custom_emoji":
            emoji = _EMOJI.fullmatch(self._target())
            if not emoji:
                raise MarkedBadly("Invalid tg://emoji or tg://time URL specified")
            self.mark("custom_emoji", opened.offset, custom_emoji_id=emoji[1])
        else:
            self.mark(opened.kind, opened.offset, language=opened.language)

    def _end_quote(self) -> None:
        """Two bars at its end make a quotation one that unfolds."""
        kind = "blockquote"
        if self.open[-1].kind == "spoiler" and self.open[-1].at == self.at - 2:
            self.open.pop()
            kind = "expandable_blockquote"
        if not self.open or self.open[-1].kind != "blockquote":
            raise self._endless()
        self.mark(kind, self.open.pop().offset)
        self.quoted = False

    def _target(self) -> str:
        """What stands in round brackets after a link, or nothing."""
        if not self.sees("("):
            return ""
        url, begin = "", self.byte_offset(self.at + 1)
        self.at += 1
        while self.at < len(self.text) and not self.sees(")"):
            self.at += self.sees("\\")
            url += self.text[self.at : self.at + 1]
            self.at += 1
        if not self.sees(")"):
            raise MarkedBadly(f"Can't find end of a URL at byte offset {begin}")
        self.at += 1
        return url

    def _endless(self) -> MarkedBadly:
        opened = self.open[-1]
        kind = "pre_code" if opened.language else opened.kind
        name = NAMES.get(kind, kind.capitalize())
        return MarkedBadly(f"Can't find end of {name} entity at byte offset {self.byte_offset(opened.at)}")


def parse_markdown_v2(text: str) -> tuple[str, list[Json]]:
    """The text without its signs, and what they say of it. Raises MarkedBadly."""
    return _MarkdownV2(text).read()
