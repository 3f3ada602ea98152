"""`lesson coverage`: how far each lesson has reached, and of one lesson where and whom not yet."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.clock import WallClock
from bot.commands.lesson_known import lesson_known
from bot.commands.lesson_reached import Reached, as_json_text, as_sheet, as_text
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.commands.pictures import A4, PICTURE, write_picture
from bot.commands.unit_asked import unit_asked
from bot.settings import Settings
from content.words.catalogue import N_, Tongue, tongue
from content.words.lesson_letter import dated_title
from storage import coverage as reached
from storage.viewer import the_programme

JSON_SHAPE = """
\b
--json:
{"lessons": [{"sending": str, "slug": str, "title": str, "sent_at": ISO 8601 UTC,
              "all": n, "sent": n, "delivered": n, "answered": n, "right": n,
              "not_yet": n, "failed": n}]}

\b
写明 SLUG 时，每一课另有 / with SLUG each lesson also has
 "branches": [{"unit": str, "all": n, … "failed": n}],
 "not_yet_people": [{"name": str, "unit": str, "state": str}]

\b
not_yet_people：所有没答的人；state 是 failed 的发不到，请打电话。 / failed: not reached, to be called.
all = answered 已答 + not_yet 还没答 + failed 发不到。sent 发出，delivered 送达，right 答对。
聊天发出即算送达；短信以回执为准。 / A chat that took it counts as delivered; an SMS by its receipt.
"""
NONE_YET = N_("还没有发过课。发课：python -m bot lesson send 代号 --to 组织")
_MOST_PEOPLE = 1000


@click.command(help="每一课的覆盖：发出、送达、已答、答对、还没答 / coverage by lesson", epilog=JSON_SHAPE)
@click.argument("slug", required=False, default="")
@click.option("--unit", "unit_name", default="", help="只看这个组织 / this unit only")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON, as below")
@PICTURE
@A4
def coverage(slug: str, unit_name: str, as_json: bool, picture: Path | None, a4: bool) -> None:
    settings = settings_of_this_place()
    t = tongue(settings.language)
    if slug:
        lesson_known(slug)
    told = carry_out(_ask(settings, t, slug, unit_name))
    if not told and not as_json:
        click.echo(t.say(NONE_YET))
        return
    click.echo(as_json_text(told, bool(slug)) if as_json else as_text(t, told, bool(slug)))
    if picture and told:
        as_of = t.moment(WallClock().now(), ZoneInfo(settings.timezone))
        write_picture(as_sheet(t, told, bool(slug), as_of), picture, a4)


async def _ask(settings: Settings, t: Tongue, slug: str, unit_name: str) -> list[Reached]:
    """The lessons that went out, newest first; people only where one lesson was asked about."""
    everybody, zone = the_programme(), ZoneInfo(settings.timezone)
    async with database_of(settings) as database, database.reading() as tx:
        unit = await unit_asked(tx, unit_name)
        path = unit.path if unit else ""
        sent = [one for one in await reached.in_sight(tx, everybody, path, slug) if one.sent_at]
        return [
            Reached(
                one,
                dated_title(t, one.planned_for.astimezone(zone).date(), one.slug),
                await reached.by_branch(tx, everybody, one.id, path),
                await reached.not_yet(tx, everybody, one.id, path, limit=_MOST_PEOPLE) if slug else [],
            )
            for one in sent
        ]
