"""`grant`: gives somebody an office: 联系人, 书记, 党委, 管理员."""

from __future__ import annotations

import click

from bot.clock import WallClock
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
from content.rules.phones import as_e164
from content.rules.places import place_of
from content.rules.roles import ROLES, Role
from storage import addresses, offices, people, units
from storage.database import Transaction
from storage.units import Kind, Unit


@click.command(help="授予职务 / give somebody an office in a unit")
@click.option("--name", required=True, help="姓名 / name")
@click.option("--phone", required=True, help="手机号 / mobile number")
@click.option("--role", required=True, type=click.Choice([role for role in ROLES if role != "member"]))
@click.option("--unit", "unit_name", required=True, help="党组织名称 / name of the unit")
@click.option("--found", is_flag=True, help="没有这个组织就新建 / found the unit where there is none")
@click.option("--under", default="", help="新建时的上级组织 / the unit above a new one")
@click.option("--place", default="", help="新建时的所在地代码 / GB/T 2260 code of a new unit's place")
def grant(name: str, phone: str, role: Role, unit_name: str, found: bool, under: str, place: str) -> None:
    number = as_e164(phone)
    if number is None:
        raise click.ClickException(f"不是手机号 / not a number: {phone}")
    if not name.strip():
        raise click.ClickException("请写姓名 / give a name")
    if place and place_of(place) is None:
        raise click.ClickException(f"不认识的地区代码 / no such place code: {place}")
    settings = settings_of_this_place()
    carry_out(_grant(settings, name.strip(), number, role, (unit_name, found, under, place)))


async def _grant(
    settings: Settings, name: str, number: str, role: Role, unit_asked: tuple[str, bool, str, str]
) -> None:
    async with database_of(settings) as database, database.writing() as tx:
        unit = await _unit(tx, settings, *unit_asked)
        now = WallClock().now()
        known = await addresses.behind(tx, "sms", number)
        if known and (await people.the_one_who_acts(tx, known.person_id)).name != name:
            raise click.ClickException(
                "这个号码登记的是另一个名字，没有授予。请核对姓名和号码。\n"
                "This number is registered under another name: check both. Nothing was granted."
            )
        person_id = known.person_id if known else await people.add(tx, now, name, settings.language)
        if not known:
            await addresses.add(tx, now, person_id, "sms", number)
        fresh = await offices.grant(tx, now, person_id, role, unit)
    click.echo(f"{'已授予' if fresh else '原已担任'}：{name} · {role} · {unit.name}")
    click.echo("下一步 / next: python -m bot invite --phone …")


async def _unit(tx: Transaction, settings: Settings, name: str, found: bool, under: str, place: str) -> Unit:
    known = await units.named(tx, name)
    if len(known) == 1:
        return known[0]
    if known:
        raise click.ClickException(
            f"叫“{name}”的组织有 {len(known)} 个，请先改名 / several units bear this name"
        )
    if not found:
        raise click.ClickException(f"没有“{name}”。要新建请加 --found / there is no such unit; add --found")
    above = await units.named(tx, under) if under else []
    if under and not above:
        raise click.ClickException(f"没有上级组织“{under}” / there is no unit above of this name")
    kind: Kind = "branch" if above else "committee"
    return await units.found(tx, WallClock().now(), name, kind, above[0] if above else None, place)
