"""How far lessons have reached, told as JSON, as a table and as a picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from content.lessons.library import all_lessons
from content.pictures.of_coverage import coverage_sheet
from content.pictures.sheet import Sheet
from content.rules.coverage import Coverage, Row, least_answered_first, together
from content.words.catalogue import N_, Tongue
from content.words.table import table
from storage.files import Member
from storage.lessons import Sending

_LISTED = 30


@dataclass(frozen=True, slots=True)
class Reached:
    """One lesson that went out. `people` are who has not answered, each with the state of their letter."""

    sending: Sending
    title: str
    branches: Sequence[Row]
    people: Sequence[tuple[Member, str]]

    @property
    def whole(self) -> Coverage:
        return together(self.branches)


def as_json_text(told: Sequence[Reached], in_detail: bool) -> str:
    """In the shape that `lesson coverage --help` shows; branches and people only `in_detail`."""
    shown = [_shown(one) | (_detail(one) if in_detail else {}) for one in told]
    return json.dumps({"lessons": shown}, ensure_ascii=False, indent=2)


def as_text(t: Tongue, told: Sequence[Reached], in_detail: bool) -> str:
    """A line for each lesson; `in_detail` a table of branches for each, and who has not answered."""
    if not in_detail:
        return _tabled(t, t.say("课"), [(one.title, one.whole) for one in told])
    parts = []
    for one in told:
        parts.append(_tabled(t, one.title, [*least_answered_first(one.branches), (t.say("合计"), one.whole)]))
        parts += [_people(t, one.people)] if one.people else []
    return "\n\n".join(parts)


def as_sheet(t: Tongue, told: Sequence[Reached], in_detail: bool, as_of: str) -> Sheet:
    """A bar for each lesson; `in_detail` one for each branch of the latest."""
    if in_detail:
        rows = least_answered_first(told[0].branches)
        return coverage_sheet(t, told[0].title, t.say("各支部"), told[0].whole, rows, as_of)
    rows = [(one.title, one.whole) for one in told]
    return coverage_sheet(t, t.say("最近的课"), t.say("各课"), together(rows), rows, as_of)


def _shown(one: Reached) -> dict[str, object]:
    lesson = all_lessons().get(one.sending.slug)
    return {
        "sending": one.sending.id,
        "slug": one.sending.slug,
        "title": lesson.chinese.title if lesson else "",
        "sent_at": one.sending.sent_at.isoformat() if one.sending.sent_at else None,
        **_figures(one.whole),
    }


def _detail(one: Reached) -> dict[str, object]:
    return {
        "branches": [{"unit": unit, **_figures(found)} for unit, found in one.branches],
        "not_yet_people": [
            {"name": member.name, "unit": member.unit, "state": state} for member, state in one.people
        ],
    }


def _figures(found: Coverage) -> dict[str, int]:
    return {
        "all": found.all,
        "sent": found.sent,
        "delivered": found.delivered,
        "answered": found.answered,
        "right": found.right,
        "not_yet": found.not_yet,
        "failed": found.failed,
    }


def _tabled(t: Tongue, heading: str, rows: Sequence[Row]) -> str:
    header = [t.say(word) for word in (N_("共"), N_("发出"), N_("送达"), N_("已答"), N_("答对"))]
    header += [t.say("还没答"), t.say("发不到")]
    shown = [[*(str(n) for n in _figures(found).values()), label] for label, found in rows]
    return table([*header, heading], shown)


def _people(t: Tongue, people: Sequence[tuple[Member, str]]) -> str:
    lines = [f"  {member.name}  {member.unit}" for member, _ in people[:_LISTED]]
    more = len(people) - _LISTED
    lines += [t.say("  …还有 {n} 人，见 --json", n=more)] if more > 0 else []
    return "\n".join([t.say("还没答的："), *lines])
