"""`home`: says where a unit's home is; from there 省外, 省内 and 市内 are measured."""

from __future__ import annotations

import click

from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.commands.unit_asked import unit_asked
from bot.settings import Settings
from content.rules.places import Place, Several, find_place, place_of
from storage import units
from storage.units import Unit


@click.command(help="写明组织的所在地，统计从这里算起 / say where a unit's home is")
@click.option("--unit", "unit_name", required=True, help="组织名称 / name of the unit")
@click.option(
    "--place", required=True, help="所在地，写到市县，或六位代码 / its city or county, or the six-digit code"
)
def home(unit_name: str, place: str) -> None:
    settings, found = settings_of_this_place(), _the_place(place)
    unit, n = carry_out(_settle(settings, unit_name, found))
    click.echo(f"{unit.name}：{found.name}（{found.code}）。连同下级共改了 {n} 个组织 / units changed: {n}")


def _the_place(written: str) -> Place:
    found = place_of(written.strip()) or find_place(written)
    if isinstance(found, Place):
        return found
    which = "、".join(f"{one.name} {one.code}" for one in found.options) if isinstance(found, Several) else ""
    raise click.ClickException(
        f"分不清“{written}”是哪里，什么都没有改。请写上省或市，或写六位代码。{which}\n"
        f"“{written}” names no one place. Nothing was changed: add the province or city, or write the code."
    )


async def _settle(settings: Settings, unit_name: str, place: Place) -> tuple[Unit, int]:
    async with database_of(settings) as database, database.writing() as tx:
        unit = await unit_asked(tx, unit_name)
        if unit is None:
            raise click.ClickException("请写明组织 / name the unit")
        return unit, await units.settle(tx, unit, place.code)
