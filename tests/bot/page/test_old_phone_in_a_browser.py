"""The old phone: parts, characters and keys."""

from __future__ import annotations

from playwright.async_api import expect

from .conftest import Look, phone
from .stand_in import LESSON, Town


async def test_the_old_phone_shows_each_part_with_its_place(look: Look, town: Town) -> None:
    page = await look()
    town.sms(town.uncle, LESSON)
    notes = phone(page, town.uncle).locator(".piece-note")
    await expect(notes).to_have_text(["1/2 · 67 字", f"2/2 · {len(LESSON) - 67} 字"])


async def test_the_old_phone_counts_what_a_text_will_cost(look: Look, town: Town) -> None:
    page = await look()
    uncle = phone(page, town.uncle)
    await uncle.get_by_label("写短信").fill("好" * 71)
    await expect(uncle.locator(".lcd-foot span").first).to_have_text("71/67 · 2 条")
    await uncle.get_by_label("写短信").fill("A" * 160)
    await expect(uncle.locator(".lcd-foot span").first).to_have_text("160/160 · 1 条")


async def test_a_number_is_answered_with_the_keys_alone(look: Look, town: Town) -> None:
    page = await look()
    uncle = phone(page, town.uncle)
    keys = uncle.locator(".keys")
    for sign in "12":
        await keys.get_by_role("button", name=sign, exact=True).click()
    await uncle.get_by_role("button", name="清除").click()
    await uncle.get_by_role("button", name="发送").click()
    await expect(uncle.locator(".slip.mine .piece")).to_contain_text("1")
    assert town.world.sms(town.uncle.id)[0].body == "1"


async def test_a_phone_that_is_off_sends_nothing(look: Look, town: Town) -> None:
    page = await look()
    uncle = phone(page, town.uncle)
    await uncle.get_by_role("button", name="关机").click()
    await expect(uncle.get_by_text("已关机")).to_be_visible()
    await uncle.get_by_role("button", name="平安").click()
    await expect(page.locator(".toast")).to_contain_text("请先开机")
    await uncle.get_by_role("button", name="开机").click()
    await expect(uncle.get_by_text("已关机")).to_be_hidden()
    await uncle.get_by_role("button", name="平安").click()
    await expect(uncle.locator(".slip.mine")).to_have_count(1)
