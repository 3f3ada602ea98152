"""`figures`: where the members of a unit are, what they work at, how long they have been out. (S32)"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.clock import WallClock
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.commands.pictures import A4, PICTURE, paper_asked, write_picture
from bot.commands.unit_asked import unit_asked
from bot.settings import Settings
from content.pictures.of_figures import figures_sheet, most_first
from content.rules.figures import LENGTHS, PLACE_CLASSES, Figures
from content.rules.industries import INDUSTRIES
from content.words import figures as words
from content.words.catalogue import N_, Tongue, tongue
from content.words.table import table
from storage import units
from storage.figures import counted
from storage.viewer import the_programme

JSON_SHAPE = """
\b
--json:
{"unit": str, "managed": n, "out": n, "at_home": n,
 "places": {"out_of_province": n, "other_county": n, "within_city": n, "unknown": n},
 "trades": {"building": n, "trade": n, "catering": n, "services": n, "factory": n,
            "transport": n, "farming": n, "school_and_health": n, "computing": n,
            "other": n, "unknown": n},
 "lengths": {"under_6_months": n, "6_to_12_months": n, "1_to_3_years": n,
             "over_3_years": n, "unknown": n},
 "units_without_home": [str]}

\b
managed 在管 = out 外出 + at_home 在家。places、trades、lengths 只算外出的，每一组加起来等于 out。
places：省外、省内外县（市区）、市内，从本支部所在地算起，在境外的算省外；unknown 是去向不明。
trades：按登记的单位和工种归类；unknown 是没登记。lengths：从外出时间算起。
units_without_home：没有写明所在地的组织，请用 python -m bot home 写明。
places, trades and lengths count those who are out; each adds up to `out`. Abroad is out of province.
"""
EVERYTHING = N_("全部组织")


@click.command(help="统计：去哪里、做什么、出去多久 / where, at what work, how long", epilog=JSON_SHAPE)
@click.option("--unit", "unit_name", default="", help="组织名称，可写“上级/本级” / a unit, or “above/unit”")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON, as below")
@PICTURE
@A4
def figures(unit_name: str, as_json: bool, picture: Path | None, a4: bool) -> None:
    paper_asked(picture, a4)
    settings = settings_of_this_place()
    t = tongue(settings.language)
    today = WallClock().now().astimezone(ZoneInfo(settings.timezone)).date()
    name, found = carry_out(_ask(settings, unit_name, today))
    of = name or t.say(EVERYTHING)
    click.echo(_as_json(of, found) if as_json else _as_text(t, of, found))
    if picture:
        write_picture(figures_sheet(t, of, found, today), picture, a4)


async def _ask(settings: Settings, unit_name: str, today: date) -> tuple[str, Figures]:
    """The name of the unit, of the one at the top where none was asked for, and its figures."""
    async with database_of(settings) as database, database.reading() as tx:
        unit = await unit_asked(tx, unit_name)
        found = await counted(tx, the_programme(), today, unit)
        if unit is None:
            tops = [one for one in await units.everyone(tx) if one.parent_id is None]
            unit = tops[0] if len(tops) == 1 else None
        return unit.name if unit else "", found


def _as_json(of: str, found: Figures) -> str:
    shown = {
        "unit": of,
        "managed": found.managed,
        "out": found.out,
        "at_home": found.at_home,
        "places": {place: found.places.get(place, 0) for place in PLACE_CLASSES},
        "trades": {trade: found.trades.get(trade, 0) for trade in INDUSTRIES},
        "lengths": {length: found.lengths.get(length, 0) for length in LENGTHS},
        "units_without_home": found.units_without_home,
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _as_text(t: Tongue, of: str, found: Figures) -> str:
    head = t.say(
        "{unit}：在管 {managed} 人，外出 {out} 人，在家 {home} 人",
        unit=of,
        managed=found.managed,
        out=found.out,
        home=found.at_home,
    )
    places = [(t.say(words.PLACES[one]), found.places.get(one, 0)) for one in PLACE_CLASSES]
    trades = [(t.say(words.TRADES[one]), n) for one, n in most_first(found.trades)]
    lengths = [(t.say(words.LENGTHS[one]), found.lengths.get(one, 0)) for one in LENGTHS]
    groups = {t.say("去哪里"): places, t.say("做什么"): trades, t.say("出去多久"): lengths}
    rows = [(group, label, str(n)) for group, told in groups.items() for label, n in told]
    shown = table((t.say("分类"), t.say("项目"), t.say("人数")), rows)
    return "\n".join([head, shown, *_what_to_do(t, found)])


def _what_to_do(t: Tongue, found: Figures) -> list[str]:
    if not found.units_without_home:
        return []
    return [
        t.say(
            "{units}没有写明所在地，算不出省外省内。请写明：python -m bot home --unit 组织 --place 江苏昆山",
            units=t.say("、").join(found.units_without_home),
        )
    ]
