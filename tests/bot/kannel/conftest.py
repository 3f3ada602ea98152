"""Our program, Kannel and an operator's line, each the real thing on ports of loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.kannel.boxes import kannel_or_a_reason
from tests.bot.kannel.site import Site


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    kannel_or_a_reason()
    one = Site(tmp_path)
    await one.prepare()
    yield one
