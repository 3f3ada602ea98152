"""`doctor`: everything that can be wrong with the set-up, a line each, and what to do about it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.clock import WallClock
from bot.commands.opening import carry_out
from bot.doctor import Finding, examine
from bot.doctor.finding import Patient
from bot.logs import configure_logs
from bot.settings import Settings, SettingsWrong, read_settings
from content.words.catalogue import Tongue, tongue

_MARKS = {"ok": "✓", "warn": "!", "wrong": "✗"}


@click.command(
    help="体检：设置、数据库、密钥、线路、时钟 / look at the whole set-up",
    epilog="退出码：0 都好，或只有提醒（!）；1 有不对的（✗）。 / "
    "Exit code: 0 all right, or only warnings (!); 1 something is wrong (✗).",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
def doctor(as_json: bool) -> None:
    found, t = _found()
    well = all(finding.state != "wrong" for finding in found)
    click.echo(_as_json(found, well) if as_json else _as_text(found, t))
    if not well:
        sys.exit(1)


def _found() -> tuple[list[Finding], Tongue]:
    try:
        settings = read_settings(os.environ, Path.cwd())
    except SettingsWrong as wrong:
        t = tongue("zh")
        todo = t.say("照上面说的改好设置，再运行一遍；别的要等设置对了才能查。")
        return [Finding("settings", "wrong", str(wrong), todo)], t
    # What libraries write down of a door that is shut is told here in words.
    configure_logs("CRITICAL", settings.secret_values())
    t = tongue(settings.language)
    well = Finding("settings", "ok", t.say("设置都看得懂。"))
    return [well, *carry_out(_examined(settings, t))], t


async def _examined(settings: Settings, t: Tongue) -> list[Finding]:
    return await examine(Patient(settings, t, WallClock().now()))


def _as_text(found: Sequence[Finding], t: Tongue) -> str:
    lines = []
    for finding in found:
        lines.append(f"{_MARKS[finding.state]} {finding.told}")
        if finding.todo:
            lines.append(f"  → {finding.todo}")
    wrong = sum(finding.state == "wrong" for finding in found)
    warned = sum(finding.state == "warn" for finding in found)
    if wrong:
        last = t.say("有 {wrong} 处不对，{warned} 处提醒。", wrong=wrong, warned=warned)
    else:
        last = t.say("都好，{warned} 处提醒。", warned=warned) if warned else t.say("都好。")
    return "\n".join([*lines, "", last])


def _as_json(found: Sequence[Finding], well: bool) -> str:
    checks = [{"check": one.check, "state": one.state, "told": one.told, "todo": one.todo} for one in found]
    return json.dumps({"ok": well, "checks": checks}, ensure_ascii=False, indent=2)
