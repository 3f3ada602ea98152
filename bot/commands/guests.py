"""Whom `invite` means: one person by number, or all on the roster and in office who have not joined."""

from __future__ import annotations

from dataclasses import dataclass

from content.rules.roles import Role
from handlers.joining.roster_number import DECLINED
from storage import addresses, members, offices, people, post
from storage.addresses import Address
from storage.database import Transaction
from storage.viewer import the_programme

_NO_NUMBER = "没有手机号，请在名册里补上再导入 / no number: add it to the roster and import again"
_SAID_NO = "本人说过不加入，想加入请本人发“加入” / said no: only they can begin again"
_OFFICES: dict[Role, str] = {
    "liaison": "联系人",
    "secretary": "书记",
    "committee": "党委",
    "admin": "管理员",
}

LeftOut = tuple[str, str]
"""Name, and why."""


@dataclass(frozen=True, slots=True)
class Guest:
    """`office` is empty for a member without one."""

    name: str
    number: Address
    office: str = ""


async def the_one_at(tx: Transaction, number: str) -> tuple[list[Guest], list[LeftOut]]:
    known = await addresses.behind(tx, "sms", number)
    return [Guest(await people.name_of(tx, known.person_id), known)] if known else [], []


async def everyone_outside(tx: Transaction) -> tuple[list[Guest], list[LeftOut]]:
    """Members first, as the roster has them, then those who hold an office only."""
    held = await offices.everyone_in_office(tx)
    names = {m.id: m.name for m in await members.everyone(tx, the_programme()) if not m.joined}
    for person_id in held:
        if not await people.is_inside(tx, person_id):
            names.setdefault(person_id, await people.name_of(tx, person_id))
    guests: list[Guest] = []
    left_out: list[LeftOut] = []
    for person_id, name in names.items():
        number = await post.number_of(tx, person_id)
        if number is None or number.suspended_for == DECLINED:
            left_out.append((name, _SAID_NO if number else _NO_NUMBER))
        else:
            guests.append(Guest(name, number, _OFFICES.get(held[person_id], "") if person_id in held else ""))
    return guests, left_out
