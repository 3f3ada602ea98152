"""Messages understood in a second, on one core."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

from content.rules.understanding import understand
from tests.bench.figures import Figure

CORPUS = Path(__file__).parents[1] / "content" / "understanding.jsonl"
WANTED = 2000


def measure() -> list[Figure]:
    messages = [json.loads(line)["text"] for line in CORPUS.read_text().splitlines() if line.strip()]
    today = date(2026, 11, 22)
    understand(messages[0], today)
    started = time.perf_counter()
    for text in messages:
        understand(text, today)
    a_second = len(messages) / (time.perf_counter() - started)
    return [
        Figure("messages understood", a_second, "/s", f"wanted {WANTED:,} /s", a_second / WANTED, least=1.0)
    ]
