"""`grant`: gives somebody an office: 联系人, 书记, 党委, 管理员."""

from __future__ import annotations

import click

from bot.clock import WallClock
from bot.commands.asked_for import the_number, the_unit
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
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
@click.option("--new-root", is_flag=True, help="已有上级组织，仍另立一个 / found another unit at the top")
@click.option("--place", default="", help="新建时的所在地代码 / GB/T 2260 code of a new unit's place")
def grant(
    name: str, phone: str, role: Role, unit_name: str, found: bool, under: str, new_root: bool, place: str
) -> None:
    number = the_number(phone)
    if not name.strip():
        raise click.ClickException("请写姓名 / give a name")
    if place and place_of(place) is None:
        raise click.ClickException(f"不认识的地区代码 / no such place code: {place}")
    settings = settings_of_this_place()
    carry_out(_grant(settings, name.strip(), number, role, (unit_name, found, under, new_root, place)))


async def _grant(
    settings: Settings, name: str, number: str, role: Role, unit_asked: tuple[str, bool, str, bool, str]
) -> None:
    async with database_of(settings) as database, database.writing() as tx:
        unit = await _unit(tx, *unit_asked)
        now = WallClock().now()
        known = await addresses.behind(tx, "sms", number)
        if known and await people.name_of(tx, known.person_id) != name:
            raise click.ClickException(
                "这个号码登记的是另一个名字，没有授予。请核对姓名和号码。\n"
                "This number is registered under another name: check both. Nothing was granted."
            )
        person_id = known.person_id if known else await people.add(tx, now, name, settings.language)
        if not known:
            await addresses.add(tx, now, person_id, "sms", number)
        fresh = await offices.grant(tx, now, person_id, role, unit)
    done = "已授予 / granted" if fresh else "原已担任，没有改动 / held already"
    click.echo(f"{done}: {name} · {role} · {unit.name}")
    click.echo(f"下一步 / next: python -m bot invite --phone {number}")


async def _unit(tx: Transaction, name: str, found: bool, under: str, new_root: bool, place: str) -> Unit:
    known = await the_unit(tx, name)
    if known:
        return known
    if not found:
        raise click.ClickException(f"没有“{name}”。要新建请加 --found / there is no such unit; add --found")
    above = await the_unit(tx, under) if under else None
    roots = [unit.name for unit in await units.everyone(tx) if unit.parent_id is None]
    if roots and not under and not new_root:
        raise click.ClickException(
            f"已有上级组织：{'、'.join(roots)}。“{name}”建在谁下面请用 --under 写明；"
            "真要另立一个，请加 --new-root。什么都没有改。\n"
            f"There is {', '.join(roots)} already: say by --under which “{name}” is below, or add --new-root "
            "to found another beside it. Nothing was changed."
        )
    if under and not above:
        raise click.ClickException(
            f"没有上级组织“{under}”，什么都没有改。请先用 --found 建它，或改正 --under。\n"
            f"There is no unit “{under}”. Nothing was changed: found it first with --found, or mend --under."
        )
    kind: Kind = "branch" if above else "committee"
    return await units.found(tx, WallClock().now(), name, kind, above, place)
