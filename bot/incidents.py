"""What is wrong just now, part by part: since when, who was told, and when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from bot.in_charge import Told

Part = Literal["database", "telegram", "sms"]


class Patience(NamedTuple):
    """How long a trouble of each kind has to last before anybody is told of it, and for how long all must
    be well before it is over: a disk that has room for every second message is still full.

    Telegram stumbles every day and finds its feet; an account that is shut opens by itself never.
    """

    database: timedelta = timedelta(seconds=15)
    out_of_reach: timedelta = timedelta(minutes=5)
    of_the_account: timedelta = timedelta()
    calm: timedelta = timedelta(minutes=1)


@dataclass
class Incident:
    """`what` is a word of `content/words/alarm.py`, `code` what a company said that we do not know; `last`
    when it was last seen, `well_since` None until it worked again after that. `by_receipt`: the company takes
    our messages and says afterwards that it sent none, so that it takes the next one tells nothing.
    """

    part: Part
    what: str
    since: datetime
    last: datetime
    patience: timedelta
    well_since: datetime | None = None
    told: Told = field(default_factory=Told)
    code: str = ""
    by_receipt: bool = False

    @property
    def lasts(self) -> bool:
        """Whether it was still seen after the time that such things pass in by themselves."""
        return self.last - self.since >= self.patience


class Incidents:
    """One at a time for each part: whoever was told that the disk is full need not hear of each refusal."""

    def __init__(self) -> None:
        self._open: dict[Part, Incident] = {}

    def wrong(
        self,
        now: datetime,
        part: Part,
        what: str,
        patience: timedelta,
        code: str = "",
        by_receipt: bool = False,
    ) -> bool:
        """A failure was seen; True where it begins an incident."""
        incident = self._open.get(part)
        if incident is None:
            self._open[part] = Incident(part, what, now, now, patience, code=code, by_receipt=by_receipt)
            return True
        if not incident.told.heard:
            incident.what, incident.code, incident.patience = what, code, patience
        incident.last, incident.well_since = now, None
        incident.by_receipt |= by_receipt
        return False

    def works(self, now: datetime, part: Part, by_receipt: bool = False) -> None:
        """The part was seen to do its work; `by_receipt`, to the end."""
        incident = self._open.get(part)
        if incident and incident.well_since is None and (by_receipt or not incident.by_receipt):
            incident.well_since = now

    def over(self, now: datetime, calm: timedelta) -> list[Incident]:
        """Those that have ended; nothing more is known of them afterwards."""
        ended = [one for one in self if one.well_since and now - one.well_since >= calm]
        for incident in ended:
            del self._open[incident.part]
        return ended

    def lasting(self) -> list[Incident]:
        return [one for one in self if one.lasts]

    def __iter__(self) -> Iterator[Incident]:
        return iter(list(self._open.values()))
