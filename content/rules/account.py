"""What became of a campaign, once nothing more happens by itself. (S5, S6)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

_NOTHING: Mapping[str, int] = {}


def _as_written(words: str, _topic: str) -> str:
    """Where a company sends what we write."""
    return words


class Price(NamedTuple):
    """What a text costs: `fen` for each part, 0 where nobody said; what goes out around the words counts.

    `shown` is what the phone shows of whole words about a topic, where a company has texts of its own.
    """

    fen: float = 0
    signature: str = "【联动】"
    suffix: str = ""
    shown: Callable[[str, str], str] = _as_written


UNSAID = Price()


class Account(NamedTuple):
    """Of `whole` people. `failed`: how many by each reason, whom no door reached and nobody told.

    `handed` of them wait for their liaison's voice, `not_told` the liaison did not find; `told` were told
    and are not among the failed. `waiting` are not written to yet, or their letter is not out. `twice` may
    have come a second time. `texts` went out, by language.
    """

    whole: int = 0
    sent: int = 0
    delivered: int = 0
    answered: int = 0
    told: int = 0
    handed: int = 0
    not_told: int = 0
    waiting: int = 0
    failed: Mapping[str, int] = _NOTHING
    twice: int = 0
    texts: Mapping[str, int] = _NOTHING

    @property
    def missing(self) -> int:
        return sum(self.failed.values())

    @property
    def no_receipt(self) -> int:
        """It went out, and nothing came back that says whether it arrived."""
        return max(0, self.whole - self.delivered - self.told - self.waiting - self.missing)

    @property
    def may_still_hear(self) -> int:
        """Who has it not yet, as far as is known, and whom a letter or a liaison may still reach."""
        return self.waiting + self.no_receipt + self.handed
