"""What stands in the files agrees with what happened: who is silent, the counts, and nothing left lying."""

from __future__ import annotations

from datetime import date, timedelta

from content.rules.silence import Rhythm, deadlines
from storage import tally_check
from tests.simulation.invariants.invariant import Found, Invariant
from tests.simulation.records import microseconds, moment

_LAST = """SELECT m.person_id, m.last_contact_at, m.last_contact_kind, m.silent_after, m.late_after,
m.quiet_until, m.enrolled_at,
(SELECT c.at FROM contacts c WHERE c.member_id = m.person_id AND c.kind <> 'not_reached'
ORDER BY c.rowid DESC LIMIT 1) last_at FROM members m"""
_A_WHILE = timedelta(minutes=15)


class SilenceAgrees(Invariant):
    """Who counts as silent follows from the register of contacts, and from nothing else."""

    name = "silence agrees"

    def day_ends(self) -> Found:
        if not self.world.service.clock_was_right_for(timedelta(days=90)):
            # A clock ahead noted contacts that lie ahead: those are put right one by one.
            yield from self._deadlines_only()
            return
        for row in self.world.records.all(_LAST):
            last = row["last_at"] if row["last_at"] is not None else row["enrolled_at"]
            if row["last_contact_at"] != last:
                yield f"{self.world.book.called(row['person_id'])}: last contact and the register disagree"
        yield from self._deadlines_only()

    def _deadlines_only(self) -> Found:
        for row in self.world.records.all(_LAST):
            quiet = date.fromisoformat(row["quiet_until"]) if row["quiet_until"] else None
            due = deadlines(moment(row["last_contact_at"]), Rhythm(), quiet)
            if row["silent_after"] != microseconds(due.silent_after):
                whose = self.world.book.called(row["person_id"])
                yield f"{whose}: silent after another day than the contacts say"


class TalliesAgree(Invariant):
    """The counts that figures are made of add up to the files."""

    name = "tallies agree"

    def day_ends(self) -> Found:
        apart = self.world.records.number(tally_check._APART)
        if apart:
            yield f"the counts of {apart} units do not add up"


class NothingLies(Invariant):
    """What is due is sent, while the program is at work."""

    name = "nothing lies"

    def day_ends(self) -> Found:
        if self.world.service.was_up_for(_A_WHILE) and self.world.service.clock_was_right_for(_A_WHILE):
            yield from self._left(self.world.clock.now() - _A_WHILE)

    def at_the_end(self) -> Found:
        yield from self._left(self.world.clock.now() - _A_WHILE)
        if new := self.world.records.number("SELECT count(*) FROM inbox WHERE state = 'new'"):
            yield f"{new} words lie in the inbox"

    def _left(self, since: object) -> Found:
        due = microseconds(since)  # type: ignore[arg-type]
        for row in self.world.records.all(
            """SELECT person_id, kind, state FROM outbox WHERE (state = 'pending' AND not_before < ?1)
            OR (state = 'sending' AND lease_until < ?1)""",
            due,
        ):
            yield f"a {row['kind']} to {self.world.book.called(row['person_id'])} is {row['state']} and due"


class NoFaultOfOurs(Invariant):
    """The program writes no error into its log, but where its power was cut."""

    name = "no fault of ours"

    def calm(self) -> Found:
        faults, self.world.faults_logged = self.world.faults_logged, []
        yield from faults
