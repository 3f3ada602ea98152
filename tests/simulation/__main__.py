"""`make simulate`: 200 seeds; or one, with what its SMS would cost and, where wanted, all that happened."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.simulation.run import Outcome
from tests.simulation.seeds import DAYS, MEMBERS, SEEDS, in_a_line, one, run_all, what_was_found


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    asked.add_argument("--seed", type=int, help="this one alone")
    asked.add_argument("--seeds", type=int, default=len(SEEDS), help="so many, from 1")
    asked.add_argument("--members", type=int, default=MEMBERS)
    asked.add_argument("--days", type=int, default=DAYS)
    asked.add_argument("--diary", type=Path, help="where one seed's whole course is written")
    asked.add_argument("--at-night", action="store_true", help="list what comes to offices at night")
    return asked.parse_args()


def _says(text: str) -> None:
    if text:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def _what_it_costs(outcome: Outcome) -> str:
    each = outcome.parts / max(outcome.members, 1) / max(outcome.days / 30, 0.1)
    return (
        f"短信共 {outcome.sms} 条，按 {outcome.parts} 条计费，每名党员每月 {each:.2f} 条，乘单价就是钱数。\n"
        f"SMS: {outcome.sms} messages, paid as {outcome.parts} parts, {each:.2f} for each member and month."
    )


def main() -> int:
    asked = _asked()
    if asked.seed is not None:
        outcome = one(asked.seed, asked.members, asked.days, asked.at_night, asked.diary)
        _says(in_a_line(outcome))
        _says(what_was_found(outcome))
        _says(_what_it_costs(outcome))
        return int(bool(outcome.findings))
    failed = 0
    for outcome in run_all(SEEDS[: asked.seeds], asked.members, asked.days, asked.at_night):
        _says(in_a_line(outcome))
        _says(what_was_found(outcome))
        failed += bool(outcome.findings)
    _says(f"{failed} of {asked.seeds} seeds found something" if failed else f"{asked.seeds} seeds, all well")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
