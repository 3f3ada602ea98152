"""The tables of public holidays that an operator brought, for years that the program does not know by itself.

What a year's own table says goes before what the program knows; the days that the law names are days off
in every year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Column, Date, Integer, Table, Text, delete, insert, select

from content.rules import holidays as rule
from content.rules.holidays import Holiday
from storage.columns import metadata
from storage.database import Transaction

# Another process brings a table in; a letter in its first minutes may still come by the old one.
_FRESH = timedelta(minutes=5)

holidays = Table(
    "holidays",
    metadata,
    Column("day", Date, primary_key=True),
    # The year that the table was made for: New Year's holiday may begin in the December before.
    Column("year", Integer, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Holidays:
    """`day in holidays`: whether it is a day off. Nothing is read for it; it may be asked for each letter."""

    brought: Mapping[int, tuple[Holiday, ...]]
    off: frozenset[date]

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        by_itself = rule.by_law(day.year) if day.year in self.brought else rule.days_off(day.year)
        return day in self.off or day in by_itself

    def knows(self, year: int) -> bool:
        """Whether the year's table is here, and not only what the law says."""
        return year in self.brought or bool(rule.built_in(year))

    def lacking(self, year: int) -> tuple[str, ...]:
        """The holidays of the law that the table which was brought for that year does not know."""
        table = self.brought.get(year)
        return rule.lacking(year, {one.day for one in table if one.kind == "off"}) if table else ()

    def of(self, year: int) -> tuple[Holiday, ...]:
        """The table of a year, from whoever knows it; where nobody does, the days that the law names."""
        table = self.brought.get(year) or rule.built_in(year)
        return table or tuple(Holiday(day, name) for day, name in rule.by_law(year).items())


NOTHING_BROUGHT = Holidays({}, frozenset())


class Calendar:
    """What is known of holidays, read once in some minutes: for whoever asks all day long."""

    def __init__(self) -> None:
        self._known = NOTHING_BROUGHT
        self._read_at: datetime | None = None

    async def known(self, tx: Transaction, now: datetime) -> Holidays:
        if self._read_at is None or not self._read_at <= now < self._read_at + _FRESH:
            self._known, self._read_at = await known(tx), now
        return self._known


async def known(tx: Transaction) -> Holidays:
    rows = await tx.conn.execute(select(holidays).order_by(holidays.c.day))
    by_year: dict[int, list[Holiday]] = defaultdict(list)
    for row in rows:
        by_year[row.year].append(Holiday(row.day, row.name, row.kind))
    return Holidays(
        {year: tuple(table) for year, table in by_year.items()},
        frozenset(one.day for table in by_year.values() for one in table if one.kind == "off"),
    )


async def bring(tx: Transaction, year: int, days: Sequence[Holiday]) -> int:
    """Put a year's table in the place of the one that was brought before; how many days that one had."""
    written = [one.day for one in days]
    former = (holidays.c.year == year) | holidays.c.day.in_(written)
    gone = await tx.conn.execute(delete(holidays).where(former))
    rows = [{"day": one.day, "year": year, "name": one.name, "kind": one.kind} for one in days]
    await tx.conn.execute(insert(holidays), rows)
    return gone.rowcount


async def forget(tx: Transaction, year: int) -> int:
    """Take a year's table back; how many days it had."""
    return (await tx.conn.execute(delete(holidays).where(holidays.c.year == year))).rowcount
