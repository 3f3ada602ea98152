"""What must hold whatever happens: the cheap ones after each event, the dear ones each day."""

from tests.simulation.invariants.clock import EachSlotOnce, ToldOnce
from tests.simulation.invariants.ends import OneEndEach
from tests.simulation.invariants.files import NoFaultOfOurs, NothingLies, SilenceAgrees, TalliesAgree
from tests.simulation.invariants.hours import AtNight, QuietHours
from tests.simulation.invariants.invariant import Invariant, Leaving
from tests.simulation.invariants.lessons import Accounted
from tests.simulation.invariants.letters import (
    NoShutAddress,
    NothingPersonal,
    TwoCopies,
    WaitsAsAsked,
)
from tests.simulation.invariants.tasks import EachIsSomebodys, EndsOnce, SeenToInTime
from tests.simulation.invariants.words import AnsweredOnce, CountedOnce, NothingLost

# `AtNight` is a list on request: notices to offices come when they come.
ALWAYS: tuple[type[Invariant], ...] = (
    CountedOnce, AnsweredOnce, TwoCopies, NoShutAddress, WaitsAsAsked, QuietHours, NothingPersonal,
    EachSlotOnce, ToldOnce, Accounted, OneEndEach, EachIsSomebodys, EndsOnce, SeenToInTime, SilenceAgrees,
    TalliesAgree, NothingLies, NoFaultOfOurs,
)  # fmt: skip

__all__ = ["ALWAYS", "AtNight", "Invariant", "Leaving", "NothingLost", "QuietHours"]
