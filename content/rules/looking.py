"""Which acts only show something, or ask back: their buttons may be pressed again and again.

All others decide, and a button that decided goes once it was answered. What is missing here decides: a
button too few is found again by writing, a second reminder or a second lesson is not taken back.
"""

from __future__ import annotations

from content.act import Act

LOOKING = frozenset(
    (
        "draft_by",
        "draft_people",
        "draft_whom",
        "drafts",
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
        "plan_lesson",
        "preview_draft",
        "read_campaign",
        "send_lesson",
        "series_catch_up",
        "series_end",
        "series_hour",
        "series_list",
        "series_new",
        "series_pace",
        "series_pick",
        "series_preview",
        "series_show",
        "silent",
        "six_clear",
        "try_draft",
    )
)


def is_looking(act: Act) -> bool:
    return act.intent in LOOKING
