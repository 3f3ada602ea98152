"""Many seeds, one after the other on each core; one that fails says how to live it again."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.simulation.plan import Plan
from tests.simulation.run import Outcome, run

SEEDS = range(1, 201)
MEMBERS, DAYS = 100, 90
# In `make test`, within two minutes on two cores: seed, members, days. The first is as in `make simulate`.
FIRST = ((1, MEMBERS, DAYS), (2, 40, 30), (3, 40, 30), (4, 40, 30), (5, 40, 30))
_SHOWN = 20


def run_all(seeds: Iterable[int], members: int, days: int, all_at_night: bool = False) -> Iterator[Outcome]:
    """In the order of the seeds; as many at once as there are cores."""
    with _cores() as cores:
        yield from cores.map(partial(one, members=members, days=days, all_at_night=all_at_night), seeds)


def run_first() -> Iterator[Outcome]:
    """What `make test` runs."""
    with _cores() as cores:
        yield from cores.map(one, *zip(*FIRST, strict=True))


def _cores() -> ProcessPoolExecutor:
    """Each run in a fresh process: it changes how the process's SQLite and garbage collector work."""
    fresh = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=fresh, max_tasks_per_child=1)


def one(seed: int, members: int, days: int, all_at_night: bool = False, diary: Path | None = None) -> Outcome:
    return run(Plan(seed, members, days, all_at_night, diary=diary))


def replay(outcome: Outcome) -> str:
    """What to type to live it again, with all of it written down."""
    return (
        f"make simulate SEED={outcome.seed} MEMBERS={outcome.members} DAYS={outcome.days} "
        f"DIARY=seed-{outcome.seed}.txt"
    )


def in_a_line(outcome: Outcome) -> str:
    verdict = f"{len(outcome.findings)} FOUND" if outcome.findings else "well"
    return (
        f"seed {outcome.seed}: {verdict}, {outcome.words} words, {outcome.letters} letters, "
        f"{outcome.crashes} crashes, {outcome.seconds:.1f} s, diary {outcome.hash}"
    )


def what_was_found(outcome: Outcome) -> str:
    """The findings, the last that happened, and the command that replays it; empty where all is well."""
    if not outcome.findings:
        return ""
    found = [str(finding) for finding in outcome.findings[:_SHOWN]]
    more = len(outcome.findings) - len(found)
    return "\n".join([*found, *([f"… and {more} more"] if more else []), f"again: {replay(outcome)}"])
