"""By which clocks somebody lives, as far as their place is known."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from content.rules.places.abroad import ABROAD
from content.rules.places.clocks_abroad import clocks_of

CHINA = "Asia/Shanghai"
_XINJIANG = "65"


def zones_of(place_code: str, address: str, at_home: str) -> tuple[ZoneInfo, ...]:
    """One zone or, where it may be either of two, both: then a letter comes when both clocks allow it.

    `address` tells the country of whoever is abroad; `at_home` is their unit's time zone, for those
    whose place is not known.
    """
    return _zones(_names(place_code, address) or (at_home,))


def zone_names(place_code: str, address: str) -> str:
    """The same as it is kept beside a file, one space apart; empty where their unit's clock counts."""
    return " ".join(_names(place_code, address))


def zones_named(names: str) -> tuple[ZoneInfo, ...]:
    """What `zone_names` wrote, or the name of a single zone."""
    return _zones(tuple(names.split()))


def _names(place_code: str, address: str) -> tuple[str, ...]:
    if place_code == ABROAD:
        return clocks_of(address)
    if place_code.startswith(_XINJIANG):
        # By law all of China has one time. In Xinjiang the sun rises two hours later, and some live by
        # 新疆时间, some by Beijing's: at eight in Beijing the first are asleep, and half past eight by
        # Urumqi's clock is half past ten to the others. So: from ten to half past eight, Beijing time.
        return CHINA, "Asia/Urumqi"
    return (CHINA,) if place_code else ()


@cache
def _zones(names: tuple[str, ...]) -> tuple[ZoneInfo, ...]:
    return tuple(ZoneInfo(name) for name in names)
