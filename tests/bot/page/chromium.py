"""The system's own Chromium, without a window."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

QUIET = "--disable-gpu --disable-quic --no-first-run --disable-background-networking"
ARGS = ["--no-sandbox", *QUIET.split(), "--disable-component-update", "--disable-sync"]


class NoChromium(RuntimeError):
    """No Chromium is installed on this machine: apt install chromium"""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Raises NoChromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise NoChromium(NoChromium.__doc__)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGS, headless=True)
        yield browser
        await browser.close()


@asynccontextmanager
async def a_browser_or_a_reason() -> AsyncIterator[Browser]:
    """A test that lacks its browser says so, and in CI it fails: there nothing is skipped."""
    try:
        async with chromium() as browser:
            yield browser
    except NoChromium as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))
