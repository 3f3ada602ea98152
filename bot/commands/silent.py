"""`silent`: who has gone silent, as a table or as JSON."""

from __future__ import annotations

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import click

from bot.clock import WallClock
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
from content.rules.silence import days_since
from content.words.catalogue import Tongue, tongue
from content.words.table import table
from storage import silence
from storage.files import Member
from storage.silence import Counts, Sought
from storage.viewer import the_programme

MOST = 1000
JSON_SHAPE = """
\b
--json:
{"counts": {"all", "fresh", "due", "late", "silent"},
"silent": [{"name", "unit", "days", "last_contact", "kind", "place", "joined"}]}

\b
counts：外出党员人数 / members away. days：没有联系的天数 / without contact. last_contact：ISO 8601 UTC.
kind：那次联系的方式 / of that contact. place：GB/T 2260, abroad. joined：是否已加入 / true, false.
"""


@click.command(help="谁失联了 / who has gone silent", epilog=JSON_SHAPE)
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=0,
    help="多少天以上没有联系 / without contact for so many days",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON, as below")
def silent(days: int, as_json: bool) -> None:
    settings = settings_of_this_place()
    counted, found = carry_out(_ask(settings, days))
    click.echo(_as_json(counted, found) if as_json else _as_text(counted, found, tongue(settings.language)))


async def _ask(settings: Settings, days: int) -> tuple[Counts, list[Member]]:
    now = WallClock().now()
    today = now.astimezone(ZoneInfo(settings.timezone)).date()
    sought = Sought(today - timedelta(days=days) if days else None)
    async with database_of(settings) as database, database.reading() as tx:
        counted = await silence.counts(tx, the_programme(), now)
        return counted, await silence.silent(tx, the_programme(), now, sought, limit=MOST)


def _as_json(counted: Counts, found: list[Member]) -> str:
    shown = {
        "counts": {
            "all": counted.all,
            "fresh": counted.fresh,
            "due": counted.due,
            "late": counted.late,
            "silent": counted.silent,
        },
        "silent": [
            {
                "name": member.name,
                "unit": member.unit,
                "days": _days(member),
                "last_contact": member.last_contact_at.isoformat(),
                "kind": member.last_contact_kind,
                "place": member.place_code,
                "joined": member.joined,
            }
            for member in found
        ],
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _as_text(counted: Counts, found: list[Member], t: Tongue) -> str:
    head = t.say(
        "外出 {all} 人：按时 {fresh}，快到期 {due}，迟了 {late}，失联 {silent}",
        all=counted.all,
        fresh=counted.fresh,
        due=counted.due,
        late=counted.late,
        silent=counted.silent,
    )
    header = (t.say("天数"), t.say("姓名"), t.say("支部"))
    return "\n".join([head, *([table(header, [_line(member) for member in found])] if found else [])])


def _line(member: Member) -> tuple[str, str, str]:
    return str(_days(member)), member.name, member.unit


def _days(member: Member) -> int:
    return days_since(member.last_contact_at, WallClock().now(), member.rhythm.timezone)
