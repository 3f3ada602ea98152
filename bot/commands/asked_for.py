"""Whom and what an operator names: a number, a unit, a person. What cannot be is told with what to do."""

from __future__ import annotations

import click

from content.rules.phones import as_e164
from content.rules.roles import Role
from storage import addresses, offices, people, units
from storage.database import Transaction
from storage.units import Unit


def the_number(written: str) -> str:
    """The number as E.164."""
    number = as_e164(written)
    if number is None:
        raise click.ClickException(
            f"“{written}”不是手机号，请写全，如 13900000001；国外的号码以 + 开头。\n"
            f"“{written}” is no mobile number: write all of it, such as 13900000001, or with + from abroad."
        )
    return number


async def the_unit(tx: Transaction, name: str) -> Unit | None:
    """The one unit of this name, None where there is none."""
    known = await units.named(tx, name)
    if len(known) > 1:
        raise click.ClickException(
            f"叫“{name}”的组织有 {len(known)} 个，分不清是哪一个，什么都没有改。请先给其中一个改名。\n"
            f"{len(known)} units are called “{name}”. Nothing was changed: rename one of them first."
        )
    return known[0] if known else None


async def the_holder(tx: Transaction, name: str, number: str, role: Role, unit: Unit) -> str:
    """Who holds this very office, found by number, by name or by both."""
    if number:
        known = await addresses.behind(tx, "sms", number)
        found = [known.person_id] if known else []
    else:
        found = await offices.holders(tx, unit.path, (role,))
    found = [one for one in found if await _holds(tx, one, role, unit)]
    if name:
        found = [one for one in found if await people.name_of(tx, one) == name]
    if len(found) > 1:
        raise click.ClickException(
            f"有 {len(found)} 个人都叫“{name}”，什么都没有改。请加 --phone 号码。\n"
            f"{len(found)} people are called “{name}”. Nothing was changed: add --phone NUMBER."
        )
    if not found:
        raise click.ClickException(
            f"“{unit.name}”没有这样一位 {role}，什么都没有改。请核对姓名、号码、职务和组织。\n"
            f"“{unit.name}” has no such {role}. Nothing was changed: check name, number, role and unit."
        )
    return found[0]


async def _holds(tx: Transaction, person_id: str, role: Role, unit: Unit) -> bool:
    held = await offices.offices_of(tx, person_id)
    return any((one.role, one.unit_path) == (role, unit.path) for one in held)
