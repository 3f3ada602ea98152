"""Stands here until the real one is written."""

from __future__ import annotations

from content.act import Act


def understand_office(text: str) -> Act | None:
    if text.startswith(("/silent", "失联")):
        return Act(intent="silent")
    return None
