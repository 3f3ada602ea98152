"""The first word on each phone of somebody who has joined: an empty screen tells a visitor nothing."""

from __future__ import annotations

from datetime import datetime

from bot.sandbox.phones import Phone
from content.letter import Letter
from content.words.catalogue import Tongue, tongue
from content.words.commands import commands
from content.words.keys import member_keys, office_keys
from storage import addresses, offices, outbox, people
from storage.database import Transaction


async def greet(tx: Transaction, now: datetime, phones: tuple[Phone, ...]) -> None:
    for phone in phones:
        door = await addresses.behind(tx, "telegram", str(phone.id)) if phone.smartphone else None
        if door is None:
            continue
        t = tongue(await people.language_of(tx, door.person_id))
        holds_office = bool(await offices.offices_of(tx, door.person_id))
        letter = _to_office(t) if holds_office else _to_member(t)
        await outbox.promise(tx, now, outbox.to(door), letter, "reply", f"greeting:{door.id}:{now}")


def _to_member(t: Tongue) -> Letter:
    return Letter(
        chat=t.say("每月报一次平安就行：点“签到”，或写一句近况。搬家、换工作、换号码，也直接写给我。"),
        choices=member_keys(t),
        menu=commands(t, "member"),
    )


def _to_office(t: Tongue) -> Letter:
    return Letter(
        chat=t.say("可以看谁失联了、发一课、请人加入，也可以直接写“找 姓名”。"),
        choices=office_keys(t, is_member=False),
        menu=commands(t, "secretary"),
    )
