"""Five seeds, the first of them for ninety days, find nothing; and one lived twice lives the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.simulation.seeds import run_first, what_was_found

ROOT = Path(__file__).parents[2]


def test_nothing_is_found_in_the_first_seeds() -> None:
    """Crashes, outages, floods, a wrong clock, people as they are."""
    for outcome in run_first():
        assert not outcome.findings, what_was_found(outcome)
        assert outcome.words > outcome.members * outcome.days / 20 and outcome.crashes > 0


def test_a_seed_lives_the_same_days_again(tmp_path: Path) -> None:
    """Whatever order Python gives its sets in, and whatever ids and codes the program draws."""
    diaries = [_diary(tmp_path / f"{hashes}.txt", hashes) for hashes in ("1", "2")]
    assert diaries[0] and diaries[0] == diaries[1]


def _diary(path: Path, hashes: str) -> str:
    words = [sys.executable, "-m", "tests.simulation", "--seed", "3", "--members", "20", "--days", "20"]
    environ = {**os.environ, "PYTHONHASHSEED": hashes}
    subprocess.run([*words, "--diary", str(path)], cwd=ROOT, env=environ, check=True, capture_output=True)
    return path.read_text(encoding="utf-8")
