"""`silent`: who has gone silent, as a table or as JSON."""

from __future__ import annotations

import json
from datetime import timedelta

import click

from bot.clock import WallClock
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
from content.rules.silence import days_since
from storage import silence
from storage.files import Member
from storage.silence import Counts, Sought
from storage.viewer import the_programme


@click.command(help="谁失联了 / who has gone silent")
@click.option("--days", type=int, default=0, help="多少天以上没有联系 / without contact for so many days")
@click.option("--json", "as_json", is_flag=True)
def silent(days: int, as_json: bool) -> None:
    counted, found = carry_out(_ask(settings_of_this_place(), days))
    click.echo(_as_json(counted, found) if as_json else _as_text(counted, found))


async def _ask(settings: Settings, days: int) -> tuple[Counts, list[Member]]:
    now = WallClock().now()
    sought = Sought(now - timedelta(days=days) if days else None)
    async with database_of(settings) as database, database.reading() as tx:
        counted = await silence.counts(tx, the_programme(), now)
        return counted, await silence.silent(tx, the_programme(), now, sought, limit=1000)


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


def _as_text(counted: Counts, found: list[Member]) -> str:
    head = (
        f"外出 {counted.all} 人：按时 {counted.fresh}，快到期 {counted.due}，"
        f"迟了 {counted.late}，失联 {counted.silent}"
    )
    return "\n".join([head, *(f"{_days(m):>5} 天  {m.name}  {m.unit}" for m in found)])


def _days(member: Member) -> int:
    return days_since(member.last_contact_at, WallClock().now(), member.rhythm.timezone)
