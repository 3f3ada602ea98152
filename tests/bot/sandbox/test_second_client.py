"""aiogram, whose models are strict, is a second client of the sandbox: its suite runs in its own environment.

Each of its tests stands here by its name.
"""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.clock import WoundClock
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World
from tests.bot.loopback import EVENING

from .hands import hands

ROOT = Path(__file__).resolve().parents[3]
SUITE = ROOT / "tests" / "second_client"
PYTHON = ROOT / ".venv-aiogram" / "bin" / "python"
MISSING = "aiogram's environment is missing: make .venv-aiogram/.made"


def _tests() -> list[str]:
    return [
        f"{file.stem}::{name}"
        for file in sorted(SUITE.glob("test_*.py"))
        for name in re.findall(r"^async def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    ]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What went wrong in each test, by its name; nothing where it passed."""
    if not PYTHON.exists():
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    report = tmp_path_factory.mktemp("second_client") / "report.xml"
    said = asyncio.run(_run(report))
    assert report.exists(), said
    return {name: _problems(cases) for name, cases in _by_test(report).items()}


@pytest.mark.parametrize("name", _tests())
def test_the_second_client(outcomes: dict[str, list[str]], name: str) -> None:
    assert outcomes.get(name, ["it did not run"]) == [], "\n".join(outcomes.get(name, []))


async def _run(report: Path) -> str:
    clock = WoundClock(EVENING)
    world = World(clock)
    async with serving(sandbox_app(world, more_routes=hands(world, clock))) as url:
        process = await asyncio.create_subprocess_exec(
            *(str(PYTHON), "-m", "pytest", "-c", str(SUITE / "pytest.ini"), str(SUITE)),
            f"--junitxml={report}",
            env={"PATH": os.environ["PATH"], "SANDBOX": url, "TOKEN": world.telegram.account.token},
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
    return said.decode()


def _by_test(report: Path) -> dict[str, list[ElementTree.Element]]:
    """A test with parameters has several cases."""
    cases: dict[str, list[ElementTree.Element]] = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.attrib['classname'].rpartition('.')[2]}::{case.attrib['name'].partition('[')[0]}"
        cases.setdefault(name, []).append(case)
    return cases


def _problems(cases: list[ElementTree.Element]) -> list[str]:
    return [
        f"{case.attrib['name']}: {problem.text or problem.attrib.get('message', problem.tag)}"
        for case in cases
        for problem in case
        if problem.tag in ("failure", "error", "skipped")
    ]
