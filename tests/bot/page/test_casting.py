"""More people come on to the stage, with their phones, and leave it; two cards in one phone."""

from __future__ import annotations

import httpx
from playwright.async_api import expect

from .conftest import Look, phone
from .stand_in import Town


async def test_somebody_is_asked_on_to_the_stage_and_sent_off_again(look: Look, town: Town) -> None:
    page = await look()
    await page.get_by_role("button", name="请人上台").click()
    await page.get_by_placeholder("姓名").fill("归帆")
    await page.locator(".pick-phone", has_text="苏满仓").click()
    place = page.locator(".place", has_text="苏满仓")
    await expect(place).to_be_visible()
    assert town.guest
    town.say(town.guest, "欢迎上台。")
    await expect(place.locator(".words")).to_have_text("欢迎上台。")
    await place.get_by_role("button", name="请下台").click()
    await expect(place).to_have_count(0)
    await expect(page.locator(".place")).to_have_count(5)


async def test_nobody_comes_who_is_not_there_and_no_player_is_sent_off(
    web: httpx.AsyncClient, town: Town
) -> None:
    assert (await web.post("/people/nobody/bring")).status_code == 404
    assert (await web.post(f"/phones/{town.son.id}/dismiss")).status_code == 404


async def test_a_card_of_somebody_else_is_shown_as_theirs(look: Look, town: Town) -> None:
    page = await look()
    son = phone(page, town.son)
    await son.get_by_role("button", name="更多").click()
    await son.get_by_role("button", name="发别人的名片").click()
    await page.locator(".pick-phone", has_text="周海燕").click()
    await expect(son.locator(".message.mine")).to_contain_text("+8613900139002")
    card = town.world.chat(town.son.id)[0].contact
    assert card and card.user_id == town.aunt.id


async def test_an_invitation_for_somebody_behind_the_stage_proposes_nobody_else(
    look: Look, town: Town
) -> None:
    page = await look()
    town.say(town.secretary, "这是 苏满仓 的邀请：https://t.me/liandong_sandbox_bot?start=inv_8fk2")
    await phone(page, town.secretary).locator(".link").click()
    await expect(page.locator(".pick-phone:focus")).to_contain_text("苏满仓")
    await page.keyboard.press("Enter")
    await expect(page.locator(".place", has_text="苏满仓").locator(".message.mine")).to_contain_text(
        "inv_8fk2"
    )


async def test_a_smartphone_has_its_spare_card_beside_its_own(look: Look, town: Town) -> None:
    page = await look()
    son = phone(page, town.son)
    await son.get_by_role("tab", name="备用卡").click()
    await expect(son.locator(".strip:visible")).to_have_text("+8613800139001")
    await son.locator("textarea:visible").fill("QD")
    await page.keyboard.press("Enter")
    await expect(son.locator(".message:visible").last).to_contain_text("收到：QD")
    assert town.world.sms(town.son.id) == []


async def test_an_old_phone_reads_and_writes_with_either_card(look: Look, town: Town) -> None:
    page = await look()
    uncle = phone(page, town.uncle)
    town.sms(town.world.spare_cards[town.uncle.id], "验证码 123456")
    other = uncle.get_by_role("button", name="卡2")
    await expect(other).to_have_class("card-key has-news")
    await other.click()
    await expect(uncle.locator(".slip:visible")).to_contain_text("123456")
    await uncle.locator("textarea").fill("123456")
    await uncle.get_by_role("button", name="发送").click()
    await expect(uncle.locator(".slip.mine:visible")).to_contain_text("123456")
    assert town.world.sms(town.uncle.id) == []
