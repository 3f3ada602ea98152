"""One browser, one demo that several visit, and a demo of one's own for who needs it untouched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.bot.page.chromium import a_browser_or_a_reason

from .process import Demo, running_demo
from .visitor import Visitor

# What happens within a day depends on the hour at which it begins.
A_MORNING = ("--at", "2026-11-23T10:00:00")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with a_browser_or_a_reason() as chromium:
        yield chromium


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    async with running_demo(tmp_path_factory.mktemp("demo"), *A_MORNING) as demo:
        yield demo


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(browser: Browser, demo: Demo) -> AsyncIterator[Visitor]:
    """Where others were before, though on other phones."""
    async with _before_the_page(browser, demo, (1600, 900)) as visitor:
        yield visitor


@pytest_asyncio.fixture(loop_scope="module")
async def first_visitor(browser: Browser, tmp_path: Path) -> AsyncIterator[Visitor]:
    async with (
        running_demo(tmp_path, *A_MORNING) as demo,
        _before_the_page(browser, demo, (1600, 900)) as visitor,
    ):
        yield visitor


@pytest_asyncio.fixture(loop_scope="module")
async def breaker(browser: Browser, tmp_path: Path) -> AsyncIterator[Visitor]:
    async with (
        running_demo(tmp_path, *A_MORNING, broken=True) as demo,
        _before_the_page(browser, demo, (1600, 900)) as visitor,
    ):
        yield visitor


@pytest_asyncio.fixture(loop_scope="module")
async def first_visitor_with_a_narrow_screen(browser: Browser, tmp_path: Path) -> AsyncIterator[Visitor]:
    async with (
        running_demo(tmp_path, *A_MORNING) as demo,
        _before_the_page(browser, demo, (390, 844)) as visitor,
    ):
        yield visitor


@asynccontextmanager
async def _before_the_page(browser: Browser, demo: Demo, screen: tuple[int, int]) -> AsyncIterator[Visitor]:
    """The page is loaded once: whatever comes later has to come by itself."""
    loads: list[str] = []
    complaints: list[str] = []
    page = await browser.new_page(viewport={"width": screen[0], "height": screen[1]}, locale="zh-CN")
    page.set_default_timeout(15_000)
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(demo.url) else complaints.append(asked.url))
    await page.goto(demo.url)
    yield Visitor(page)
    await page.close()
    assert (len(loads), complaints) == (1, [])
