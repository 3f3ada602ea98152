"""What each refusal means: for the message, for the address, for the next try."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.channels.contract import (
    AddressFailed,
    MessageRefused,
    OutcomeUnknown,
    Outgoing,
    SendingFailed,
    TryLater,
)
from bot.channels.telegram import Telegram
from tests.bot.channels.peers import HANG_UP, SILENCE, http, nobody, peer

LETTER = Outgoing(to="42", text="清明前后来看您", reference="77")


@asynccontextmanager
async def a_door(url: str) -> AsyncIterator[Telegram]:
    door = Telegram("6100000001:" + "a" * 35, url, patience=1.0)
    yield door
    await door.close()


async def failure(says: bytes | None) -> SendingFailed:
    async with peer(says) as other, a_door(other.url) as door:
        with pytest.raises(SendingFailed) as caught:
            await door.send(LETTER)
        assert len(other.heads) == 1
    return caught.value


def refused(status: str, description: str, **parameters: int) -> bytes:
    body = {"ok": False, "error_code": int(status[:3]), "description": description}
    return http(status, json.dumps(body | ({"parameters": parameters} if parameters else {})))


@pytest.mark.parametrize(
    ("status", "description", "means"),
    [
        ("403 Forbidden", "Forbidden: bot was blocked by the user", AddressFailed("chat_blocked")),
        ("403 Forbidden", "Forbidden: user is deactivated", AddressFailed("account_deleted")),
        ("403 Forbidden", "Forbidden: bot can't initiate conversation", AddressFailed("chat_not_started")),
        ("403 Forbidden", "Forbidden: bot was kicked from the group chat", AddressFailed("chat_blocked")),
        ("400 Bad Request", "Bad Request: chat not found", AddressFailed("chat_not_found")),
        ("400 Bad Request", "Bad Request: message is too long", MessageRefused("message_refused")),
        ("401 Unauthorized", "Unauthorized", TryLater("bot_token")),
        ("413 Request Entity Too Large", "Request Entity Too Large", MessageRefused("too_large")),
        ("500 Internal Server Error", "Internal Server Error", TryLater("server_error")),
    ],
)  # fmt: skip
async def test_a_refusal_is_named(status: str, description: str, means: SendingFailed) -> None:
    seen = await failure(refused(status, description))
    assert (type(seen), seen.reason) == (type(means), means.reason)


async def test_told_to_wait_we_know_how_long() -> None:
    seen = await failure(refused("429 Too Many Requests", "Too Many Requests: retry after 7", retry_after=7))
    assert isinstance(seen, TryLater)
    assert seen.after == timedelta(seconds=7)


async def test_a_group_that_moved_has_lost_its_address() -> None:
    seen = await failure(refused("400 Bad Request", "Bad Request: upgraded", migrate_to_chat_id=-1001))
    assert isinstance(seen, AddressFailed)


async def test_a_gateway_on_the_way_that_is_down_may_be_up_later() -> None:
    assert isinstance(await failure(http("502 Bad Gateway", "<html>nginx</html>")), TryLater)


async def test_where_nobody_listens_nothing_left() -> None:
    async with a_door(nobody()) as door:
        with pytest.raises(TryLater, match="not_connected"):
            await door.send(LETTER)


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        (SILENCE, "no_answer"),
        (HANG_UP, "no_answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", "no_answer"),
        (http("200 OK", "welcome to the hotel"), "answer_unreadable"),
    ],
    ids=["never answered", "hung up", "broke off", "answered by somebody else"],
)
async def test_what_left_without_a_good_answer_may_have_arrived(says: bytes | None, reason: str) -> None:
    seen = await failure(says)
    assert isinstance(seen, OutcomeUnknown)
    assert seen.reason == reason


async def test_a_question_for_news_that_got_no_answer_is_asked_again() -> None:
    async with peer(HANG_UP) as other, a_door(other.url) as door:
        with pytest.raises(TryLater):
            await door.updates(0, 0)


async def test_half_an_emoji_makes_nobody_deaf() -> None:
    """Somebody's phone cut it in the middle, and a strict reader of JSON refuses all that came with it."""
    news = r'{"ok":true,"result":[{"update_id":1,"message":{"text":"好\ud83d"}},{"update_id":2}]}'
    async with peer(http("200 OK", news)) as other, a_door(other.url) as door:
        assert [update["update_id"] for update in await door.updates(0, 0)] == [1, 2]


async def test_a_wrong_token_is_said_at_the_start() -> None:
    async with peer(refused("401 Unauthorized", "Unauthorized")) as other, a_door(other.url) as door:
        with pytest.raises(TryLater, match="bot_token"):
            await door.start()
