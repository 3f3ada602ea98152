"""Whom to call: public numbers, free of charge and the same everywhere in the country."""

from __future__ import annotations

from content.words.catalogue import N_, Tongue

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
