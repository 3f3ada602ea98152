"""What the pages for operators say is true: their commands, files, settings, figures and words are ours."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from bot.commands import liandong
from bot.metrics import Metrics
from bot.settings import Settings, read_settings
from bot.settings_wrong import PREFIX

ROOT = Path(__file__).resolve().parents[2]
BESIDE = ROOT / "docs" / "operating"
PAGES = [ROOT / "docs" / "operating.md", ROOT / "docs" / "operating.en.md"]
UNITS = sorted(BESIDE.glob("liandong*.service")) + sorted(BESIDE.glob("*.timer"))
# Where the pages put us.
HOME = "/opt/liandong"


def blocks(page: Path) -> list[str]:
    return re.findall(r"^ *```(?:sh|text)\n(.*?)^ *```", page.read_text(), re.DOTALL | re.MULTILINE)


def commands(page: Path) -> Iterator[list[str]]:
    """Each call of `liandong`, in a block or in a line of the text."""
    lines = [line for block in blocks(page) for line in block.splitlines() if line.startswith("liandong ")]
    in_text = re.findall(r"`(liandong [a-z][^`]*)`", page.read_text())
    yield from (shlex.split(line)[1:] for line in (*lines, *in_text))


def asked_for(words: list[str]) -> tuple[click.Command | None, list[str]]:
    """The command, and the words behind its name; None where there is none of that name."""
    command: click.Command = liandong
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words[0])
        if found is None:
            return None, words
        command, words = found, words[1:]
    return command, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_is_one_of_ours_with_these_options(page: Path) -> None:
    asked = list(commands(page))
    assert len(asked) > 15
    for words in asked:
        command, rest = asked_for(words)
        assert command, words
        known = {option for param in command.params for option in param.opts} | {"--help"}
        assert {word for word in rest if word.startswith("--")} <= known, words


def named(command: click.Command, words: str) -> Iterator[str]:
    """Each command below this one, as an operator calls it."""
    if not isinstance(command, click.Group):
        yield words
        return
    for name in command.list_commands(click.Context(command)):
        below = command.get_command(click.Context(command), name)
        assert below
        yield from named(below, f"{words} {name}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_of_ours_is_named(page: Path) -> None:
    written = page.read_text()
    assert not [words for words in named(liandong, "liandong") if not re.search(rf"{words}\b", written)]


def test_both_pages_say_the_same_to_the_machine() -> None:
    chinese, english = (
        [re.sub(r"^ +", "", block, flags=re.MULTILINE) for block in blocks(page)] for page in PAGES
    )
    assert chinese == english


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_file_that_is_named_is_there(page: Path) -> None:
    ours = re.findall(rf"{HOME}/([\w./-]+)", "\n".join((page.read_text(), *map(Path.read_text, UNITS))))
    assert len(ours) > 5
    assert not [path for path in ours if not path.startswith(".venv") and not (ROOT / path).exists()]


def test_the_settings_as_they_come_are_good_and_all_are_there(tmp_path: Path) -> None:
    written = (BESIDE / "liandong.toml").read_text()
    (tmp_path / "liandong.toml").write_text(written)
    read_settings({}, tmp_path)
    # As somebody leaves them who takes off every sign in front.
    each = dict(re.findall(r"^#? ?(\w+) = (.+)$", written, re.MULTILINE))
    assert each.keys() == Settings.model_fields.keys()
    (tmp_path / "liandong.toml").write_text("\n".join(f"{name} = {value}" for name, value in each.items()))
    settings = read_settings({}, tmp_path)
    assert settings.telegram_webhook == "https://bot.example.cn/telegram"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_the_units(unit: Path, tmp_path: Path) -> None:
    for one in UNITS:
        here = one.read_text().replace(f"{HOME}/.venv/bin/python", sys.executable).replace(HOME, str(ROOT))
        (tmp_path / one.name).write_text(here)
    # Where there is no systemd nobody can ask it; what the units say is looked at below.
    if analyze := shutil.which("systemd-analyze"):
        asked = [analyze, "verify", str(tmp_path / unit.name)]
        said = subprocess.run(asked, check=False, capture_output=True, text=True)
        assert (said.returncode, said.stderr) == (0, "")


def test_the_service_has_time_to_stop_and_may_do_little() -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(BESIDE / "liandong.service")
    service = unit["Service"]
    assert int(service["TimeoutStopSec"]) > 10
    assert (service["User"], service["Restart"], service["NoNewPrivileges"]) == ("liandong", "always", "yes")
    assert (service["ProtectSystem"], service["StateDirectory"]) == ("strict", "liandong")
    example = tomllib.loads((BESIDE / "liandong.toml").read_text())
    for path in (example["key_file"], example["database_url"].removeprefix("sqlite:///")):
        assert path.startswith("/var/lib/liandong/"), "the one folder it may write"
    assert service["ExecStart"] == f"{service['WorkingDirectory']}/.venv/bin/python -m bot run"


def test_the_container_has_all_of_the_house_and_is_not_root() -> None:
    lines = (BESIDE / "Containerfile").read_text()
    copied = re.findall(r"^COPY (\S+) (\S+)$", lines, re.MULTILINE)
    assert {source for source, _ in copied} >= {"bot", "handlers", "schedules", "storage", "content"}
    assert all(source == to and (ROOT / source).exists() for source, to in copied)
    assert "--require-hashes -r requirements/run.txt" in lines
    assert re.findall(r"^USER (\w+)$", lines, re.MULTILINE) == ["liandong"]
    named = {name.removeprefix(PREFIX).lower() for name in re.findall(r"LIANDONG_\w+(?==)", lines)}
    assert named and named <= Settings.model_fields.keys()
    assert 'ENTRYPOINT [".venv/bin/python", "-m", "bot"]\nCMD ["run"]' in lines


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_figure_of_the_page_is_counted_and_each_that_is_counted_stands_there(page: Path) -> None:
    ours = Metrics([]).text(None, datetime.now(UTC)).decode()
    counted = set(re.findall(r"^# TYPE (liandong_\w+) ", ours, re.MULTILINE))
    # Of a counter or a histogram its family alone is told of.
    told = set(re.findall(r"`(liandong_\w+)[`{]", page.read_text()))
    assert told == {name for name in counted if not name.endswith("_created")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_word_of_the_log_that_is_explained_is_written_by_us(page: Path) -> None:
    last = page.read_text().rpartition("## 13.")[2]
    quoted = " ".join(re.findall(r"`([^`]+)`", last))
    words = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", quoted))
    files = [path for floor in ("bot", "storage") for path in (ROOT / floor).rglob("*.py")]
    files.append(ROOT / "content" / "rules" / "receipts" / "meanings.csv")
    sources = "".join(path.read_text() for path in files)
    assert len(words) > 5
    assert not [word for word in words if word not in sources]
