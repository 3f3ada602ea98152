"""A long text as pages that each fit one message, broken at line ends."""

from __future__ import annotations


def as_pages(text: str, limit: int) -> list[str]:
    """`text` in pages of at most `limit` UTF-16 units; a line is broken only where it alone is longer.

    The break itself is left out at the ends of a page; nothing else is lost. Empty text gives no page.
    """
    if len(text) <= limit // 2:
        return [shown] if (shown := text.strip("\n")).strip() else []
    pages: list[str] = []
    page = ""
    for line in _short_lines(text, limit):
        if length(page) + length(line) > limit:
            pages.append(page)
            page = ""
        page += line
    return [shown for shown in (page.strip("\n") for page in [*pages, page]) if shown.strip()]


def length(text: str) -> int:
    """As Telegram counts: UTF-16 units, an emoji being two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _short_lines(text: str, limit: int) -> list[str]:
    # Half the limit always fits, whatever the signs weigh.
    step = limit // 2
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        if length(line) <= limit:
            pieces.append(line)
        else:
            pieces += [line[at : at + step] for at in range(0, len(line), step)]
    return pieces
