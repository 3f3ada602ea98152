"""Telegram says no in its own words, and the client library understands them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.sandbox.bot_api.refusals import too_many
from bot.sandbox.phones import Phone
from bot.sandbox.world import World

from .conftest import bot_of


@pytest.fixture
def known(world: World, welder: Phone) -> Phone:
    world.type(welder.id, "/start")
    return welder


async def test_a_wrong_token_opens_nothing(url: str) -> None:
    with pytest.raises(InvalidToken):
        async with bot_of("6100000001:wrong", url):
            pass
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{url}/bot6100000001:wrong/getMe")
    assert (answer.status_code, answer.json()) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


async def test_an_unknown_method_is_not_found(world: World, url: str) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{url}/bot{world.telegram.account.token}/sendPigeon", json={})
    assert (answer.status_code, answer.json()["error_code"]) == (404, 404)


async def test_json_says_the_same_as_a_form(world: World, url: str, known: Phone) -> None:
    async with httpx.AsyncClient() as client:
        said = {"chat_id": known.id, "text": "你好", "reply_markup": {"remove_keyboard": True}}
        answer = await client.post(f"{url}/bot{world.telegram.account.token}/sendMessage", json=said)
    assert answer.json()["result"]["text"] == "你好"


async def test_who_blocked_the_bot_gets_nothing(world: World, bot: Bot, known: Phone) -> None:
    world.block(known.id)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(known.id, "在吗？")


async def test_who_never_wrote_cannot_be_written_to(bot: Bot, secretary: Phone) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(secretary.id, "您好")


@pytest.mark.parametrize(
    ("method", "said", "code", "description"),
    [
        ("sendMessage", {"chat_id": 1, "text": "您好"}, 400, "Bad Request: chat not found"),
        ("sendMessage", {"chat_id": "shut", "text": "您好"}, 403, "Forbidden: bot was blocked by the user"),
        ("sendPhoto", {"chat_id": "shut", "photo": "x"}, 403, "Forbidden: bot was blocked by the user"),
        ("sendDocument", {"chat_id": "shut", "document": "x"}, 403, "Forbidden: bot was blocked by the user"),
        (
            "editMessageText",
            {"chat_id": "shut", "message_id": 1, "text": "x"},
            403,
            "Forbidden: bot was blocked by the user",
        ),
        (
            "editMessageText",
            {"chat_id": "open", "message_id": 99, "text": "x"},
            400,
            "Bad Request: message to edit not found",
        ),
        (
            "deleteMessage",
            {"chat_id": "open", "message_id": 99},
            400,
            "Bad Request: message to delete not found",
        ),
        ("getFile", {"file_id": "x"}, 400, "Bad Request: invalid file_id"),
    ],
)
async def test_a_refusal_is_worded_as_telegram_words_it(
    world: World,
    url: str,
    known: Phone,
    secretary: Phone,
    method: str,
    said: dict[str, Any],
    code: int,
    description: str,
) -> None:
    world.type(secretary.id, "/start")
    world.block(secretary.id)
    where = {"open": known.id, "shut": secretary.id}
    said = {name: where.get(value, value) for name, value in said.items()}
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{url}/bot{world.telegram.account.token}/{method}", json=said)
    assert (answer.status_code, answer.json()) == (
        code,
        {"ok": False, "error_code": code, "description": description},
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  \n", "Text must be non-empty"),
        ("", "text is empty"),
        ("长" * 4097, "is too long"),
        ("😀" * 2049, "is too long"),
    ],
)
async def test_a_text_has_a_length(bot: Bot, known: Phone, text: str, says: str) -> None:
    with pytest.raises(BadRequest, match=says):
        await bot.send_message(known.id, text)


async def test_the_longest_text_still_goes(world: World, bot: Bot, known: Phone) -> None:
    await bot.send_message(known.id, "长" * 4096)
    assert len(world.chat(known.id)[-1].text) == 4096


async def test_a_button_carries_no_more_than_64_bytes(bot: Bot, known: Phone) -> None:
    fits = InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="a" * 64)]])
    await bot.send_message(known.id, "好吗", reply_markup=fits)
    over = InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="党" * 22)]])
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(known.id, "好吗", reply_markup=over)


async def test_an_edit_must_change_something(bot: Bot, known: Phone) -> None:
    sent = await bot.send_message(known.id, "第1页")
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_text("第1页")


async def test_people_s_own_words_are_not_edited(world: World, bot: Bot, known: Phone) -> None:
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("别的", known.id, world.chat(known.id)[0].id)
    with pytest.raises(BadRequest, match="to edit not found"):
        await bot.edit_message_text("别的", known.id, 999)


async def test_what_is_no_picture_is_no_photo(bot: Bot, known: Phone) -> None:
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(known.id, b"not a picture")


async def test_an_unknown_press_cannot_be_answered(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("1")


async def test_a_flood_limit_can_be_switched_on(
    world: World, bot: Bot, known: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")

    def gate(method: str, said: Mapping[str, Any]) -> None:
        if method == "sendmessage":
            raise too_many(3)

    world.telegram.gate = gate
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(known.id, "慢慢来")
    assert refused.value.retry_after == timedelta(seconds=3)


async def test_a_second_poller_sends_the_first_away(world: World, url: str, known: Phone) -> None:
    token = world.telegram.account.token
    async with bot_of(token, url) as first, bot_of(token, url) as second:
        await second.get_updates(offset=-1)
        seen = (await second.get_updates())[-1].update_id
        waiting = asyncio.create_task(first.get_updates(offset=seen + 1, timeout=30))
        await asyncio.sleep(0.1)
        later = asyncio.create_task(second.get_updates(offset=seen + 1, timeout=30))
        with pytest.raises(Conflict):
            await waiting
        world.type(known.id, "在")
        assert [u.message.text for u in await later if u.message] == ["在"]
