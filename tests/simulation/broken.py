"""A few quiet days in which something is broken on purpose."""

from __future__ import annotations

from collections.abc import Callable

from tests.simulation.officers import Officer
from tests.simulation.person import HOUR
from tests.simulation.plan import Plan
from tests.simulation.run import run
from tests.simulation.world import World


def found_in(sabotage: Callable[[World], None], days: float = 1, members: int = 12) -> set[str]:
    """The invariants that find something in a few quiet days."""
    outcome = run(Plan(1, members, days, with_faults=False, sabotage=sabotage))
    return {finding.invariant for finding in outcome.findings}


def everybody_writes(world: World) -> None:
    """Some by chat and some by SMS."""
    for person in world.book.people:
        world.later(HOUR, lambda person=person: person.says("签到"))  # type: ignore[misc]


def a_lesson_goes_out(world: World) -> None:
    secretary = next(one for one in world.book.people if isinstance(one, Officer) and one.role == "secretary")
    secretary.luck.happens = lambda chance: chance > 0.5  # type: ignore[method-assign]
    world.later(2 * HOUR, lambda: secretary.says("发课 防骗 现在"))


def nothing_is_broken(_world: World) -> None:
    everybody_writes(_world)
    a_lesson_goes_out(_world)
