"""How far a campaign has come while it goes out, and how long it will still take. (S5, S6)"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import NamedTuple

# A letter that rewrites itself more often than this is looked at less, and costs Telegram a request each.
_AT_LEAST = timedelta(seconds=5)
# Counting costs some microseconds a recipient, and whoever writes to us waits meanwhile: one part in 400.
_SECONDS_A_RECIPIENT = 1 / 400
_MINUTE = 60.0


class Progress(NamedTuple):
    """Of `whole` recipients: `gone` were written to, or are to be told by voice; the others wait.

    `delivered`, `answered` and `failed` are as in `Coverage`. `asleep` are those among the waiting in
    whose place it is night or a holiday's morning, until `opens`. `lately` went out within the last
    `seconds`, which are a minute at most.
    """

    whole: int = 0
    gone: int = 0
    delivered: int = 0
    answered: int = 0
    failed: int = 0
    asleep: int = 0
    opens: datetime | None = None
    lately: int = 0
    seconds: float = _MINUTE

    @property
    def waiting(self) -> int:
        return self.whole - self.gone

    @property
    def minutes_left(self) -> int | None:
        """At the pace of the last minute, of those who may be written to now; None where it says nothing."""
        awake = self.waiting - self.asleep
        if awake <= 0 or not self.lately or self.seconds <= 0:
            return None
        return math.ceil(awake / self.lately * self.seconds / _MINUTE)


def may_be_shown_again(now: datetime, shown_at: datetime, whole: int) -> bool:
    """Every few seconds, and less often the more there are to count."""
    rests = max(_AT_LEAST, timedelta(seconds=whole * _SECONDS_A_RECIPIENT))
    # A clock that was set back would keep it silent for as long as that.
    return not shown_at <= now < shown_at + rests


def is_worth_showing(now: datetime, started_at: datetime) -> bool:
    """What is out within some seconds needs no bar that fills."""
    return now - started_at >= _AT_LEAST
