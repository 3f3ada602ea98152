"""A town served on loopback, and a browser to look at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page

from bot.sandbox.page import page_routes
from bot.sandbox.phones import Phone
from bot.sandbox.server import sandbox_app, serving

from .chromium import a_browser_or_a_reason
from .stand_in import Town

Look = Callable[..., Awaitable[Page]]


def phone(page: Page, owner: Phone) -> Locator:
    """Where somebody's phone stands on the page, with its caption and suggestions."""
    return page.locator(f"#place-{owner.id}")


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
async def url(town: Town) -> AsyncIterator[str]:
    app = sandbox_app(town.world, more_routes=page_routes(town.world, town))
    async with serving(app) as address, town.answering():
        yield address


@pytest.fixture
async def web(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """Speaks as the page itself does: with the page's own origin."""
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}, trust_env=False) as client:
        yield client


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with a_browser_or_a_reason() as chromium:
        yield chromium


@pytest.fixture
async def look(url: str, browser: Browser) -> AsyncIterator[Look]:
    """Opens the page in a window of its own; whatever the browser complains of fails the test."""
    complaints: list[str] = []

    async def open_page(width: int = 1440, height: int = 900) -> Page:
        page = await browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Policy" in said.text else None)
        page.on("request", lambda asked: None if asked.url.startswith(url) else complaints.append(asked.url))
        await page.goto(url)
        await page.locator(".place").first.wait_for(state="attached")
        return page

    yield open_page
    assert complaints == []
