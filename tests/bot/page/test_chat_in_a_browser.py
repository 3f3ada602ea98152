"""A chat with the bot, as people see, press and type it in a real browser."""

from __future__ import annotations

from base64 import b64decode

from playwright.async_api import expect

from .conftest import Look, phone
from .stand_in import TWO_CHOICES, Town

PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


async def test_a_typed_word_is_answered_without_reloading(look: Look, town: Town) -> None:
    page = await look()
    son = phone(page, town.son)
    await son.get_by_label("输入消息").fill("家里好吗")
    await page.keyboard.press("Enter")
    await expect(son.locator(".message")).to_have_text(["家里好吗09:00", "收到：家里好吗09:00"])
    await expect(phone(page, town.aunt).locator(".message")).to_have_count(0)


async def test_what_a_person_types_is_never_markup(look: Look, town: Town) -> None:
    page = await look()
    evil = "<img src=x onerror=alert(1)>&amp; javascript:alert(1) https://example.cn/a?b=1，好"
    town.say(town.son, evil)
    words = phone(page, town.son).locator(".words")
    await expect(words).to_have_text(evil)
    await expect(words.locator("img")).to_have_count(0)
    await expect(words.locator("a")).to_have_attribute("href", "https://example.cn/a?b=1")


async def test_a_pressed_button_changes_the_message_and_says_so(look: Look, town: Town) -> None:
    page = await look()
    town.say(town.son, "都好吗？", buttons=TWO_CHOICES)
    son = phone(page, town.son)
    await son.get_by_role("button", name="有变动").click()
    await expect(son.locator(".words")).to_have_text("好，记下了。")
    await expect(son.locator(".foot")).to_contain_text("已编辑")
    await expect(son.get_by_role("status")).to_have_text("已记下")


async def test_a_suggestion_is_sent_as_it_stands(look: Look, town: Town) -> None:
    page = await look()
    await phone(page, town.liaison).get_by_role("button", name="/silent").click()
    await expect(phone(page, town.liaison).locator(".message.mine")).to_contain_text("/silent")


INVITATION = "https://t.me/liandong_sandbox_bot?start=inv_8fk2"


async def test_an_invitation_is_opened_on_the_phone_it_is_meant_for(look: Look, town: Town) -> None:
    page = await look()
    town.say(town.secretary, f"这是 周海燕 的邀请：{INVITATION}，请转发。")
    await phone(page, town.secretary).locator(".link").click()
    dialog = page.get_by_role("dialog", name="在哪部手机上打开")
    await expect(dialog.get_by_role("button")).to_contain_text(
        ["刘志强", "周海燕", "何秀芳", "陈志远", "取消"]
    )
    await expect(dialog.get_by_role("button", name="周海燕")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(phone(page, town.aunt).locator(".message.mine")).to_contain_text("/start inv_8fk2")
    await expect(phone(page, town.secretary).locator(".message.mine")).to_have_count(0)


async def test_whoever_got_an_invitation_may_open_it_where_it_stands_or_not_at_all(
    look: Look, town: Town
) -> None:
    page = await look()
    town.sms(town.aunt, f"请点 {INVITATION} ，欢迎。")
    aunt = phone(page, town.aunt)
    await aunt.get_by_role("tab", name="短信").click()
    await aunt.locator(".link").click()
    await page.get_by_role("button", name="取消").click()
    assert town.world.chat(town.aunt.id) == []
    await aunt.locator(".link").click()
    await expect(page.locator(".pick-phone:focus")).to_contain_text("周海燕")
    await page.keyboard.press("Enter")
    await expect(aunt.locator(".message.mine:visible")).to_contain_text("/start inv_8fk2")


async def test_a_number_is_shared_with_the_keyboard_the_bot_asks_with(look: Look, town: Town) -> None:
    town.say(town.aunt, "请发来手机号。", asks_contact="发送我的手机号")
    town.world.telegram.chats[town.aunt.id].keyboard = (("发送我的手机号",),)
    page = await look()
    aunt = phone(page, town.aunt)
    await aunt.get_by_role("button", name="发送我的手机号").click()
    await expect(aunt.locator(".message.mine")).to_contain_text("+8613900139002")


async def test_an_sms_on_a_smartphone_waits_behind_its_badge(look: Look, town: Town) -> None:
    page = await look()
    son = phone(page, town.son)
    await expect(son.locator(".log").first).to_contain_text("还没有消息")
    town.sms(town.son, "清明将至。")
    sms = son.get_by_role("tab", name="短信")
    await expect(sms.locator(".badge")).to_have_text("1")
    await sms.click()
    await expect(son.locator(".message:visible")).to_contain_text("清明将至。")
    await expect(sms.locator(".badge")).to_be_hidden()


async def test_the_bot_is_blocked_in_the_menu_and_let_in_again(look: Look, town: Town) -> None:
    page = await look()
    son = phone(page, town.son)
    await son.get_by_role("button", name="更多").click()
    await son.get_by_role("button", name="停用机器人").click()
    await expect(son.get_by_text("你已停用机器人")).to_be_visible()
    assert town.world.has_blocked(town.son.id)
    await son.locator(".stopped").get_by_role("button").click()
    await expect(son.get_by_label("输入消息")).to_be_visible()
    assert not town.world.has_blocked(town.son.id)


async def test_a_reader_who_scrolled_up_is_left_in_peace(look: Look, town: Town) -> None:
    for day in range(30):
        town.say(town.son, f"第 {day} 天")
    page = await look()
    son = phone(page, town.son)
    log = son.locator(".log").first
    await expect(son.get_by_text("第 29 天")).to_be_in_viewport()
    await log.evaluate("log => { log.scrollTop = 0 }")
    town.say(town.son, "新的一天")
    jump = son.locator(".jump")
    await jump.wait_for()
    assert await log.evaluate("log => log.scrollTop") == 0
    await jump.click()
    await expect(son.get_by_text("新的一天")).to_be_in_viewport()


async def test_a_document_is_sent_and_can_be_downloaded(look: Look, town: Town) -> None:
    page = await look()
    secretary = phone(page, town.secretary)
    await secretary.locator("input[type=file]").set_input_files(
        {"name": "名册.csv", "mimeType": "text/csv", "buffer": "姓名\n".encode()}
    )
    card = secretary.get_by_role("link", name="名册.csv")
    async with page.expect_download() as downloading:
        await card.click()
    assert (await downloading.value).suggested_filename == "名册.csv"


async def test_members_of_a_group_see_who_spoke(look: Look, town: Town) -> None:
    town.world.add_group("在苏州的乡亲", [town.son.id, town.aunt.id])
    page = await look()
    for owner in (town.son, town.aunt):
        await phone(page, owner).get_by_role("tab", name="群聊").click()
    await phone(page, town.son).locator("textarea:visible").fill("大家好")
    await page.keyboard.press("Enter")
    await expect(phone(page, town.aunt).locator(".message:visible .speaker").first).to_have_text("刘志强")


async def test_who_reads_by_keyboard_stays_in_the_chat(look: Look, town: Town) -> None:
    page = await look()
    town.say(town.son, "都好吗？", buttons=TWO_CHOICES)
    son = phone(page, town.son)
    await son.get_by_role("button", name="平安").focus()
    await page.keyboard.press("Enter")
    await expect(son.locator(".words")).to_have_text("好，记下了。")
    await expect(son.get_by_role("log").first).to_be_focused()


async def test_a_picture_is_enlarged_and_put_away(look: Look, town: Town) -> None:
    picture = town.world.telegram.keep("月报.png", PNG, (1, 1))
    town.say(town.secretary, "月报", picture=picture)
    page = await look()
    await phone(page, town.secretary).get_by_role("button", name="放大图片").click()
    large = page.get_by_role("dialog").locator("img")
    assert await large.evaluate("img => img.decode().then(() => img.naturalWidth)") == 1
    await page.keyboard.press("Escape")
    await expect(large).to_have_count(0)
