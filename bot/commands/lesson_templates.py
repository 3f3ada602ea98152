"""`lesson templates`: the texts to apply for with an SMS company that sends approved templates alone."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from bot.channels.contract import Button, Outgoing
from bot.channels.sms import parts_of, sms_text
from content.lessons.library import Lesson, all_lessons
from content.words.catalogue import tongue
from content.words.lesson_letter import lesson_letter

_HEAD = """\
# 每一课的短信模板：把 text 原样交给平台申请，批下来的编号填进 code，存成 sms_templates 指的文件。
# Apply for each text as it stands, put the number of the approved template into code, and save this as
# the file that sms_templates names. What has no number yet is to be taken out.
"""


@click.command("templates", help="要向短信平台申请的模板 / the SMS templates to apply for")
@click.option(
    "--signature", default="【联动】", show_default=True, help="短信签名 / the registered signature"
)
def templates(signature: str) -> None:
    click.echo(_HEAD)
    click.echo("\n".join(line for lesson in all_lessons().values() for line in _entry(lesson, signature)))


def _entry(lesson: Lesson, signature: str) -> Iterator[str]:
    """In Chinese: a template is one text, in the language of most."""
    letter = lesson_letter(tongue("zh"), lesson, "")
    buttons = tuple(tuple(Button(choice.label, "") for choice in row) for row in letter.choices)
    words = sms_text(Outgoing("", letter.sms, "", buttons, letter.chosen_by), "")
    parts = parts_of(signature + words)
    yield f"# {lesson.in_language('zh').title}：一条短信按 {parts} 条计费 / {parts} parts"
    yield f"[lessons.{lesson.slug}]"
    yield 'code = ""'
    yield f"text = {json.dumps(words, ensure_ascii=False)}"
    yield ""
