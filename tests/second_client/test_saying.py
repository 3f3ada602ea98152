"""What aiogram sends, edits, deletes and hangs under a message shows on the phones."""

from __future__ import annotations

import base64

import pytest
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from conftest import Hands
from test_hearing import PICTURE

SAFE = InlineKeyboardButton(text="平安", callback_data="safe")
HELP = InlineKeyboardButton(text="要帮忙", callback_data="help")
ANSWERS = InlineKeyboardMarkup(inline_keyboard=[[SAFE, HELP]])


async def test_who_it_is_and_where_it_speaks(bot: Bot, welder: int) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (bot.id, True, "liandong_sandbox_bot")
    chat = await bot.get_chat(welder)
    assert (chat.id, chat.type) == (welder, "private")


async def test_a_text_and_an_answer_to_it(bot: Bot, hands: Hands, welder: int) -> None:
    first = await bot.send_message(welder, "第一课")
    second = await bot.send_message(
        welder, "问题", reply_parameters=ReplyParameters(message_id=first.message_id)
    )
    assert second.reply_to_message and second.reply_to_message.text == "第一课"
    assert (await hands.last(phone=welder))["reply_to"] == first.message_id
    alone = ReplyParameters(message_id=9999, allow_sending_without_reply=True)
    assert (await bot.send_message(welder, "无", reply_parameters=alone)).reply_to_message is None


async def test_the_longest_text_goes(bot: Bot, hands: Hands, welder: int) -> None:
    await bot.send_message(welder, "长" * 4096)
    assert len((await hands.last(phone=welder))["text"]) == 4096


async def test_a_command_in_ones_own_text_is_an_entity(bot: Bot, welder: int) -> None:
    sent = await bot.send_message(welder, "请发 /safe")
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bot_command", 3, 5)]


async def test_buttons_are_pressed_and_answered(bot: Bot, hands: Hands, welder: int) -> None:
    asked = await bot.send_message(welder, "今天好吗？", reply_markup=ANSWERS)
    assert asked.reply_markup and [b.text for b in asked.reply_markup.inline_keyboard[0]] == [
        "平安",
        "要帮忙",
    ]
    await hands.press(phone_id=welder, message_id=asked.message_id, row=0, column=1)
    press = (await bot.get_updates())[-1].callback_query
    assert press and (press.data, press.from_user.id) == ("help", welder)
    assert isinstance(press.message, Message) and press.message.message_id == asked.message_id
    assert await bot.answer_callback_query(press.id, text="已经记下")
    assert (await hands.last(phone=welder))["toast"] == "已经记下"


async def test_an_old_press_cannot_be_answered(bot: Bot, hands: Hands, welder: int) -> None:
    asked = await bot.send_message(welder, "今天好吗？", reply_markup=ANSWERS)
    await hands.press(phone_id=welder, message_id=asked.message_id, row=0, column=0)
    press = (await bot.get_updates())[-1].callback_query
    await hands.wind(hours=1)
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await bot.answer_callback_query(press.id)


async def test_a_keyboard_comes_and_goes(bot: Bot, hands: Hands, welder: int) -> None:
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="签到"), KeyboardButton(text="求助")]])
    await bot.send_message(welder, "欢迎", reply_markup=keys)
    assert await hands.keyboard(phone_id=welder) == [["签到", "求助"]]
    await bot.send_message(welder, "好了", reply_markup=ReplyKeyboardRemove())
    assert await hands.keyboard(phone_id=welder) == []


async def test_a_key_asks_for_ones_number(bot: Bot, hands: Hands, welder: int) -> None:
    key = KeyboardButton(text="分享我的号码", request_contact=True)
    await bot.send_message(welder, "请登记", reply_markup=ReplyKeyboardMarkup(keyboard=[[key]]))
    assert (await hands.last(phone=welder))["asks_contact"] == "分享我的号码"


async def test_a_document_goes_out_and_comes_back(bot: Bot, hands: Hands, welder: int) -> None:
    register = BufferedInputFile(b"PK" + bytes(200_000), "流出登记簿.xlsx")
    sent = await bot.send_document(welder, register, caption="请核对", reply_markup=ANSWERS)
    assert sent.document and sent.document.file_name == "流出登记簿.xlsx"
    shown = await hands.last(phone=welder)
    assert (shown["file"], shown["text"]) == ("流出登记簿.xlsx", "请核对")
    got = await bot.download(sent.document)
    assert got and got.read() == register.data
    again = await bot.send_document(welder, sent.document.file_id)
    assert again.document and again.document.file_unique_id == sent.document.file_unique_id


async def test_a_picture_has_sizes(bot: Bot, hands: Hands, welder: int) -> None:
    sent = await bot.send_photo(welder, BufferedInputFile(PICTURE, "report.png"), caption="三月")
    assert sent.photo and [size.width for size in sent.photo] == [100, 320, 800, 1280, 1500]
    assert (await hands.last(phone=welder))["picture"] == [1500, 1000]
    small = await bot.send_photo(welder, BufferedInputFile(PIXEL, "dot.png"))
    assert small.photo and [(size.width, size.height) for size in small.photo] == [(1, 1)]


async def test_text_caption_and_buttons_are_edited(bot: Bot, hands: Hands, welder: int) -> None:
    page = await bot.send_message(welder, "第1页", reply_markup=ANSWERS)
    turned = await bot.edit_message_text(
        "第2页", chat_id=welder, message_id=page.message_id, reply_markup=ANSWERS
    )
    assert isinstance(turned, Message) and turned.text == "第2页" and turned.edit_date
    bare = await bot.edit_message_reply_markup(chat_id=welder, message_id=page.message_id)
    assert isinstance(bare, Message) and bare.reply_markup is None
    picture = await bot.send_photo(welder, BufferedInputFile(PICTURE, "report.png"), caption="三月")
    named = await bot.edit_message_caption(chat_id=welder, message_id=picture.message_id, caption="四月")
    assert isinstance(named, Message) and named.caption == "四月"
    shown = (await hands.screen(phone=welder))[-2:]
    assert [(bubble["text"], bubble["buttons"], bubble["edited"]) for bubble in shown] == [
        ("第2页", [], True),
        ("四月", [], True),
    ]


async def test_messages_are_deleted(bot: Bot, hands: Hands, welder: int) -> None:
    typed = await hands.type(phone=welder, text="我的密码是123")
    sent = await bot.send_message(welder, "请删掉")
    assert await bot.delete_message(welder, sent.message_id)
    assert await bot.delete_message(welder, typed)
    assert [bubble["text"] for bubble in await hands.screen(phone=welder)] == ["/start"]


async def test_commands_by_scope_and_language(bot: Bot, hands: Hands, welder: int) -> None:
    own = BotCommandScopeChat(chat_id=welder)
    group = await hands.new_group(title="村里", members=[welder])
    wanted = {
        "safe": (None, None),
        "join": (BotCommandScopeAllPrivateChats(), None),
        "help": (BotCommandScopeAllGroupChats(), None),
        "silent": (own, None),
        "zh": (own, "zh"),
        "admins": (BotCommandScopeChatAdministrators(chat_id=group), None),
    }
    for name, (scope, language) in wanted.items():
        menu = [BotCommand(command=name, description=name)]
        assert await bot.set_my_commands(menu, scope=scope, language_code=language)
    for name, (scope, language) in wanted.items():
        assert [c.command for c in await bot.get_my_commands(scope, language)] == [name]
    assert await hands.menu(chat_id=welder) == [["zh", "zh"]]
    assert await hands.menu(chat_id=group) == [["help", "help"]]
    for name, (scope, language) in wanted.items():
        assert await bot.delete_my_commands(scope, language), name
    assert await bot.get_my_commands() == []


async def test_it_is_seen_typing(bot: Bot, welder: int) -> None:
    assert await bot.send_chat_action(welder, ChatAction.TYPING)


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
)
