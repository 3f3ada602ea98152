"""Check-ins end to end by polling, all durable, beside bots that only echo and store nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from statistics import median

from storage import migrations
from storage.database import Database
from storage.vault import new_vault, write_vault
from tests.bench.crowd import found_crowd
from tests.bench.figures import Figure
from tests.bench.processes import ROOT, FastBotApi, fast_bot_api, process
from tests.ports import free_port

MESSAGES = 4000
# The first of them show that the bot is there, and warm it.
FIRST = 200
# Each beside the others in the same minute, and the middle one counts: a machine's pace changes in between.
ROUNDS = 5
PEERS = ROOT / "tests/bench/peers"
AIOGRAM = Path(os.environ.get("AIOGRAM_PYTHON", ROOT / ".venv-aiogram/bin/python"))


async def measure(folder: Path) -> list[Figure]:
    concurrent = await _bare(sys.executable, "bare_ptb.py", "concurrent")
    rounds = [await _round(folder / f"check-ins-{n}") for n in range(ROUNDS)]
    ours = median(one["ours"] for one in rounds)
    one_by_one = median(one["ptb"] for one in rounds)
    figures = [
        Figure(
            "check-ins by polling, end to end, durable",
            ours,
            "/s",
            f"bare python-telegram-bot {one_by_one:,.0f} /s, concurrent {concurrent:,.0f} /s",
            median(one["ours"] / max(one["ptb"], concurrent) for one in rounds),
            least=2.0,
        )
    ]
    if AIOGRAM.exists():
        aiogram = median(one["aiogram"] for one in rounds)
        ratio = median(one["ours"] / one["aiogram"] for one in rounds)
        figures.append(Figure("the same", ours, "/s", f"bare aiogram {aiogram:,.0f} /s", ratio, least=1.0))
    return figures


async def _round(folder: Path) -> dict[str, float]:
    """Answers a second, of each."""
    rates = {"ptb": await _bare(sys.executable, "bare_ptb.py"), "ours": await _ours(folder)}
    if AIOGRAM.exists():
        rates["aiogram"] = await _bare(str(AIOGRAM), "bare_aiogram.py")
    return rates


async def _ours(folder: Path) -> float:
    env = await set_up(folder, MESSAGES)
    async with fast_bot_api() as api:
        env["LIANDONG_TELEGRAM_API"] = api.url
        async with process(sys.executable, "-m", "bot", "run", env=env, log=folder / "log"):
            return await _rate(api)


async def set_up(folder: Path, people: int) -> dict[str, str]:
    """An environment for `run` with so many who have joined by chat."""
    folder.mkdir()
    url = f"sqlite+aiosqlite:///{folder / 'liandong.db'}"
    vault = new_vault()
    write_vault(vault, folder / "key")
    await migrations.bring_up_to_date(url)
    database = Database(url, vault)
    await found_crowd(database, people)
    await database.close()
    return {
        "LIANDONG_DATABASE_URL": url,
        "LIANDONG_KEY_FILE": str(folder / "key"),
        "LIANDONG_TELEGRAM_TOKEN": "1:" + "a" * 35,
        "LIANDONG_HTTP_PORT": str(free_port()),
        "LIANDONG_LOG_LEVEL": "WARNING",
        # As fast as it can: the loopback keeps no limits.
        "LIANDONG_TELEGRAM_RATE": "0",
    }


async def _bare(python: str, script: str, *words: str) -> float:
    async with fast_bot_api() as api, process(python, str(PEERS / script), api.url, *words):
        return await _rate(api)


async def _rate(api: FastBotApi) -> float:
    """Answers a second, after the first."""
    await api.hand_out(FIRST)
    await api.rate(FIRST)
    await api.hand_out(MESSAGES - FIRST)
    return await api.rate(MESSAGES - FIRST)
