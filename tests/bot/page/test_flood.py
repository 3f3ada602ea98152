"""A visitor switches Telegram's limits on, and sees how many were refused."""

from __future__ import annotations

import httpx
import pytest
from playwright.async_api import expect

from .conftest import Look, phone
from .stand_in import Town


async def send(web: httpx.AsyncClient, town: Town, times: int) -> list[int]:
    said = {"chat_id": town.son.id, "text": "在吗？"}
    url = f"/bot{town.world.telegram.account.token}/sendMessage"
    return [(await web.post(url, json=said)).status_code for _ in range(times)]


async def test_the_limits_are_switched_on_and_off_by_their_address(
    web: httpx.AsyncClient, town: Town
) -> None:
    town.world.type(town.son.id, "/start")
    assert (await web.get("/flood")).json() == {"on": False, "passed": 0, "refused": 0}
    assert await send(web, town, 7) == [200] * 7
    assert (await web.post("/flood", json={"on": True})).json()["on"]
    assert await send(web, town, 7) == [200] * 5 + [429] * 2
    assert (await web.get("/flood")).json() == {"on": True, "passed": 5, "refused": 2}
    assert not (await web.post("/flood", json={"on": False})).json()["on"]
    assert await send(web, town, 7) == [200] * 7


@pytest.mark.parametrize("said", [b"", b"[]", b"{}", b'{"on": "yes"}'])
async def test_what_switches_nothing_is_told_how(web: httpx.AsyncClient, said: bytes) -> None:
    answer = await web.post("/flood", content=said)
    assert (answer.status_code, answer.json()["error"]) == (400, 'Say {"on": true} or {"on": false}.')


@pytest.mark.parametrize("width", [1440, 390])
async def test_the_limits_are_switched_on_the_page(look: Look, town: Town, width: int) -> None:
    page = await look(width)
    await page.locator("#about-link").click()
    box = page.get_by_role("checkbox", name="像 Telegram 那样限速")
    await expect(box).not_to_be_checked()
    await box.check()
    await expect(page.locator("#flood-told")).to_have_text("已放行 0 · 已拒绝 0")
    assert town.world.telegram.gate is not None
    assert await page.evaluate("document.documentElement.scrollWidth") == width


async def test_whoever_blocked_the_bot_can_say_nothing_to_it(look: Look, town: Town) -> None:
    page = await look()
    town.world.block(town.son.id)
    son = phone(page, town.son)
    await expect(son.get_by_text("你已停用机器人")).to_be_visible()
    await son.locator(".try").first.click()
    await expect(page.locator(".toast")).to_contain_text("你已停用机器人")
    assert town.world.chat(town.son.id) == []
    town.world.open_link(town.son.id, "invited")
    await expect(son.get_by_text("你已停用机器人")).to_be_hidden()
