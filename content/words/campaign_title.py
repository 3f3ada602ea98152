"""A campaign by its day and what it says, in few words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from content.lessons.library import all_lessons
from content.words.catalogue import N_, Tongue
from content.words.lesson_letter import dated_title, lesson_title, short_title
from content.words.short import shortened

_KINDS = {"lesson": N_("课"), "notice": N_("通知"), "greeting": N_("问候"), "reminder": N_("提醒")}
_ROOM = 16
# Of several that stand in one text message.
ROOM_BY_SMS = 7


def campaign_title(
    t: Tongue,
    day: date,
    kind: str,
    slug: str,
    words: Mapping[str, str],
    in_short: bool = False,
    room: int = _ROOM,
) -> str:
    """11月2日《手机防骗四不要》, 11月2日 通知“明天开会”; `in_short` without words that may name somebody."""
    if slug:
        return dated_title(t, day, slug, short_title if in_short else lesson_title)
    called = t.say(_KINDS[kind])
    if in_short:
        return t.say("{day} {kind}", day=t.day(day), kind=called)
    said = words.get(t.code) or words.get("zh") or next(iter(words.values()), "")
    first = said.strip().partition("\n")[0]
    return t.say("{day} {kind}“{words}”", day=t.day(day), kind=called, words=shortened(first, room))


def says(slug: str, words: Mapping[str, str], sought: str) -> bool:
    """Whether these words stand in its title, or in what it says."""
    lesson = all_lessons().get(slug)
    titles = [lesson.chinese.title, lesson.english.title] if lesson else []
    return any(sought.casefold() in said.casefold() for said in (slug, *titles, *words.values()))
