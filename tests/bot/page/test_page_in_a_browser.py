"""The page around the phones: clock, language, one phone at a time."""

from __future__ import annotations

from playwright.async_api import expect

from .conftest import Look, phone
from .stand_in import Town


async def test_the_clock_is_wound_and_tells_what_happened(look: Look, town: Town) -> None:
    page = await look()
    await page.get_by_role("button", name="快进一周").click()
    await expect(page.locator("#clock")).to_contain_text("时间正在走")
    await expect(page.locator(".toast li")).to_have_text(town.lines)
    await expect(page.locator("#clock")).to_contain_text("2026年4月10日 星期五")
    await expect(phone(page, town.son).locator(".message")).to_contain_text(["清明将至"])


async def test_the_page_speaks_english_and_remembers_it(look: Look, town: Town) -> None:
    page = await look()
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("button", name="A week on")).to_be_visible()
    await expect(page.get_by_text("Electrician in Suzhou.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="Next event")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_on_a_narrow_screen_one_phone_is_in_front_and_the_others_count(look: Look, town: Town) -> None:
    page = await look(360, 640)
    await expect(phone(page, town.uncle)).to_be_hidden()
    await expect(phone(page, town.son).get_by_role("button", name="开始")).to_be_visible()
    town.sms(town.uncle, "到了没有？")
    tab = page.get_by_role("tab", name="孙德福")
    await expect(tab.locator(".badge")).to_have_text("1")
    await tab.click()
    await expect(phone(page, town.uncle).get_by_text("到了没有？")).to_be_visible()
    await expect(tab.locator(".badge")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_nothing_moves_for_who_asked_for_calm(look: Look, town: Town) -> None:
    page = await look()
    await page.emulate_media(reduced_motion="reduce")
    for words in ("一", "二"):
        town.say(town.son, words)
        await expect(phone(page, town.son).get_by_text(words, exact=True)).to_be_visible()
    fresh = phone(page, town.son).locator(".message.fresh").last
    assert await fresh.evaluate("node => getComputedStyle(node).animationName") == "none"
