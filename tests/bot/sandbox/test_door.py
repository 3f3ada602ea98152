"""Whatever comes to the Bot API's door is answered in JSON, as Telegram answers it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from itertools import product
from typing import Any

import httpx
import pytest

from bot.sandbox.bot_api.methods import METHODS, is_telegrams
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.refusals import Refused
from bot.sandbox.phones import Phone
from bot.sandbox.world import World

JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def api(world: World, url: str) -> AsyncIterator[httpx.AsyncClient]:
    base = f"{url}/bot{world.telegram.account.token}"
    async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("/bot", 404, "Not Found"),
        ("/bot6100000001:sandbox", 404, "Not Found"),
        ("/bot6100000001:sandbox/", 404, "Not Found: method not found"),
        ("/bot6100000001:sandbox/sendPigeon", 404, "Not Found: method not found"),
        ("/bot6100000001:sandbox/sendDice", 404, "Not Found: method sendDice is not offered by this sandbox"),
        ("/bot/getMe", 401, "Unauthorized: invalid token specified"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot6100000001:wrong/getMe", 401, "Unauthorized"),
        ("/file/bot6100000001:sandbox/documents/none", 404, "Not Found"),
        ("/file/bot6100000001:wrong/documents/none", 401, "Unauthorized"),
    ],
)
async def test_what_leads_nowhere(url: str, path: str, code: int, says: str) -> None:
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.json()) == (
        code,
        {"ok": False, "error_code": code, "description": says},
    )


async def test_a_call_comes_in_any_dress(api: httpx.AsyncClient, world: World, welder: Phone) -> None:
    world.type(welder.id, "/start")
    said = {"chat_id": str(welder.id), "text": "在吗"}
    answers = [
        await api.get("/sendMessage", params=said),
        await api.post("/SENDMESSAGE", data=said),
        await api.post("/sendMessage", json=said | {"chat_id": welder.id}),
        await api.post("/sendMessage", data=said, files={"unused": b"1"}),
        await api.post("/", data=said | {"method": "sendMessage"}),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["在吗"] * 5
    assert (await api.put("/getMe")).json()["error_code"] == 405


@pytest.mark.parametrize(
    ("body", "headers", "says"),
    [
        (b"{", JSON, "can't parse JSON object"),
        (b"[]", JSON, "JSON object expected"),
        (b"x", {"Content-Type": "multipart/form-data"}, "Missing boundary in multipart."),
    ],
)
async def test_a_body_that_cannot_be_read(
    api: httpx.AsyncClient, body: bytes, headers: dict[str, str], says: str
) -> None:
    answer = await api.post("/sendMessage", content=body, headers=headers)
    assert (answer.status_code, answer.json()["description"]) == (400, f"Bad Request: {says}")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"chat_id": "abc"}, "chat not found"),
        ({"chat_id": "@somewhere"}, "chat not found"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"text": ""}, "message text is empty"),
        ({"reply_parameters": [1]}, "object expected as reply parameters"),
        ({"reply_parameters": {"chat_id": 1}}, 'can\'t find field "message_id"'),
        ({"reply_markup": "nope"}, "can't parse reply keyboard markup JSON object"),
        ({"reply_markup": []}, "object expected as reply markup"),
        ({"reply_markup": {"inline_keyboard": {}}}, 'field "inline_keyboard" must be of type Array'),
        ({"reply_markup": {"keyboard": [["", "x"]]}}, "keyboard button text must be non-empty"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "A"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "A", "url": "no url"}]]}},
            "inline keyboard button URL 'no url' is invalid: Wrong HTTP URL",
        ),
        ({"entities": [{"type": "bold"}]}, "can't parse MessageEntity: Can't find field \"offset\""),
        ({"link_preview_options": 5}, "object expected as link preview options"),
    ],
)
async def test_what_cannot_be_meant_is_named(
    api: httpx.AsyncClient, world: World, welder: Phone, more: dict[str, Any], says: str
) -> None:
    world.type(welder.id, "/start")
    answer = await api.post("/sendMessage", json={"chat_id": welder.id, "text": "在吗"} | more)
    assert (answer.status_code, answer.json()["description"]) == (400, f"Bad Request: {says}")


def test_nobody_s_nonsense_is_an_accident(world: World, welder: Phone) -> None:
    """Each call, with each kind of value in each place, is answered with yes or no."""
    names = ("chat_id", "from_chat_id", "message_id", "message_ids", "text", "media", "photo", "reply_markup")
    more = (
        "commands",
        "scope",
        "allowed_updates",
        "offset",
        "user_id",
        "entities",
        "menu_button",
        "document",
    )
    values: tuple[Any, ...] = (
        None,
        True,
        -1,
        1.5,
        "",
        "x",
        "[",
        [],
        [[]],
        [1],
        {},
        {"type": []},
        [{"type": 1}],
    )
    known = {"chat_id": welder.id, "from_chat_id": welder.id, "message_id": 1, "text": "在吗", "entities": []}
    for value, name in product(values, METHODS):
        for each in ({}, known):
            world.type(welder.id, "/start")
            with suppress(Refused):
                METHODS[name](world.telegram, Parameters(dict.fromkeys((*names, *more), value) | each))


def test_nothing_is_both_offered_and_not() -> None:
    assert not [name for name in (*METHODS, "getupdates") if is_telegrams(name)]
