"""`lesson check`: whether a lesson can be sent as it is written, and all that is still to be done."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from content.lessons.faults import Fault, LessonUnclear
from content.lessons.form import parts_as_sent
from content.lessons.library import Lesson, Wording, read_lesson
from content.words.catalogue import N_, tongue
from content.words.hotlines import PUBLIC_NUMBERS, numbers_in

NOT_THERE = N_("没有这个文件，请核对路径")
A_FOLDER = N_("这是文件夹，请写里面的文件，比如 {folder}/*.md")
SHUT = N_("打不开，请核对读取权限")


@click.command(
    "check",
    help="检查课文写得对不对，不用数据库 / check lessons as written; needs no database",
    epilog="退出码：0 都可以发；1 有要改的。 / Exit code: 0 all can be sent; 1 something is to be done.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    in_order = [_checked(file) for file in files]
    if not all(in_order):
        sys.exit(1)


def _checked(file: Path) -> bool:
    try:
        lesson = _read(file)
    except LessonUnclear as unclear:
        for fault in unclear.faults:
            click.echo(fault.told(tongue("zh")))
            click.echo(f"    {fault.told(tongue('en'))}")
        return False
    click.echo(_in_order(file, lesson))
    if unknown := _numbers_to_look_at(lesson):
        click.echo(f"    请再核对号码 / please check these numbers again: {', '.join(unknown)}")
    return True


def _read(file: Path) -> Lesson:
    """Raises LessonUnclear, also where there is nothing to read."""
    try:
        return read_lesson(file)
    except FileNotFoundError:
        advice, fields = NOT_THERE, {}
    except IsADirectoryError:
        advice, fields = A_FOLDER, {"folder": str(file)}
    except OSError:
        advice, fields = SHUT, {}
    raise LessonUnclear([Fault(str(file), 0, "", advice, fields)])


def _in_order(file: Path, lesson: Lesson) -> str:
    chinese, english = lesson.chinese, lesson.english
    return (
        f"OK {file.name}：《{chinese.title}》 · {lesson.line} · "
        f"短信 {_parts(chinese)} 条，英文 {_parts(english)} 条，聊天 {len(chinese.body)} 字 / "
        f"SMS {_parts(chinese)} parts, in English {_parts(english)}, chat {len(chinese.body)} characters"
    )


def _parts(wording: Wording) -> int:
    return parts_as_sent(wording.sms, wording.question, wording.options)


def _numbers_to_look_at(lesson: Lesson) -> list[str]:
    """Numbers that are not public ones: a station's own is right here, a slip of the hand is not."""
    wordings = (lesson.chinese, lesson.english)
    said = " ".join(f"{x.sms} {x.body} {x.explanation}" for x in wordings)
    return sorted({number for number in numbers_in(said) if number not in PUBLIC_NUMBERS})
