"""What a liaison reads of people whom no letter reached, or whose number seems wrong: one letter for all.

Names stand in the text, never on a button: a letter that its chat refuses goes out by SMS with the same
buttons, where whoever holds the phone reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from content.act import Act
from content.lessons.library import all_lessons
from content.letter import Choice, Letter, Rows, in_rows
from content.rules.names import masked
from content.words import short
from content.words import tasks as words
from content.words.catalogue import Tongue
from content.words.lesson_letter import lesson_title

LISTED = 12


class About(Protocol):
    """As much of a member's file as the letter needs."""

    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...


class ToDo(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def member(self) -> About: ...
    @property
    def cause(self) -> str: ...


class Told(NamedTuple):
    """`n` tasks of one kind, which somebody else had before where they are `raised`, and whom their owner
    has called in vain where they were `tried`. `slug` is the lesson, `title` what it is called by its day.
    """

    kind: Literal["tell", "number_wrong"]
    n: int
    slug: str = ""
    raised: bool = False
    tried: bool = False
    title: str = ""
    title_by_sms: str = ""


def task_news(t: Tongue, told: Told, first: Sequence[ToDo], by_sms: bool = False) -> Letter:
    """`by_sms`: to a phone that reads text messages alone, with as many names as one of them holds."""
    shown = first[:LISTED]
    lines = [_line(t, n, task) for n, task in enumerate(shown, 1)]
    if told.n > len(shown):
        lines.append(t.say("还有 {n} 人，点“看全部”。", n=told.n - len(shown)))
    letter = Letter(
        chat="\n".join([_head(t, told), *lines, t.say("点一个人，看要说的话和电话。")]),
        sms=_in_short(t, told),
        choices=_buttons(t, shown, by_sms, told.n > len(shown)),
    )
    return short.with_what_fits(letter) if by_sms else letter


def _head(t: Tongue, told: Told) -> str:
    n = told.n
    if told.kind == "number_wrong":
        return t.plural(
            "有 {n} 个人的手机号看来不对，请您核实：", "有 {n} 个人的手机号看来不对，请您核实：", n
        )
    what = _what(t, told)
    if told.tried:
        return t.plural(
            "{what}这 {n} 人上次没人接，请今天再打：",
            "{what}这 {n} 人上次没人接，请今天再打：",
            n,
            what=what,
        )
    if told.raised:
        return t.plural(
            "{what}还有 {n} 人没人转告，请您接手：", "{what}还有 {n} 人没人转告，请您接手：", n, what=what
        )
    return t.plural("{what}没送到这 {n} 人，请您转告：", "{what}没送到这 {n} 人，请您转告：", n, what=what)


def _what(t: Tongue, told: Told) -> str:
    lesson = all_lessons().get(told.slug)
    return (
        t.say("《{title}》", title=lesson_title(t, lesson)) if lesson else told.title or t.say("有一条通知")
    )


def _in_short(t: Tongue, told: Told) -> str:
    if told.kind == "number_wrong":
        return t.say("有{n}个手机号看来不对，请核实。回数字看一个：", n=told.n)
    if told.tried:
        said = t.say("有{n}人上次没人接，请今天再打。回数字看一人：", n=told.n)
    else:
        said = t.say("有{n}人没收到消息，请您转告。回数字看一人：", n=told.n)
    return t.say("{title}：{said}", title=told.title_by_sms, said=said) if told.title_by_sms else said


def _line(t: Tongue, number: int, task: ToDo) -> str:
    return t.say(
        "{number}. {name} · {unit}：{cause}",
        number=number,
        name=task.member.name,
        unit=task.member.unit,
        cause=words.cause(t, task.cause),
    )


def _buttons(t: Tongue, shown: Sequence[ToDo], by_sms: bool, is_more: bool) -> Rows:
    def label(number: int, task: ToDo) -> str:
        return masked(task.member.name) if by_sms else f"{number}. {masked(task.member.name)}"

    people = [
        Choice(label(n, task), Act(intent="open_task", about={"id": task.id}))
        for n, task in enumerate(shown, 1)
    ]
    everything = ((Choice(t.say("看全部"), Act(intent="tasks")),),) if is_more else ()
    return (*in_rows(people), *everything)
