"""The words of a text file, however Windows or anybody else saved it."""

from __future__ import annotations

import codecs

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(content: bytes) -> str | None:
    """UTF-8, or as Notepad saves: GB18030, of which GBK is a part, or UTF-16 with its mark. None: no text."""
    encodings = ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None
