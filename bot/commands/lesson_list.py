"""`lesson list`: what stands on the shelf, and how often each was sent."""

from __future__ import annotations

import json
from collections import defaultdict

import click

from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
from content.lessons.library import Lesson, all_lessons, faults_on_the_shelf
from content.words.catalogue import Tongue, tongue
from content.words.lesson_letter import lesson_title
from content.words.table import table
from storage import coverage
from storage.campaigns import Campaign
from storage.viewer import the_programme

JSON_SHAPE = """
\b
--json:
{"lessons": [{"slug": str, "line": str, "title": str, "title_en": str, "date": "YYYY-MM-DD",
              "source": str, "sent": n, "planned": n, "last_sent": ISO 8601 UTC or null}]}

\b
line：形势教育、政策法规或实用技术。sent：发过几次；planned：排着还没发的。 / sent and still planned.
"""
_MOST = 10_000

Sent = dict[str, list[Campaign]]


@click.command("list", help="有哪些课，各发过几次 / which lessons there are", epilog=JSON_SHAPE)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON, as below")
def list_lessons(as_json: bool) -> None:
    settings = settings_of_this_place()
    sent, t = carry_out(_sent(settings)), tongue(settings.language)
    click.echo(_as_json(sent) if as_json else _as_text(t, sent))
    for fault in faults_on_the_shelf():
        click.echo(t.say("没有上架：{fault}", fault=fault.told(t)), err=True)


async def _sent(settings: Settings) -> Sent:
    found: Sent = defaultdict(list)
    async with database_of(settings) as database, database.reading() as tx:
        for campaign in await coverage.in_sight(tx, the_programme(), limit=_MOST):
            if not campaign.cancelled:
                found[campaign.slug].append(campaign)
    return found


def _as_json(sent: Sent) -> str:
    shown = [_told(lesson, sent.get(lesson.slug, [])) for lesson in all_lessons().values()]
    return json.dumps({"lessons": shown}, ensure_ascii=False, indent=2)


def _told(lesson: Lesson, campaigns: list[Campaign]) -> dict[str, object]:
    moments = [one.sent_at for one in campaigns if one.sent_at]
    return {
        "slug": lesson.slug,
        "line": lesson.line,
        "title": lesson.chinese.title,
        "title_en": lesson.english.title,
        "date": lesson.date.isoformat(),
        "source": f"{lesson.source.name} {lesson.source.number}".strip(),
        "sent": len(moments),
        "planned": len(campaigns) - len(moments),
        "last_sent": max(moments).isoformat() if moments else None,
    }


def _as_text(t: Tongue, sent: Sent) -> str:
    header = (t.say("代号"), t.say("类别"), t.say("发过"), t.say("标题"))
    rows = [
        (
            lesson.slug,
            t.say(lesson.line),
            str(sum(1 for one in sent.get(lesson.slug, []) if one.sent_at)),
            lesson_title(t, lesson),
        )
        for lesson in all_lessons().values()
    ]
    return table(header, rows)
