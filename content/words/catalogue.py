"""The two tongues: Chinese as written in the source, English from the catalogue beside this file.

Chinese is the msgid, so whoever reads a handler reads what a member will read.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from content.words.typesetting import filled

ENGLISH = Path(__file__).with_name("en.po")


class TongueUnknown(LookupError):
    """No catalogue is kept for this language."""


def N_(msgid: str) -> str:  # noqa: N802 - the name every gettext tool looks for
    """Marks a message that is kept in a constant, so that its English is asked for; changes nothing."""
    return msgid


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language to speak to a person in. `code` is "zh" or "en".

    What a person typed goes in as a field and never into the message: messages are formats.
    """

    code: str
    translations: NullTranslations
    day_form: str
    year_form: str
    month_form: str

    def say(self, msgid: str, **fields: object) -> str:
        """The message in this language with its `{fields}` filled in.

        A message without English is said in Chinese: the wrong tongue is better than no word.
        """
        # gettext answers the empty message with the catalogue's header.
        return self._filled(self.translations.gettext(msgid), fields) if msgid else ""

    def plural(self, one: str, many: str, n: int, **fields: object) -> str:
        """The form that `n` asks for; `{n}` is filled in as well."""
        return self._filled(self.translations.ngettext(one, many, n), {"n": n, **fields})

    def _filled(self, message: str, fields: dict[str, object]) -> str:
        return filled(message, fields) if self.code == "zh" else message.format(**fields)

    def day(self, day: date) -> str:
        """11月22日, 22 Nov."""
        return _written(day, self.day_form, self.code)

    def day_and_year(self, day: date) -> str:
        """2026年11月22日, 22 Nov 2026."""
        return _written(day, self.year_form, self.code)

    def month(self, day: date) -> str:
        """2026年11月, Nov 2026: what is counted in months has no day."""
        return _written(day, self.month_form, self.code)

    def time(self, moment: datetime, zone: ZoneInfo) -> str:
        """The time of day on a clock in that zone, 24 hours: 18:05. `moment` is aware."""
        return moment.astimezone(zone).strftime("%H:%M")

    def moment(self, moment: datetime, zone: ZoneInfo) -> str:
        """2026年11月22日 18:05, 22 Nov 2026 18:05. `moment` is aware."""
        return f"{self.day_and_year(moment.astimezone(zone).date())} {self.time(moment, zone)}"


# Thousands are told the same few days, and the library looks up its own files for each.
@lru_cache(maxsize=512)
def _written(day: date, form: str, code: str) -> str:
    return format_date(day, form, locale=code)


def tongue(code: str) -> Tongue:
    """The language with this code. Raises TongueUnknown for any other than "zh" and "en"."""
    if code not in _TONGUES:
        raise TongueUnknown(code)
    return _TONGUES[code]()


@cache
def _chinese() -> Tongue:
    return Tongue("zh", NullTranslations(), day_form="M月d日", year_form="y年M月d日", month_form="y年M月")


@cache
def _english() -> Tongue:
    return Tongue("en", _compiled(ENGLISH), day_form="d MMM", year_form="d MMM y", month_form="MMM y")


_TONGUES: dict[str, Callable[[], Tongue]] = {"zh": _chinese, "en": _english}


def _compiled(path: Path) -> GNUTranslations:
    """The catalogue made ready in memory, so that no built file has to be kept in step with its text."""
    with path.open("rb") as po:
        catalogue = read_po(po, locale="en")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return GNUTranslations(io.BytesIO(compiled.getvalue()))
