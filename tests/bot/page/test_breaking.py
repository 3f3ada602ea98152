"""A visitor breaks things: a phone is switched off, the bot blocked, the SMS gateway cut."""

from __future__ import annotations

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from bot.sandbox.page.breaking import MOODS
from bot.sandbox.phones import Phone

from .conftest import Look, phone
from .stand_in import Town


async def centre_is_asked(web: httpx.AsyncClient, to: Phone) -> httpx.Response:
    """A text by the way that the program takes."""
    said = {"username": "liandong", "password": "sandbox", "from": "106", "coding": "2"}
    return await web.get("/cgi-bin/sendsms", params={**said, "to": to.number, "text": "今晚八点学习"})


def ways(page: Page, of: Phone) -> Locator:
    return phone(page, of).locator(".ways li")


async def chat_is_refused(web: httpx.AsyncClient, town: Town, to: Phone) -> None:
    town.world.private_chat(to.id).known = True
    url = f"/bot{town.world.telegram.account.token}/sendMessage"
    assert (await web.post(url, json={"chat_id": to.id, "text": "今晚八点学习"})).status_code == 403


async def test_a_phone_that_is_off_says_what_does_not_reach_it(
    look: Look, web: httpx.AsyncClient, town: Town
) -> None:
    page = await look()
    uncle = phone(page, town.uncle)
    await uncle.get_by_role("button", name="关机").click()
    await expect(uncle.get_by_text("短信到不了")).to_be_visible()
    await centre_is_asked(web, town.uncle)
    await expect(ways(page, town.uncle)).to_have_text(["短信 ✕ 关机"])
    await uncle.get_by_role("button", name="开机").click()
    await centre_is_asked(web, town.uncle)
    await expect(ways(page, town.uncle)).to_have_text(["短信 ✕ 关机", "短信 ✓ 到了"])
    await expect(uncle.locator(".slip")).to_have_count(1)


async def test_what_is_said_in_a_chat_waits_for_a_smartphone_that_is_off(look: Look, town: Town) -> None:
    page = await look()
    son = phone(page, town.son)
    await son.get_by_role("button", name="关机").click()
    await expect(son.get_by_text("聊天等开机再到")).to_be_visible()
    town.say(town.son, "明天开会。")
    await expect(ways(page, town.son)).to_have_text(["聊天 … 等开机"])
    await expect(son.get_by_text("明天开会。")).to_be_hidden()
    await son.get_by_role("button", name="开机").click()
    await expect(son.get_by_text("明天开会。")).to_be_visible()
    await expect(son.locator(".ways")).to_be_hidden()


async def test_nothing_is_said_from_a_smartphone_that_is_off(look: Look, town: Town) -> None:
    page = await look()
    son = phone(page, town.son)
    await son.get_by_role("button", name="关机").click()
    await son.get_by_role("button", name="签到").click()
    await expect(page.locator(".toast")).to_contain_text("请先开机")
    assert town.world.chat(town.son.id) == []


@pytest.mark.parametrize("deed", ["type", "text", "block", "contact", "document"])
async def test_a_phone_that_is_off_does_nothing(web: httpx.AsyncClient, town: Town, deed: str) -> None:
    town.world.switch_off(town.son.id)
    answer = await web.post(f"/phones/{town.son.id}/{deed}", json={"text": "喂", "blocked": True})
    assert (answer.status_code, answer.json()["word"]) == (409, "off")
    assert [*town.world.chat(town.son.id), *town.world.sms(town.son.id)] == []


async def test_both_cards_of_a_phone_are_off_with_it(web: httpx.AsyncClient, town: Town) -> None:
    await web.post(f"/phones/{town.uncle.id}/power", json={"on": False})
    spare = town.world.spare_cards[town.uncle.id]
    await centre_is_asked(web, spare)
    assert [message.status for message in town.world.sms(spare.id)] == ["failed"]
    await web.post(f"/phones/{town.uncle.id}/power", json={"on": True})
    await centre_is_asked(web, spare)
    assert [message.status for message in town.world.sms(spare.id)] == ["failed", "delivered"]


async def test_a_phone_is_switched_off_and_on_by_keyboard_alone(look: Look, town: Town) -> None:
    page = await look()
    son = phone(page, town.son)
    await son.get_by_role("button", name="更多").focus()
    await page.keyboard.press("Enter")
    for _ in range(2):
        await page.keyboard.press("Tab")
    await expect(son.locator(".drop").get_by_role("button", name="关机")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(son.get_by_role("button", name="开机")).to_be_focused()
    assert town.world.is_off(town.son.id)
    await page.keyboard.press("Enter")
    await expect(son.get_by_role("button", name="更多")).to_be_focused()
    assert not town.world.is_off(town.son.id)


async def test_where_the_bot_is_blocked_one_sees_which_way_was_taken_instead(
    look: Look, web: httpx.AsyncClient, town: Town
) -> None:
    page = await look()
    son = phone(page, town.son)
    await son.get_by_role("button", name="更多").click()
    await son.get_by_role("button", name="停用机器人（拉黑）").click()
    await expect(son.get_by_text("会改发短信")).to_be_visible()
    await chat_is_refused(web, town, town.son)
    await centre_is_asked(web, town.son)
    await expect(ways(page, town.son)).to_have_text(["聊天 ✕ 已停用", "短信 ✓ 到了"])
    await page.get_by_role("button", name="English").click()
    await expect(ways(page, town.son)).to_have_text(["Chat ✕ blocked", "SMS ✓ arrived"])


async def test_a_broken_gateway_stands_at_the_top_until_it_is_mended(
    look: Look, web: httpx.AsyncClient, town: Town
) -> None:
    page = await look()
    strip = page.locator("#gateway-strip")
    await expect(strip).to_be_hidden()
    await page.get_by_label("短信网关").select_option("忙，不收")
    await expect(strip).to_contain_text("短信网关 · 忙，不收")
    answer = await centre_is_asked(web, town.uncle)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    await expect(strip).to_contain_text("已挡回 1 次")
    await expect(ways(page, town.uncle)).to_have_text(["短信 ✕ 网关忙"])
    await strip.get_by_role("button", name="恢复正常").click()
    await expect(strip).to_be_hidden()
    await expect(page.get_by_label("短信网关")).to_be_focused()
    assert (await centre_is_asked(web, town.uncle)).status_code == 202


async def test_the_gateway_is_broken_by_keyboard_and_said_in_english(look: Look, town: Town) -> None:
    page = await look()
    await page.get_by_role("button", name="English").click()
    await page.get_by_label("SMS gateway").focus()
    for _ in range(4):
        await page.keyboard.press("ArrowDown")
    await expect(page.locator("#gateway-strip")).to_contain_text("SMS gateway · cut off")
    assert town.world.gateway.now == "down"


async def test_who_opens_the_page_later_sees_that_the_gateway_is_broken(look: Look, town: Town) -> None:
    town.world.gateway.turn("silent")
    page = await look(360, 640)
    await expect(page.locator("#gateway-strip")).to_contain_text("到没到谁也不知道")
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await page.get_by_role("button", name="English").click()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("said", [b"", b"[]", b"{}", b'{"mood": "gone"}', b'{"mood": ["busy"]}'])
async def test_what_names_no_mood_breaks_nothing(web: httpx.AsyncClient, town: Town, said: bytes) -> None:
    answer = await web.post("/gateway", content=said)
    assert (answer.status_code, town.world.gateway.now) == (400, "well")
    assert all(mood in answer.json()["error"] for mood in MOODS)
