"""Which acts only show something, or ask back: their buttons may be pressed again and again.

All others decide, and a button that decided goes once it was answered. What is missing here decides: a
button too few is found again by writing, a second reminder or a second lesson is not taken back.
"""

from __future__ import annotations

from content.act import Act

LOOKING = frozenset(
    (
        "fill_in",
        "figures",
        "find",
        "lesson",
        "lesson_not_yet",
        "lesson_picture",
        "lesson_report",
        "lesson_reports",
        "lessons_picture",
        "me",
        "menu",
        "my_changes",
        "my_gaps",
        "my_lookers",
        "note",
        "open_file",
        "send_lesson",
        "silent",
        "six_clear",
    )
)


def is_looking(act: Act) -> bool:
    return act.intent in LOOKING
