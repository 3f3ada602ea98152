"""Letters of ours: at most two copies, to no shut address, never sooner than asked, nothing personal."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from tests.simulation.invariants.invariant import Found, Invariant, Leaving

if TYPE_CHECKING:
    from tests.simulation.world import World

_NAME_LENGTHS = (2, 3, 4)
_PROVED = """SELECT count(*) FROM addresses
WHERE value_index = ? AND ended_at IS NULL AND verified_at IS NOT NULL"""
_UNSURE = "SELECT unsure FROM outbox WHERE id = ?"
_A_NUMBER = re.compile(r"1[3-9]\d{9}")


class TwoCopies(Invariant):
    """No phone shows the same letter more than twice, and of one that came twice our account says so."""

    name = "two copies"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.copies: Counter[str] = Counter()

    def letter_arrives(self, reference: str, to: str) -> Found:
        self.copies[reference] += 1
        if self.copies[reference] > 2:
            yield f"copy {self.copies[reference]} of one letter to {self.world.book.whose(to)}"
        if self.copies[reference] == 2 and not self.world.records.number(_UNSURE, reference):
            yield f"two copies to {self.world.book.whose(to)}, and the account says one"


class NoShutAddress(Invariant):
    """Nothing goes to an address that is suspended or ended.

    But the answer to somebody's own word, and the farewell: the letter that was written as it was shut.
    """

    name = "no shut address"

    def letter_leaves(self, leaving: Leaving) -> Found:
        row = leaving.row
        if row is None or leaving.kind == "reply":
            return
        if row["suspended_at"] not in (None, row["made_at"]):
            yield f"{leaving.kind} to {self.world.book.whose(leaving.to)}, suspended: {row['suspended_for']}"
        if row["ended_at"] not in (None, row["made_at"]):
            yield f"{leaving.kind} to {self.world.book.whose(leaving.to)}, ended: {row['ended_for']}"


class WaitsAsAsked(Invariant):
    """Where the network named a time, the same letter does not come before it."""

    name = "waits as asked"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._until: dict[str, datetime] = {}

    def asked_to_wait(self, reference: str, until: datetime) -> Found:
        self._until[reference] = until
        yield from ()

    def letter_leaves(self, leaving: Leaving) -> Found:
        until = self._until.pop(leaving.reference, None)
        if until and leaving.at < until:
            yield f"a letter to {self.world.book.whose(leaving.to)} came {until - leaving.at} too early"


class NothingPersonal(Invariant):
    """What goes to an address that nobody proved to be theirs names nobody; nor does an SMS to the office."""

    name = "nothing personal"

    def letter_leaves(self, leaving: Leaving) -> Found:
        whose = self.world.book.whose(leaving.to)
        if not self._is_proved(leaving):
            for name in self._named(leaving.text):
                yield f"{name} is named to {whose}, whose address is not proved"
            for number in _A_NUMBER.findall(leaving.text):
                if not leaving.to.endswith(number):
                    yield f"a number is told to {whose}, whose address is not proved"
        elif leaving.door == "sms" and whose in self.world.book.in_office:
            for name in self._named(leaving.text):
                if name in self.world.book.members:
                    yield f"{name} is named in an SMS to {whose}"

    def _is_proved(self, leaving: Leaving) -> bool:
        """Whether somebody showed that it is theirs, by now: an answer to a consent has no address yet."""
        index = self.world.records.blind(leaving.door, leaving.to)
        return bool(self.world.records.number(_PROVED, index))

    def _named(self, text: str) -> set[str]:
        runs = {text[at : at + n] for at in range(len(text)) for n in _NAME_LENGTHS}
        return runs & self.world.book.by_name.keys()
