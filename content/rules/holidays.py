"""Of which years the official holidays are known, with the working days that are exchanged for them.

The State Council's General Office makes the table of a year known in the autumn before it, in late October or
in November.
"""

from __future__ import annotations

from lunar_python.util import HolidayUtil

MADE_KNOWN_FROM = 10
"""The month from which next year's table is looked out for."""


def is_known(year: int) -> bool:
    return bool(HolidayUtil.getHolidays(year))
