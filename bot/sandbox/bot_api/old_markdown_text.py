"""Text marked up as the older Markdown, which Telegram still takes."""

from __future__ import annotations

from bot.sandbox.bot_api.markdown_text import LANGUAGE, SIGNS
from bot.sandbox.bot_api.marking import Json, MarkedBadly, Marking


class _Markdown(Marking):
    """Nothing is nested, and what is not marked up needs no escape."""

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.text):
            if self.sees("\\") and self.text[self.at + 1 : self.at + 2] in tuple("_*`["):
                self.show(self.text[self.at + 1])
                self.at += 2
            elif self.text[self.at] in "_*`[":
                self._entity()
            else:
                self.show(self.text[self.at])
                self.at += 1
        return self.done()

    def _entity(self) -> None:
        begin, since = self.at, self.offset
        sign = "```" if self.sees("```") else self.text[self.at]
        end = self.text.find("]" if sign == "[" else sign, self.at + len(sign))
        if end < 0:
            at = self.byte_offset(begin)
            raise MarkedBadly(f"Can't find end of the entity starting at byte offset {at}")
        inside = self.text[self.at + len(sign) : end]
        self.at = end + len(sign)
        if sign == "[":
            self._link(inside, since)
            return
        found = LANGUAGE.match(inside) if sign == "```" else None
        language = found[1] if found and found.end() > found.end(1) else ""
        self.show(inside[found.end() :] if found and found.end() > found.end(1) else inside)
        self.mark(SIGNS[sign], since, language=language)

    def _link(self, inside: str, since: int) -> None:
        self.show(inside)
        url = inside
        if self.sees("("):
            end = self.text.find(")", self.at)
            end = end if end >= 0 else len(self.text)
            url, self.at = self.text[self.at + 1 : end], end + 1
        self.link(since, url)


def parse_markdown(text: str) -> tuple[str, list[Json]]:
    """The text without its signs, and what they say of it. Raises MarkedBadly."""
    return _Markdown(text).read()
