"""Telegram says no in its own words, and aiogram makes of it what it makes of Telegram's."""

from __future__ import annotations

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
)
from conftest import SANDBOX, TOKEN, Hands, bot_with


class SendPigeon(TelegramMethod[bool]):
    __returning__ = bool
    __api_method__ = "sendPigeon"


async def raw(method: str, **said: object) -> tuple[int, dict[str, object]]:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{SANDBOX}/bot{TOKEN}/{method}", json=said) as answer,
    ):
        return answer.status, await answer.json()


async def test_who_blocked_the_bot_gets_nothing(bot: Bot, hands: Hands, welder: int) -> None:
    await hands.block(phone_id=welder)
    with pytest.raises(TelegramForbiddenError) as refused:
        await bot.send_message(welder, "在吗")
    assert refused.value.message == "Forbidden: bot was blocked by the user"


async def test_who_never_wrote_cannot_be_written_to(bot: Bot, hands: Hands) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(await hands.somebody(), "您好")
    assert refused.value.message == "Bad Request: chat not found"


@pytest.mark.parametrize("token", ["6100000001:wrong", "6100000002:sandbox"])
async def test_a_wrong_token_opens_nothing(token: str) -> None:
    async with bot_with(token) as stranger:
        with pytest.raises(TelegramUnauthorizedError) as refused:
            await stranger.get_me()
    assert refused.value.message == "Unauthorized"


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    with pytest.raises(TelegramNotFound) as refused:
        await bot(SendPigeon())
    assert refused.value.message == "Not Found: method not found"


@pytest.mark.parametrize(
    ("text", "says"), [("长" * 4097, "message is too long"), (" \n", "text must be non-empty")]
)
async def test_a_text_has_a_length(bot: Bot, welder: int, text: str, says: str) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(welder, text)
    assert refused.value.message == f"Bad Request: {says}"


async def test_marked_up_text_is_not_shown_here(bot: Bot, welder: int) -> None:
    with pytest.raises(TelegramBadRequest, match="unsupported parse_mode"):
        await bot.send_message(welder, "<b>粗</b>", parse_mode="Wiki")


async def test_an_edit_must_change_something(bot: Bot, welder: int) -> None:
    sent = await bot.send_message(welder, "第1页")
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.edit_message_text("第1页", chat_id=welder, message_id=sent.message_id)
    assert refused.value.message == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )


async def test_what_is_not_there_or_not_ones_own_is_not_changed(bot: Bot, hands: Hands, welder: int) -> None:
    typed = await hands.type(phone=welder, text="我的话")
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("别的", chat_id=welder, message_id=9999)
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("别的", chat_id=welder, message_id=typed)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(welder, 9999)
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(welder, "答", reply_parameters=ReplyParameters(message_id=9999))


async def test_after_two_days_nothing_is_deleted(bot: Bot, hands: Hands, welder: int) -> None:
    sent = await bot.send_message(welder, "通知")
    await hands.wind(hours=49)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(welder, sent.message_id)


async def test_a_button_carries_64_bytes(bot: Bot, welder: int) -> None:
    button = InlineKeyboardButton(text="好", callback_data="a" * 65)
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await bot.send_message(welder, "好吗", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))


async def test_files_that_are_none(bot: Bot, welder: int) -> None:
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_document(welder, "BQACAgU-no-such-file")
    with pytest.raises(TelegramBadRequest, match="invalid file_id"):
        await bot.get_file("BQACAgU-no-such-file")
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(welder, BufferedInputFile(b"no picture", "a.png"))
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(welder, BufferedInputFile(b"", "a.csv"))


async def test_commands_have_a_form(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="签到", description="签到")])
    assert await raw("setMyCommands", commands=[], scope={"type": "village"}) == (
        400,
        {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: can't parse BotCommandScope: Unsupported type specified",
        },
    )


async def test_an_unknown_action_is_refused(bot: Bot, welder: int) -> None:
    with pytest.raises(TelegramBadRequest, match="wrong parameter action"):
        await bot.send_chat_action(welder, "sleeping")


async def test_a_group_that_became_large_tells_its_new_id(bot: Bot, hands: Hands, welder: int) -> None:
    group = await hands.new_group(title="小组", members=[welder], small=True)
    assert (await bot.send_message(group, "大家好")).chat.type == "group"
    large = await hands.upgrade(group=group)
    moved = (await bot.get_updates())[-1].message
    assert moved and moved.migrate_to_chat_id == large
    with pytest.raises(TelegramMigrateToChat) as refused:
        await bot.send_message(group, "还在吗")
    assert refused.value.migrate_to_chat_id == large
    assert (await bot.send_message(large, "在")).chat.type == "supergroup"


async def test_a_flood_is_refused_with_the_time_to_wait(bot: Bot, hands: Hands, welder: int) -> None:
    await hands.flood(on=True)
    with pytest.raises(TelegramRetryAfter) as refused:
        for n in range(10):
            await bot.send_message(welder, str(n))
    assert refused.value.retry_after == 1
    status, said = await raw("sendMessage", chat_id=welder, text="快")
    assert (status, said) == (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        },
    )
    await hands.flood(on=False)
