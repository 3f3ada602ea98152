"""What people do in a chat reaches the bot, and what the bot does shows on their phones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.clock import WoundClock
from bot.sandbox.phones import NoChatApp, NoSuchButton, Phone
from bot.sandbox.world import World

SAFE = InlineKeyboardButton("平安", callback_data="safe")
HELP = InlineKeyboardButton("要帮忙", callback_data="help")
ANSWERS = InlineKeyboardMarkup([[SAFE, HELP]])
# The smallest PNG there is: one grey pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63680000008200810dc36bb90000000049454e44ae426082"
)


async def heard(bot: Bot) -> Message:
    message = (await bot.get_updates())[-1].message
    assert message
    return message


async def test_the_bot_knows_who_it_is(world: World, bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.first_name) == (world.telegram.account.id, True, "联动")


async def test_what_is_typed_arrives_whole(world: World, bot: Bot, clock: WoundClock, welder: Phone) -> None:
    clock.wind(timedelta(minutes=3))
    world.type(welder.id, "我到苏州了")
    message = await heard(bot)
    assert (message.text, message.chat.id, message.chat.type) == ("我到苏州了", welder.id, "private")
    assert message.from_user and message.from_user.first_name == "何焊"
    assert message.date == clock.now()


async def test_a_link_opens_with_its_parameter(world: World, bot: Bot, welder: Phone) -> None:
    world.open_link(welder.id, "invite-7")
    message = await heard(bot)
    assert message.text == "/start invite-7"
    assert [(e.type, e.offset, e.length) for e in message.entities] == [("bot_command", 0, 6)]


async def test_a_card_says_whose_it_is(
    world: World, bot: Bot, welder: Phone, secretary: Phone, grandfather: Phone
) -> None:
    world.share_contact(welder.id)
    own = (await heard(bot)).contact
    assert own and (own.user_id, own.phone_number) == (welder.id, "8613900139001")
    world.share_contact(welder.id, secretary.number)
    other = (await heard(bot)).contact
    assert other and other.user_id == secretary.id
    world.share_contact(welder.id, grandfather.number)
    old = (await heard(bot)).contact
    assert old and old.user_id is None


async def test_a_pressed_button_comes_with_its_message_and_shows_its_toast(
    world: World, bot: Bot, welder: Phone
) -> None:
    world.type(welder.id, "/start")
    await bot.send_message(welder.id, "今天好吗？", reply_markup=ANSWERS)
    asked = world.chat(welder.id)[-1]
    assert [[b.label for b in row] for row in asked.buttons] == [["平安", "要帮忙"]]
    world.press(welder.id, asked.id, 0, 1)
    pressed = (await bot.get_updates())[-1].callback_query
    assert pressed and (pressed.data, pressed.from_user.id) == ("help", welder.id)
    assert pressed.message and pressed.message.message_id == asked.id
    await pressed.answer("已经记下")
    assert (world.chat(welder.id)[-1].pressed, world.chat(welder.id)[-1].toast) == ((0, 1), "已经记下")
    with pytest.raises(NoSuchButton):
        world.press(welder.id, asked.id, 1, 0)


async def test_an_edit_takes_the_place_of_what_stood_there(world: World, bot: Bot, welder: Phone) -> None:
    world.type(welder.id, "/start")
    sent = await bot.send_message(welder.id, "第1页", reply_markup=ANSWERS)
    await sent.edit_text("第2页", reply_markup=ANSWERS)
    await sent.edit_reply_markup(None)
    shown = world.chat(welder.id)
    assert [(m.text, m.edited, m.buttons) for m in shown if m.from_bot] == [("第2页", True, ())]
    await sent.delete()
    assert len(world.chat(welder.id)) == 1


async def test_a_caption_is_edited_under_its_picture(world: World, bot: Bot, welder: Phone) -> None:
    world.type(welder.id, "/start")
    sent = await bot.send_photo(welder.id, PIXEL, caption="三月月报", reply_markup=ANSWERS)
    await sent.edit_caption("三月月报，已确认")
    shown = world.chat(welder.id)[-1]
    assert (shown.text, shown.edited, shown.buttons) == ("三月月报，已确认", True, ())
    assert shown.picture


async def test_buttons_that_change_do_not_say_that_the_message_was_edited(
    world: World, bot: Bot, welder: Phone
) -> None:
    world.type(welder.id, "/start")
    sent = await bot.send_message(welder.id, "今天好吗？", reply_markup=ANSWERS)
    after = await sent.edit_reply_markup(InlineKeyboardMarkup([[HELP]]))
    assert isinstance(after, Message) and after.edit_date
    shown = world.chat(welder.id)[-1]
    assert ([b.label for row in shown.buttons for b in row], shown.edited) == (["要帮忙"], False)


async def test_a_picture_arrives_and_comes_back_byte_for_byte(world: World, bot: Bot, welder: Phone) -> None:
    world.type(welder.id, "/start")
    sent = await bot.send_photo(welder.id, PIXEL, caption="三月月报")
    picture = world.chat(welder.id)[-1].picture
    assert picture and picture.content == PIXEL
    assert (sent.photo[0].width, sent.photo[0].height) == (1, 1)
    file = await bot.get_file(sent.photo[0].file_id)
    assert bytes(await file.download_as_bytearray()) == PIXEL
    await sent.edit_caption("三月月报（改）")
    assert world.chat(welder.id)[-1].text == "三月月报（改）"
    again = await bot.send_photo(welder.id, sent.photo[0].file_id)
    assert again.photo[0].file_unique_id == sent.photo[0].file_unique_id


async def test_documents_go_both_ways(world: World, bot: Bot, secretary: Phone) -> None:
    world.send_document(secretary.id, "名册.csv", "姓名\n何焊\n".encode())
    roll = (await heard(bot)).document
    assert roll and (roll.file_name, roll.mime_type) == ("名册.csv", "text/csv")
    got = await (await roll.get_file()).download_as_bytearray()
    assert got.decode() == "姓名\n何焊\n"
    await bot.send_document(secretary.id, b"%PDF-1.7", filename="登记簿.pdf", caption="已印好")
    shown = world.chat(secretary.id)[-1]
    assert shown.document
    assert (shown.document.name, shown.document.content, shown.text) == ("登记簿.pdf", b"%PDF-1.7", "已印好")


async def test_the_keyboard_that_asks_for_a_number_comes_and_goes(
    world: World, bot: Bot, welder: Phone
) -> None:
    world.type(welder.id, "/start")
    key = KeyboardButton("发送我的号码", request_contact=True)
    await bot.send_message(welder.id, "请登记", reply_markup=ReplyKeyboardMarkup([[key]]))
    assert world.chat(welder.id)[-1].asks_contact == "发送我的号码"
    assert world.keyboard(welder.id) == (("发送我的号码",),)
    await bot.send_message(welder.id, "好了", reply_markup=ReplyKeyboardRemove())
    assert world.keyboard(welder.id) == ()


async def test_in_a_group_each_speaks_for_himself(
    world: World, bot: Bot, welder: Phone, secretary: Phone
) -> None:
    group = world.add_group("外出党员群", [secretary.id, welder.id])
    world.type_in_group(group.id, welder.id, "大家好")
    message = await heard(bot)
    assert (message.chat.type, message.chat.id) == ("supergroup", group.id)
    assert message.from_user and message.from_user.id == welder.id
    await bot.send_message(group.id, "你好")
    assert [m.text for m in world.group_chat(group.id)] == ["大家好", "你好"]


async def test_without_admin_rights_the_bot_hears_only_commands(
    world: World, bot: Bot, secretary: Phone
) -> None:
    group = world.add_group("村里", [secretary.id], bot_is_admin=False)
    world.type_in_group(group.id, secretary.id, "吃了吗")
    world.type_in_group(group.id, secretary.id, "/help")
    said = [update.message.text for update in await bot.get_updates() if update.message]
    assert said == ["/help"]


async def test_blocking_is_told_to_the_bot(world: World, bot: Bot, welder: Phone) -> None:
    world.type(welder.id, "/start")
    world.block(welder.id)
    change = (await bot.get_updates())[-1].my_chat_member
    assert change and (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    world.unblock(welder.id)
    await bot.send_message(welder.id, "欢迎回来")
    assert world.chat(welder.id)[-1].text == "欢迎回来"


async def test_each_chat_shows_its_own_menu_first(
    world: World, bot: Bot, welder: Phone, secretary: Phone
) -> None:
    from telegram import BotCommandScopeChat

    world.type(secretary.id, "/start")
    own = BotCommandScopeChat(secretary.id)
    await bot.set_my_commands([("safe", "报平安")])
    await bot.set_my_commands([("silent", "谁没消息")], scope=own)
    assert world.menu(welder.id) == (("safe", "报平安"),)
    assert world.menu(secretary.id) == (("silent", "谁没消息"),)
    assert [c.command for c in await bot.get_my_commands(scope=own)] == ["silent"]
    await bot.delete_my_commands(scope=own)
    assert world.menu(secretary.id) == (("safe", "报平安"),)


async def test_the_bot_can_look_a_chat_up(world: World, bot: Bot, welder: Phone) -> None:
    world.type(welder.id, "/start")
    assert (await bot.get_chat(welder.id)).first_name == "何焊"


def test_an_old_phone_has_no_chat(world: World, grandfather: Phone) -> None:
    with pytest.raises(NoChatApp):
        world.type(grandfather.id, "你好")
