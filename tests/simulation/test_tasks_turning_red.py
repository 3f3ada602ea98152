"""Each invariant of tasks is broken once on purpose, and says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from storage import due_work
from storage.database import Transaction
from tests.simulation.broken import found_in
from tests.simulation.officers import Officer
from tests.simulation.person import DAY, HOUR
from tests.simulation.world import World

_A_WORD = "发通知 明天上午停水,请存好水。"


def many_are_out_of_reach(world: World) -> None:
    """A notice goes out; half of its readers have no number any more, and no chat."""
    for person in world.book.people:
        if person.name in world.book.members and not person.chat:
            person.is_number_dead = True
    for officer in [one for one in world.book.people if isinstance(one, Officer)]:
        officer.sees_to_tasks = 0.0
        if officer.role == "secretary":
            officer.luck.happens = lambda chance: chance > 0.5  # type: ignore[method-assign]
            officer.luck.choice = _the_first  # type: ignore[assignment,method-assign]
            world.later(2 * HOUR, partial(officer.says, _A_WORD))


def _the_first(those: Any) -> Any:
    return those[0]


def test_tasks_are_opened_and_nothing_is_found_where_nothing_is_broken() -> None:
    opened: list[int] = []

    def looks_on(world: World) -> None:
        many_are_out_of_reach(world)
        world.later(1.9 * DAY, lambda: opened.append(world.records.number("SELECT count(*) FROM tasks")))

    assert found_in(looks_on, days=2) == set()
    assert opened[0] > 2


def test_a_task_that_goes_to_somebody_from_elsewhere() -> None:
    """As if whoever stands nearest were not sought by the path of the unit."""

    def sabotage(world: World) -> None:
        many_are_out_of_reach(world)
        world.records.breaks(
            """CREATE TRIGGER astray AFTER INSERT ON tasks BEGIN UPDATE tasks SET owner_id =
            (SELECT person_id FROM members WHERE person_id <> NEW.member_id AND liaison_id <> NEW.owner_id),
            raised = 1 WHERE id = NEW.id; END"""
        )

    assert "a task is somebody's" in found_in(sabotage, days=2)


def test_a_second_task_for_the_same_message() -> None:
    def sabotage(world: World) -> None:
        many_are_out_of_reach(world)
        columns = "kind, member_id, owner_id, campaign_id, cause, opened_at, given_at, due_at, raised"
        world.records.breaks(
            f"""CREATE TRIGGER doubles AFTER INSERT ON tasks WHEN NEW.id NOT LIKE '%x' BEGIN
            INSERT INTO tasks (id, {columns}) SELECT id || 'x', {columns} FROM tasks
            WHERE id = NEW.id; END"""
        )

    assert "a task is somebody's" in found_in(sabotage, days=2)


def test_a_task_that_is_open_again() -> None:
    def sabotage(world: World) -> None:
        many_are_out_of_reach(world)
        for days, closed_at in ((1.2, "given_at"), (1.5, "NULL")):
            statement = f"UPDATE tasks SET closed_at = {closed_at}, outcome = 'call'"
            world.later(days * DAY, lambda statement=statement: world.records.breaks(statement))  # type: ignore[misc]
        # Something else has to happen, or nobody looks.
        world.later(1.3 * DAY, lambda: world.book.people[0].says("待办"))
        world.later(1.6 * DAY, lambda: world.book.people[0].says("待办"))

    assert "a task ends once" in found_in(sabotage, days=2)


def test_a_task_that_nobody_hands_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def forgets(_tx: Transaction, _now: datetime) -> int:
        return 0

    monkeypatch.setattr("schedules.tend_tasks._hand_up", forgets)
    assert "a task is seen to" in found_in(many_are_out_of_reach, days=6)


def test_a_task_of_which_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async def forgets(_tx: Transaction, _now: datetime) -> int:
        return 0

    monkeypatch.setattr("schedules.tend_tasks._tell", forgets)
    assert "a task is seen to" in found_in(many_are_out_of_reach, days=3)


def test_somebody_whom_no_letter_reached_and_of_whom_nobody_knows() -> None:
    def sabotage(world: World) -> None:
        many_are_out_of_reach(world)
        world.records.breaks("CREATE TRIGGER forgets BEFORE INSERT ON tasks BEGIN SELECT RAISE(IGNORE); END")

    assert "one end each" in found_in(sabotage, days=3)


def test_work_that_a_tick_does_not_ask_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due_work, "TOGETHER", timedelta(days=300))
    assert "nothing overlooked" in found_in(many_are_out_of_reach, days=3)
