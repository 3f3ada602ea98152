"""Between Chinese words no space; between Chinese and digits or Latin letters one stays.

A message is written before anybody knows whose name goes in: “请 {name} 加入” is right for Smith and
wrong for 王五.
"""

from __future__ import annotations

import re

_CHINESE = "[\u2014\u201c\u201d\u2026\u3001-\u303f\u3400-\u9fff\uff01-\uff60]"
_OPEN, _CLOSE = "\x02", "\x03"  # around what was filled in: what a person typed keeps its spaces inside
_BEFORE = re.compile(f"(?<={_CHINESE}) (?={_OPEN}{_CHINESE})")
_BEHIND = re.compile(f"(?<={_CHINESE}{_CLOSE}) (?={_OPEN}?{_CHINESE})")


def filled(message: str, fields: dict[str, object]) -> str:
    """The message with its fields in it, without the spaces that Chinese words would not have."""
    if not fields or " " not in message:
        return message.format(**fields)
    marked = {name: f"{_OPEN}{value}{_CLOSE}" for name, value in fields.items()}
    text = _BEHIND.sub("", _BEFORE.sub("", message.format(**marked)))
    return text.replace(_OPEN, "").replace(_CLOSE, "")
