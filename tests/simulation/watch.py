"""Hands what happens to each invariant, and keeps what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.simulation.invariants import ALWAYS, AtNight, Invariant, Leaving, NothingLost
from tests.simulation.invariants.invariant import Found
from tests.simulation.words import DoorName, Word

if TYPE_CHECKING:
    from tests.simulation.world import World

_LETTER = """SELECT o.kind, o.state, o.person_id, o.made_at, o.zone, o.cause, a.suspended_at,
a.suspended_for, a.ended_at, a.ended_for, c.at_any_hour
FROM outbox o LEFT JOIN addresses a ON a.id = o.address_id
LEFT JOIN campaigns c ON c.id = o.campaign_id WHERE o.id = ?"""


@dataclass(frozen=True, slots=True)
class Finding:
    invariant: str
    at: datetime
    what: str

    def __str__(self) -> str:
        return f"[{self.invariant}] {self.at:%Y-%m-%d %H:%M:%S} {self.what}"


class Watch:
    def __init__(self, world: World, all_at_night: bool = False) -> None:
        self._world = world
        self._lost = NothingLost(world)
        kinds = (*ALWAYS, AtNight) if all_at_night else ALWAYS
        self._invariants = [self._lost, *(kind(world) for kind in kinds)]
        self._leaves, self._arrives, self._waits, self._settles, self._calm = (
            [one for one in self._invariants if getattr(type(one), step) is not getattr(Invariant, step)]
            for step in ("letter_leaves", "letter_arrives", "asked_to_wait", "word_settled", "calm")
        )
        self.findings: list[Finding] = []
        self.words_kept = 0

    def letter_leaves(self, door: DoorName, to: str, reference: str, text: str) -> None:
        row = self._world.records.one(_LETTER, reference)
        leaving = Leaving(door, to, reference, text, self._world.clock.now(), row)
        self._ask(self._leaves, lambda one: one.letter_leaves(leaving))

    def letter_arrives(self, reference: str, to: str) -> None:
        self._ask(self._arrives, lambda one: one.letter_arrives(reference, to))

    def asked_to_wait(self, reference: str, wait: timedelta) -> None:
        until = self._world.clock.now() + wait
        self._ask(self._waits, lambda one: one.asked_to_wait(reference, until))

    def word_brought(self, word: Word) -> None:
        self._lost.bring(word)

    def word_kept(self, word: Word) -> None:
        """The network was told that we have it, and will not bring it again."""
        word.kept = True
        self.words_kept += 1

    def calm(self) -> None:
        """Only while the program is at work: what lies in the file of a dead one is nobody's fault yet."""
        self._ask([self._lost], lambda one: one.calm())
        for word in self._lost.settled:
            self._ask(self._settles, lambda one, word=word: one.word_settled(word))
        self._ask([one for one in self._calm if one is not self._lost], lambda one: one.calm())

    def overlooked(self, jobs: Iterable[str]) -> None:
        """What a tick passed over, though there was work."""
        for name in jobs:
            self._found("nothing overlooked", f"{name} had work, and was not asked to do it")

    def day_ends(self) -> None:
        self._ask(self._invariants, lambda one: one.day_ends())

    def ends(self) -> None:
        self._ask(self._invariants, lambda one: one.at_the_end())

    def _ask(self, whom: Iterable[Invariant], what: Callable[..., Found]) -> None:
        for one in whom:
            for found in what(one):
                self._found(one.name, found)

    def _found(self, invariant: str, what: str) -> None:
        self.findings.append(Finding(invariant, self._world.clock.true(), what))
        self._world.diary.note("FOUND", invariant, what)
