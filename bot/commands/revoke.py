"""`revoke`: takes an office back; whoever held it sees nobody's file by it from then on."""

from __future__ import annotations

import click

from bot.clock import WallClock
from bot.commands.asked_for import the_holder, the_number, the_unit
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
from content.rules.roles import ROLES, Role
from storage import offices, people


@click.command(help="收回职务 / take an office back from somebody")
@click.option("--name", default="", help="姓名 / name")
@click.option("--phone", default="", help="手机号 / mobile number")
@click.option("--role", required=True, type=click.Choice([role for role in ROLES if role != "member"]))
@click.option("--unit", "unit_name", required=True, help="党组织名称 / name of the unit")
def revoke(name: str, phone: str, role: Role, unit_name: str) -> None:
    if not name.strip() and not phone:
        raise click.ClickException("请用 --phone 号码 或 --name 姓名 / give --phone NUMBER or --name NAME")
    number = the_number(phone) if phone else ""
    carry_out(_revoke(settings_of_this_place(), name.strip(), number, role, unit_name))


async def _revoke(settings: Settings, name: str, number: str, role: Role, unit_name: str) -> None:
    async with database_of(settings) as database, database.writing() as tx:
        unit = await the_unit(tx, unit_name)
        if unit is None:
            raise click.ClickException(
                f"没有“{unit_name}”这个组织，什么都没有改。请核对名称。\n"
                f"There is no unit “{unit_name}”. Nothing was changed: check the name."
            )
        person_id = await the_holder(tx, name, number, role, unit)
        alone = await offices.revoke(tx, WallClock().now(), person_id, role, unit)
        name = await people.name_of(tx, person_id)
    click.echo(f"已收回 / taken back: {name} · {role} · {unit.name}")
    if alone:
        click.echo(_left_alone(alone))


def _left_alone(members: int) -> str:
    return (
        f"有 {members} 位党员现在没有联系人。下一步：在名册的“联系人”一栏写上新联系人，再导入一次。\n"
        f"{members} members have no liaison now. Next: write the new liaison into the roster's column "
        "“联系人” and import it again."
    )
