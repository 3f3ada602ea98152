"""Whom to call: public numbers, free of charge and the same everywhere in the country."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from content.words.catalogue import N_, Tongue

# The public numbers a lesson may name, and what answers there. A slip of one digit sends somebody in
# need to a stranger, so a test holds every lesson against these.
PUBLIC_NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        "110": "police",
        "119": "fire brigade",
        "120": "ambulance",
        "122": "traffic police",
        "12306": "railway tickets",
        "12333": "labour and social security",
        "12345": "government services of the city",
        "12348": "legal aid and advice",
        "12350": "reports on work safety",
        "12356": "psychological aid",
        "12371": "party members' service",
        "12393": "medical insurance",
        "96110": "anti-fraud centre of the police",
    }
)

# 12333 labour and social security, 12348 legal aid, 12356 psychological aid (National Health
# Commission, one number for the country since 2025).
_BY_KIND = {
    "wages": N_("讨要工资可打12333，法律援助12348。"),
    "accident": N_("伤重先打120。工伤可问12333，法律援助12348。"),
    "legal": N_("法律援助打12348，免费。"),
    "health": N_("急病打120。心里难受可打12356。"),
    "": N_("危险打110，急救120，欠薪12333，法律援助12348。"),
}
_URGENT = {
    "accident": N_("请先打120急救、119火警、110报警！"),
    "legal": N_("请马上打110报警，受伤先打120！"),
    "health": N_("别一个人扛！请马上打120或110，12356也有人听您说。"),
    "": N_("请先打110报警、120急救！"),
}


def hotline(t: Tongue, kind: str, urgent: bool) -> str:
    """The numbers that fit the kind of trouble, the general ones where it has none."""
    known = _URGENT if urgent else _BY_KIND
    return t.say(known.get(kind, known[""]))


# 110, 12333, 96110, 400-800-1234, 0512-65123456, 13900139001: short numbers of emergency and service
# begin with 1 or 9. A sum of money is followed by its unit.
_A_NUMBER = re.compile(
    r"(?<![\d.\w])(1[12]\d|1[02]\d{3}|9[56]\d{3}|[48]00-?\d{3}-?\d{4}|0\d{2,3}-?\d{7,8}|1\d{10})"
    r"(?!\d|\.\d|[%元万天年次下米]| yuan| times)",
    re.ASCII,
)


def numbers_in(text: str) -> list[str]:
    """What a reader would take for telephone numbers, in the order they stand in."""
    return _A_NUMBER.findall(text)
