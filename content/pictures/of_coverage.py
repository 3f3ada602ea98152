"""How far lessons have reached, as a sheet: a bar for each branch, or for each lesson. (S5)"""

from __future__ import annotations

from collections.abc import Sequence

from content.pictures.sheet import Bar, Fill, Part, Section, Sheet
from content.rules.coverage import Coverage, Row, together
from content.words.catalogue import Tongue

MOST_BARS = 14


def coverage_sheet(
    t: Tongue, title: str, heading: str, whole: Coverage, rows: Sequence[Row], as_of: str
) -> Sheet:
    """`rows` in the order in which they are to stand; those beyond what a phone shows go together."""
    return Sheet(
        title=title,
        subtitle=t.say("课程回执 · 截至 {time}", time=as_of),
        tiles=(
            (t.say("共发给"), str(whole.all)),
            (t.say("送达"), str(whole.delivered)),
            (t.say("已答"), str(whole.answered)),
            (t.say("答对"), str(whole.right)),
            (t.say("还没答"), str(whole.not_yet)),
            *_by_voice(t, whole),
        ),
        # A branch of three is to be seen as well as one of three hundred, and as the rest of them together.
        sections=(
            Section(heading, tuple(_bar(*row) for row in _shown(t, rows)), _legend(t, whole), wholes=True),
        ),
        foot=t.say("联动 · 条末数字：已答 / 共发给"),
    )


def _by_voice(t: Tongue, whole: Coverage) -> tuple[tuple[str, str], ...]:
    if not (whole.handed or whole.told or whole.not_told):
        return ()
    return ((t.say("已转告"), str(whole.told)), (t.say("待转告"), str(whole.handed)))


def _shown(t: Tongue, rows: Sequence[Row]) -> list[Row]:
    if len(rows) <= MOST_BARS:
        return list(rows)
    rest = rows[MOST_BARS - 1 :]
    return [*rows[: MOST_BARS - 1], (t.say("其余 {n} 个", n=len(rest)), together(rest))]


def _legend(t: Tongue, whole: Coverage) -> tuple[tuple[str, Fill], ...]:
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
