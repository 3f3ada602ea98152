"""How far lessons have reached, as a sheet: a bar for each branch, or for each lesson. (S5)"""

from __future__ import annotations

from collections.abc import Sequence

from content.pictures.sheet import Bar, Fill, Part, Section, Sheet
from content.rules.coverage import Coverage, Row, together
from content.words.catalogue import N_, Tongue

MOST_BARS = 14
_LESSON, _NOTICE = N_("课程回执 · 截至 {time}"), N_("通知回执 · 截至 {time}")
_LESSON_FOOT = N_("联动 · 条末数字：已答 / 共发给")
_NOTICE_FOOT = N_("联动 · 条末数字：已读 / 共发给")


def coverage_sheet(
    t: Tongue,
    title: str,
    heading: str,
    whole: Coverage,
    rows: Sequence[Row],
    as_of: str,
    is_read: bool = False,
) -> Sheet:
    """`rows` in the order in which they are to stand; those beyond what a phone shows go together.

    A notice is read, and not answered rightly or wrongly.
    """
    head, foot = (_NOTICE, _NOTICE_FOOT) if is_read else (_LESSON, _LESSON_FOOT)
    return Sheet(
        title=title,
        subtitle=t.say(head, time=as_of),
        tiles=(
            (t.say("共发给"), str(whole.all)),
            (t.say("送达"), str(whole.delivered)),
            *_answers(t, whole, is_read),
            *_by_voice(t, whole),
        ),
        # A branch of three is to be seen as well as one of three hundred, and as the rest of them together.
        sections=(
            Section(
                heading, tuple(_bar(*row) for row in _shown(t, rows)), _legend(t, whole, is_read), wholes=True
            ),
        ),
        foot=t.say(foot),
    )


def _answers(t: Tongue, whole: Coverage, is_read: bool) -> tuple[tuple[str, str], ...]:
    answered, not_yet = str(whole.answered), str(whole.not_yet)
    if is_read:
        return (t.say("已读"), answered), (t.say("还没读"), not_yet)
    return (t.say("已答"), answered), (t.say("答对"), str(whole.right)), (t.say("还没答"), not_yet)


def _by_voice(t: Tongue, whole: Coverage) -> tuple[tuple[str, str], ...]:
    if not (whole.handed or whole.told or whole.not_told):
        return ()
    return ((t.say("已转告"), str(whole.told)), (t.say("待转告"), str(whole.handed)))


def _shown(t: Tongue, rows: Sequence[Row]) -> list[Row]:
    if len(rows) <= MOST_BARS:
        return list(rows)
    rest = rows[MOST_BARS - 1 :]
    return [*rows[: MOST_BARS - 1], (t.say("其余 {n} 个", n=len(rest)), together(rest))]


def _legend(t: Tongue, whole: Coverage, is_read: bool) -> tuple[tuple[str, Fill], ...]:
    if is_read:
        not_yet = t.say("没读，含已转告") if whole.told else t.say("还没读")
        return (t.say("已读"), "solid"), (not_yet, "dotted"), (t.say("发不到"), "plain")
    return (
        (t.say("答对"), "solid"),
        (t.say("答错"), "hatched"),
        (t.say("没答，含已转告") if whole.told else t.say("还没答"), "dotted"),
        (t.say("发不到"), "plain"),
    )


def _bar(label: str, coverage: Coverage) -> Bar:
    wrong = coverage.answered - coverage.right
    parts = (
        Part(coverage.right, "solid"),
        Part(wrong, "hatched"),
        Part(coverage.not_yet + coverage.told, "dotted"),
        Part(coverage.failed, "plain"),
    )
    return Bar(label, parts, f"{coverage.answered} / {coverage.all}")
