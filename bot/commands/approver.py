"""Who agrees to what an operator sends: a second person, known, and in office over all whom it is for."""

from __future__ import annotations

import click

from content.rules.links import has_link
from content.rules.phones import as_e164
from content.rules.roles import Role
from content.words.catalogue import N_, Tongue
from storage import addresses, offices, people
from storage.database import Transaction
from storage.units import Unit

_MAY_AGREE: tuple[Role, ...] = ("secretary", "committee")

NEEDED = N_("没有排：{why}，要有一位书记或党委的同志同意。请他看过，再加上 --approved-by 姓名。")
LINK = N_("话里有网址")
MANY = N_("超过 {n} 人")
UNKNOWN = N_("没有排：“{name}”不是 {unit} 或上级的书记、党委。可以同意的：{others}。")
NOBODY = N_("还没有，请先用 grant 授职务")
SEVERAL = N_("没有排：叫“{name}”、可以同意的有 {n} 位，请改写手机号：--approved-by 13900000001。")


def why_needed(t: Tongue, words: str, reached: int, most: int) -> str:
    """Empty where nobody needs to agree; `most` recipients need nobody, and with 0 any number."""
    if has_link(words):
        return t.say(LINK)
    return t.say(MANY, n=most) if most and reached > most else ""


async def approver(tx: Transaction, t: Tongue, unit: Unit, written: str) -> str:
    """Their id, found by name or by number among those who may."""
    nearest_first = await offices.others_above(tx, unit.path, _MAY_AGREE, "")
    ids = list(dict.fromkeys(one for found in nearest_first.values() for one in found))
    named = {one: await people.name_of(tx, one) for one in ids}
    found = await _meant(tx, named, written.strip())
    if len(found) == 1:
        return found[0]
    if found:
        raise click.ClickException(t.say(SEVERAL, name=written, n=len(found)))
    others = t.say("、").join(dict.fromkeys(named.values())) or t.say(NOBODY)
    raise click.ClickException(t.say(UNKNOWN, name=written, unit=unit.name, others=others))


async def _meant(tx: Transaction, named: dict[str, str], written: str) -> list[str]:
    number = as_e164(written)
    if number is None:
        return [one for one, name in named.items() if name == written]
    behind = await addresses.behind(tx, "sms", number)
    return [behind.person_id] if behind and behind.person_id in named else []
