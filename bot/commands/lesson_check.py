"""`lesson check`: whether a lesson can be sent as it is written, and all that is still to be done."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.clock import WallClock
from content.lessons.faults import LessonUnclear
from content.lessons.library import NO_LESSON, Lesson, Wording, read_lesson
from content.lessons.measure import parts_as_sent
from content.lessons.second_look import second_look
from content.words.catalogue import N_, tongue

LOOK_AGAIN = N_("请再看一眼：{what}")


@click.command(
    "check",
    help="检查课文写得对不对，不用数据库 / check lessons as written; needs no database",
    epilog="退出码：0 都可以发；1 有要改的。 / Exit code: 0 all can be sent; 1 something is to be done.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    in_order = [_checked(file) for named in files for file in _lessons_in(named)]
    if not all(in_order):
        sys.exit(1)


def _lessons_in(named: Path) -> list[Path]:
    """The file, or the lessons in the folder; what explains how to write one is none."""
    if named.is_dir():
        return [file for file in sorted(named.glob("*.md")) if file.name != NO_LESSON] or [named]
    return [] if named.name == NO_LESSON else [named]


def _checked(file: Path) -> bool:
    try:
        lesson = read_lesson(file)
    except LessonUnclear as unclear:
        for fault in unclear.faults:
            click.echo(fault.told(tongue("zh")))
            click.echo(f"    {fault.told(tongue('en'))}")
        return False
    click.echo(_in_order(file, lesson))
    for noted in second_look(file.name, lesson, _today()):
        for t in (tongue("zh"), tongue("en")):
            click.echo("    " + t.say(LOOK_AGAIN, what=noted.told(t)))
    return True


def _today() -> date:
    """By the clock of China: what is checked here is sent there."""
    return WallClock().now().astimezone(ZoneInfo("Asia/Shanghai")).date()


def _in_order(file: Path, lesson: Lesson) -> str:
    chinese, english = lesson.chinese, lesson.english
    return (
        f"OK {file.name}：《{chinese.title}》 · {lesson.line} · "
        f"短信 {_parts(chinese)} 条，英文 {_parts(english)} 条，聊天 {len(chinese.body)} 字 / "
        f"SMS {_parts(chinese)} parts, in English {_parts(english)}, chat {len(chinese.body)} characters"
    )


def _parts(wording: Wording) -> int:
    return parts_as_sent(wording.sms, wording.question, wording.options)
