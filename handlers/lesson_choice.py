"""发课: the lessons to choose from, newest first, a page at a time. (S5)"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.lessons.library import LINES, Lesson, all_lessons
from content.letter import Choice, Letter, in_rows
from content.words import short
from content.words.lesson_letter import lesson_title, short_title
from handlers.lesson_search import Sought, newest_first
from handlers.turn import Turn
from storage import campaigns

A_PAGE = 6


def planned(lesson: Lesson, when: str, act: Act) -> Act:
    """The lesson chosen; whom it is for is kept, where `act` said that."""
    about = {"slug": lesson.slug, **_for(act)}
    return Act(intent="preview_lesson" if when else "plan_lesson", text=when, about=about)


async def list_letter(turn: Turn, act: Act, asked: Sought) -> Letter:
    """The lessons that were found, or all of them where the word is in none."""
    if turn.by_sms:
        return _by_sms(turn, act, asked)
    start, shown = _start(act), asked.found or newest_first()
    sent = {s.slug for s in await campaigns.made_by(turn.tx, turn.actor.id, limit=500) if not s.cancelled}
    page = shown[start : start + A_PAGE]
    rows = [(Choice(_label(turn, asked, lesson, sent), planned(lesson, asked.when, act)),) for lesson in page]
    return Letter(
        chat=_head(turn, asked),
        sms=turn.say("发哪一课？"),
        choices=(*rows, *_ways_on(turn, act, asked, start, len(shown))),
        rewrites="from" in act.about,
    )


def _head(turn: Turn, asked: Sought) -> str:
    if asked.line:
        line = turn.say(asked.line)
        return turn.say("发哪一课？{line}，共 {n} 课，新的在前。", line=line, n=len(asked.found))
    if asked.word and asked.found:
        return turn.say("发哪一课？找到 {n} 课：", n=len(asked.found))
    if asked.word:
        return turn.say("没有提到“{word}”的课。全部的课，新的在前：", word=asked.word)
    return turn.say("发哪一课？共 {n} 课，新的在前。想直接找，写“发课 工伤”这样。", n=len(all_lessons()))


def _label(turn: Turn, asked: Sought, lesson: Lesson, sent: set[str]) -> str:
    title = lesson_title(turn.tongue, lesson)
    if lesson.slug in sent:
        title = turn.say("{title}（发过）", title=title)
    return title if asked.line else turn.say("{line} · {title}", line=turn.say(lesson.line), title=title)


def _ways_on(turn: Turn, act: Act, asked: Sought, start: int, n: int) -> list[tuple[Choice, ...]]:
    """To the lines, and through the pages; the list stays one message that rewrites itself."""
    counted = {line: sum(x.line == line for x in all_lessons().values()) for line in LINES}
    lines = [_to_line(turn, act, asked, line, f"{turn.say(line)} {counted[line]}") for line in LINES]
    every = Choice(
        turn.say("全部 {n}", n=len(all_lessons())), _list_act(asked.when, {"from": "0", **_for(act)})
    )
    shown = [every] if asked.line or asked.word else []
    shown += [choice for line, choice in zip(LINES, lines, strict=True) if line != asked.line]
    pages = [Choice(turn.say("回到开头"), _at(act, 0))] if start else []
    pages += [Choice(turn.say("下一页"), _at(act, start + A_PAGE))] if n > start + A_PAGE else []
    # Three in a row are cut off on a narrow phone where the words are English.
    return [*([tuple(pages)] if pages else []), *in_rows(shown, 2)]


def _by_sms(turn: Turn, act: Act, asked: Sought) -> Letter:
    """First the line, where nothing was said; then as many lessons as one message holds."""
    if not (asked.line or asked.word) or not asked.found:
        return _which_line(turn, act, asked)
    start = _start(act)
    rest = asked.found[start:]
    head = turn.say("发哪一课？") if not start else ""
    for n in range(min(A_PAGE, len(rest)), 0, -1):
        letter = _sms_page(turn, act, asked, rest[:n], len(rest) - n, head)
        if short.fits(letter):
            return letter
    return _sms_page(turn, act, asked, rest[:1], len(rest) - 1, "")


def _which_line(turn: Turn, act: Act, asked: Sought) -> Letter:
    head = turn.say("发哪一课？也可写“发课 工伤”。")
    if asked.word:
        head = turn.say("没有提到“{word}”的课。有：", word=short.shortened(asked.word, 8))
    lines = tuple(_to_line(turn, act, asked, line, turn.say(line)) for line in LINES)
    return Letter(chat=head, choices=(lines,))


def _sms_page(turn: Turn, act: Act, asked: Sought, page: Sequence[Lesson], left: int, head: str) -> Letter:
    named = [Choice(short_title(turn.tongue, x), planned(x, asked.when, act)) for x in page]
    if not left:
        return Letter(chat=head or turn.say("最后几课："), choices=(tuple(named),))
    named.append(Choice(turn.say("下一页"), _at(act, _start(act) + len(page))))
    words = turn.say("{head}还有{n}课，回“下一页”。", head=head, n=left)
    return Letter(chat=words, choices=(tuple(named),))


def _to_line(turn: Turn, act: Act, asked: Sought, line: str, label: str) -> Choice:
    return Choice(label, _list_act(asked.when, {"line": line, "from": "0", **_for(act)}))


def _for(act: Act) -> dict[str, str]:
    return {"to": act.about["to"]} if act.about.get("to") else {}


def _list_act(when: str, about: dict[str, str]) -> Act:
    return Act(intent="send_lesson", text=when, about=about)


def _at(act: Act, start: int) -> Act:
    """The same list from another place."""
    return act._replace(intent="send_lesson", about={**act.about, "from": str(start)})


def _start(act: Act) -> int:
    return int(act.about.get("from", "0"))
