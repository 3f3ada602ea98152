"""The demo is stopped and started again, and the open page finds it by itself."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from bot.sandbox.page import page_routes
from bot.sandbox.server import sandbox_app, serving

from .stand_in import Town


async def test_what_was_said_during_the_cut_is_there_afterwards(browser: Browser, town: Town) -> None:
    app = sandbox_app(town.world, more_routes=page_routes(town.world, town))
    page = await browser.new_page()
    async with serving(app) as address:
        await page.goto(address)
        town.say(town.son, "前")
        await expect(page.locator(".words")).to_have_text(["前"])
    await expect(page.locator(".toast")).to_contain_text("正在重新接上")
    town.say(town.son, "后")
    async with serving(app, int(address.rpartition(":")[2])):
        await expect(page.locator(".words")).to_have_text(["前", "后"], timeout=15000)
        await expect(page.locator(".toast")).to_have_count(0)
        await page.close()
