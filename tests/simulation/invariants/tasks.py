"""Tasks for humans: each is somebody's who may see the member, is handed up in time, and ends once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.simulation.invariants.invariant import Found, Invariant
from tests.simulation.records import microseconds

if TYPE_CHECKING:
    from tests.simulation.world import World

# A tick comes each five seconds; where the program was down or its clock wrong, it is given this to catch up.
_A_WHILE = timedelta(hours=2)
# What fails in a night is told the next morning, and on a holiday at noon.
_TOLD_WITHIN = timedelta(hours=18)
_TOLD = ("call", "visit", "message")
_TAKEN_BACK_WITHIN = 86_400 * 1_000_000
_CHANGED = "SELECT count(*), count(closed_at), max(given_at), max(closed_at) FROM tasks"
_BLIND = """SELECT t.member_id, t.owner_id FROM tasks t JOIN members m ON m.person_id = t.member_id
WHERE t.closed_at IS NULL AND t.owner_id IS NOT NULL AND (t.owner_id = t.member_id
OR coalesce(m.liaison_id, '') <> t.owner_id AND NOT EXISTS (
SELECT 1 FROM offices o JOIN units u ON u.id = o.unit_id
WHERE o.person_id = t.owner_id AND o.ended_at IS NULL AND o.role IN ('secretary', 'committee', 'admin')
AND substr(m.unit_path, 1, length(u.path)) = u.path))"""
_TWICE = """SELECT member_id, count(*) n FROM tasks WHERE closed_at IS NULL
GROUP BY kind, member_id, coalesce(campaign_id, ''), coalesce(address_id, '') HAVING count(*) > 1"""
_OVERDUE = """SELECT member_id, owner_id, due_at FROM tasks
WHERE closed_at IS NULL AND coalesce(due_at, 0) < ?"""
_UNTOLD = """SELECT member_id, owner_id FROM tasks
WHERE closed_at IS NULL AND owner_id IS NOT NULL AND told_at IS NULL AND given_at < ?"""
_ENDED = "SELECT id, member_id, closed_at, outcome, closed_by FROM tasks WHERE closed_at IS NOT NULL"


class EachIsSomebodys(Invariant):
    """An open task belongs to somebody who may see whom it is about; and of one message there is one."""

    name = "a task is somebody's"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._seen: tuple[object, ...] = ()

    def calm(self) -> Found:
        now = tuple(self.world.records.all(_CHANGED)[0])
        if now != self._seen:
            self._seen = now
            yield from self.day_ends()

    def day_ends(self) -> Found:
        called = self.world.book.called
        for row in self.world.records.all(_BLIND):
            yield f"{called(row['owner_id'])} is to see to {called(row['member_id'])}, whom they may not see"
        for row in self.world.records.all(_TWICE):
            yield f"{row['n']} open tasks for one message to {called(row['member_id'])}"


class EndsOnce(Invariant):
    """What was closed stays closed, as whoever closed it said.

    But whom nobody had reached may be told later on; and within a day whoever closed it may say that they
    slipped: then it is open, and may end otherwise.
    """

    name = "a task ends once"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._ended: dict[str, tuple[object, ...]] = {}
        self._seen: tuple[object, ...] = ()

    def calm(self) -> Found:
        now = tuple(self.world.records.all(_CHANGED)[0])
        if now != self._seen:
            self._seen = now
            yield from self.day_ends()

    def day_ends(self) -> Found:
        ended = {row["id"]: tuple(row) for row in self.world.records.all(_ENDED)}
        for task_id, was in self._ended.items():
            if (now := ended.get(task_id)) != was and not self._may_be(was, now):
                whose = self.world.book.called(str(was[1]))
                yield f"the task about {whose} ended as {was[3]}, and is {now[3] if now else 'open'} now"
        self._ended = ended

    def _may_be(self, was: tuple[object, ...], now: tuple[object, ...] | None) -> bool:
        """`was` and `now` as the columns of `_ENDED`."""
        _, _, closed_at, outcome, by_somebody = was
        if outcome == "not_reached" and now is not None and now[3] in _TOLD:
            return True
        moment = now[2] if now else microseconds(self.world.clock.now())
        assert isinstance(closed_at, int) and isinstance(moment, int)
        return bool(by_somebody) and moment - closed_at <= _TAKEN_BACK_WITHIN


class SeenToInTime(Invariant):
    """A task that nobody saw to in three days goes on; and whoever has one was told of it."""

    name = "a task is seen to"

    def day_ends(self) -> Found:
        service = self.world.service
        if not (service.was_up_for(_TOLD_WITHIN) and service.clock_was_right_for(_TOLD_WITHIN)):
            return
        now, called = self.world.clock.now(), self.world.book.called
        late = microseconds(now - _A_WHILE)
        for row in self.world.records.all(_OVERDUE, late):
            yield f"the task about {called(row['member_id'])} stays with {called(row['owner_id'])}"
        for row in self.world.records.all(_UNTOLD, microseconds(now - _TOLD_WITHIN)):
            yield f"{called(row['owner_id'])} was not told of the task about {called(row['member_id'])}"
