"""A run from its plan to its outcome."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from bot.sandbox.rehearsal import prepare
from bot.settings import Settings, read_settings
from tests.simulation.disk import without_threads
from tests.simulation.plan import Plan
from tests.simulation.surroundings import (
    a_folder,
    a_loop,
    log_kept_by,
    looked_at_seldom,
    the_dead_lie,
    tidied_seldom,
)
from tests.simulation.watch import Finding
from tests.simulation.world import World


@dataclass(frozen=True, slots=True)
class Outcome:
    """`hash` is that of the diary: two runs of one plan have the same. `parts` is what the SMS would cost."""

    seed: int
    members: int
    days: float
    hash: str
    events: int
    words: int
    letters: int
    sms: int
    parts: int
    crashes: int
    seconds: float
    findings: list[Finding]
    last_lines: list[str]


def run(plan: Plan) -> Outcome:
    started = process_time()
    with a_folder() as folder:
        settings = _settings(folder)
        asyncio.run(prepare(settings))
        with without_threads(), looked_at_seldom(), tidied_seldom(), the_dead_lie(), a_loop() as loop:
            world = World(plan, loop, settings, folder / "town.db")
            loop.set_exception_handler(world.notes_fault)
            with log_kept_by(world):
                world.begins(world.lives())
                loop.run_until_complete(world.ended)
            world.closes()
    return Outcome(
        seed=plan.seed,
        members=plan.members,
        days=plan.days,
        hash=world.diary.hash,
        events=world.diary.lines,
        words=world.watch.words_kept,
        letters=world.telegram.messages + world.centre.messages,
        sms=world.centre.messages,
        parts=world.centre.parts,
        crashes=world.service.crashes,
        seconds=process_time() - started,
        findings=world.watch.findings,
        last_lines=list(world.diary.last),
    )


def _settings(folder: Path) -> Settings:
    environ = {
        "LIANDONG_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'town.db'}",
        "LIANDONG_KEY_FILE": str(folder / "town.key"),
    }
    return read_settings(environ, folder)
