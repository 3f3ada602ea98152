"""The HTTP door: what comes is stored before it is acknowledged, and no stranger gets anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from bot.serving import LONGEST_LINE
from bot.settings import TELEGRAM_PATH
from bot.web import LARGEST_BODY, Door
from storage import inbox, occurrences
from storage.database import Database
from tests.bot.house import (
    QUESTION,
    SECRET,
    SMS_PATH,
    START,
    Parts,
    a_house,
    chat_from,
    locked_inbox,
    text_from,
)

INBOUND, RECEIPT = f"{SMS_PATH}/inbound", f"{SMS_PATH}/receipt"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def house(database: Database) -> AsyncIterator[Parts]:
    async with a_house(database) as parts:
        yield parts


@pytest.fixture
async def caller(house: Parts) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.url, trust_env=False, timeout=60) as client:
        yield client


async def test_it_says_that_it_is_well(caller: httpx.AsyncClient) -> None:
    answer = await caller.get("/health")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "ok": True,
            "wrong": [],
            "alarms": [],
            "inbox": {"waiting": 0, "oldest_seconds": None},
            "outbox": {"waiting": 0, "oldest_seconds": None},
            "unknown": 0,
            "dead_letters": 0,
            "last_slots": {},
            "let_go": {},
            "seconds_since_tick": 0,
            "stood_still": None,
        },
    )


async def test_it_says_what_waits_and_is_not_well_when_somebody_waits_too_long(
    house: Parts, caller: httpx.AsyncClient
) -> None:
    await caller.get(INBOUND, params=_text(house))
    await caller.get(f"{INBOUND}?id=x")
    await house.promise(house.smart, QUESTION)
    async with house.database.writing() as tx:
        await occurrences.count_from(tx, START, "remind")
        await inbox.mark_dead(tx, START, (await inbox.next_new(tx, 2))[1], "unreadable")
    house.clock.wind(timedelta(minutes=4))
    early = await caller.get("/health")
    assert (early.status_code, early.json()["inbox"]) == (200, {"waiting": 1, "oldest_seconds": 240})
    assert early.json()["outbox"] == {"waiting": 1, "oldest_seconds": 240}
    assert (early.json()["dead_letters"], list(early.json()["last_slots"])) == (1, ["remind"])
    house.clock.wind(timedelta(minutes=4))
    late = await caller.get("/health")
    assert (late.status_code, late.json()["ok"], late.json()["seconds_since_tick"]) == (503, False, 480)
    assert late.json()["wrong"] == ["inbox", "clock"]
    assert not [word for word in (house.old.phone.number, "签到", SECRET) if word in late.text]


async def test_it_is_not_well_when_the_database_cannot_be_read(
    house: Parts, caller: httpx.AsyncClient
) -> None:
    async with house.database.writing() as tx:
        await tx.conn.exec_driver_sql("ALTER TABLE occurrences RENAME TO elsewhere")
    answer = await caller.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "wrong": ["database"], "alarms": []})


async def test_a_text_without_an_id_is_heard_and_its_repeat_is_not(
    house: Parts, caller: httpx.AsyncClient
) -> None:
    first = {name: value for name, value in _text(house).items() if name != "id"}
    later = first | {"ts": "1793000000"}
    for text in (first, first, later, later, first | {"text": "平安"}):
        assert (await caller.get(INBOUND, params=text)).status_code == 200
    assert len(await house.messages()) == 3
    house.clock.wind(timedelta(days=30))
    await caller.get(INBOUND, params=first)
    await caller.get(INBOUND, params=later)
    assert len(await house.messages()) == 4, "next month's check-in has the same words"
    while await house.intake.take_turns():
        pass
    assert {kept.state for kept in await house.messages()} == {"done"}
    assert not [kept for kept in await house.messages() if house.old.phone.number[1:] in kept.external_id]


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
async def test_only_get_brings_a_text_or_a_receipt(
    house: Parts, caller: httpx.AsyncClient, method: str
) -> None:
    await house.promise(house.old, QUESTION)
    [letter] = await house.letters()
    # Kannel never comes by POST, another company may: whoever does is no more than a stranger.
    refused = 404 if method == "POST" else 405
    assert (await caller.request(method, INBOUND, params=_text(house))).status_code == refused
    receipt = {"reference": letter.id, "status": "2"}
    assert (await caller.request(method, RECEIPT, params=receipt)).status_code == refused
    assert await house.messages() == []
    assert (await house.letter()).state == "pending"


@pytest.mark.parametrize("guess", ["guess", SMS_PATH[5:-1], SMS_PATH[5:] + "x", "%FF%FE", "石"])
async def test_a_receipt_or_a_text_by_a_wrong_path_is_not_there(
    house: Parts, caller: httpx.AsyncClient, guess: str
) -> None:
    await house.promise(house.old, QUESTION)
    receipt = {"reference": (await house.letter()).id, "status": "2"}
    assert (await caller.get(f"/sms/{guess}/receipt", params=receipt)).status_code == 404
    assert (await caller.get(f"/sms/{guess}/inbound", params=_text(house))).status_code == 404
    assert ((await house.letter()).state, await house.messages()) == ("pending", [])


async def test_a_text_is_in_the_inbox_before_its_200(house: Parts, caller: httpx.AsyncClient) -> None:
    answer = await caller.get(INBOUND, params=_text(house))
    assert (answer.status_code, answer.content) == (200, b""), "Kannel sends a body back to the phone"
    [kept] = await house.messages()
    assert (kept.channel, kept.external_id, kept.state) == ("sms", "a-1", "new")


async def test_a_text_brought_twice_is_kept_once(house: Parts, caller: httpx.AsyncClient) -> None:
    for _ in range(3):
        assert (await caller.get(INBOUND, params=_text(house))).status_code == 200
    assert len(await house.messages()) == 1


async def test_an_update_is_in_the_inbox_before_its_200(house: Parts, caller: httpx.AsyncClient) -> None:
    update = chat_from(house.smart.phone, "签到", 11).payload
    for _ in range(2):
        assert (await caller.post(TELEGRAM_PATH, json=update, headers=HEADERS)).status_code == 200
    [kept] = await house.messages()
    assert (kept.channel, kept.external_id, kept.state) == ("telegram", "11", "new")


@pytest.mark.parametrize(
    "path",
    ["/", "/sms", "/sms/", "/sms/guess/inbound", f"{SMS_PATH}/", f"{SMS_PATH}x/inbound", "/telegram/",
     "/sms//inbound", "/sms/%2e%2e/inbound", "/.env", "/metrics/../sms"],
)  # fmt: skip
async def test_a_stranger_s_path_leads_nowhere(house: Parts, caller: httpx.AsyncClient, path: str) -> None:
    for method in ("GET", "POST"):
        assert (await caller.request(method, path, params=_text(house))).status_code in (404, 405, 307)
    assert await house.messages() == []


@pytest.mark.parametrize("shown", ["", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "\xff"])
async def test_without_the_secret_nothing_is_taken(
    house: Parts, caller: httpx.AsyncClient, shown: str
) -> None:
    update = chat_from(house.smart.phone, "签到", 11).payload
    headers = {b"X-Telegram-Bot-Api-Secret-Token": shown.encode("latin-1")} if shown else {}
    assert (await caller.post(TELEGRAM_PATH, json=update, headers=headers)).status_code == 404
    assert await house.messages() == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"update_id"',
        b'{"update_id": null}',
        b'{"update_id": "1; DROP TABLE inbox"}',
        b'{"update_id": 1.5}',
        b'{"update_id": true}',
        b'{"update_id": Infinity}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b'{"update_id": 1, "message": "\xff\xfe"}',
        b"[" * 200_000,
        b'{"a":' * 100_000,
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_what_is_no_update_is_refused_and_not_kept(
    house: Parts, caller: httpx.AsyncClient, body: bytes
) -> None:
    assert (await caller.post(TELEGRAM_PATH, content=body, headers=HEADERS)).status_code == 400
    assert await house.messages() == []


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(house: Parts) -> None:
    head = [*_post_head(), f"Content-Length: {LARGEST_BODY + 1}"]
    assert (await _raw_answer(house, _lines(head))).startswith(b"HTTP/1.1 413")


async def test_a_body_that_hides_its_size_is_refused_when_it_grows_too_large(house: Parts) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    endless = _lines([*_post_head(), "Transfer-Encoding: chunked"]) + chunk * (LARGEST_BODY // 0x10000 + 2)
    assert (await _raw_answer(house, endless)).startswith(b"HTTP/1.1 413")


async def test_whoever_hangs_up_in_the_middle_is_no_fault_of_ours(
    house: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    split = urlsplit(house.url)
    _, writer = await asyncio.open_connection(split.hostname, split.port)
    writer.write(_lines([*_post_head(), "Content-Length: 500"]) + b'{"update_id"')
    await asyncio.sleep(0.1)
    writer.close()
    await asyncio.sleep(0.1)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
    assert await house.messages() == []


async def test_a_body_that_never_comes_is_not_waited_for(
    house: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.bodies._PATIENCE", 0.1)
    started = [*_post_head(), "Content-Length: 500"]
    assert (await _raw_answer(house, _lines(started) + b'{"update_id"')).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("length", ["many", "-1", "1e9", "0x10", "", "9" * 30, "\u0663"])
async def test_a_length_that_is_no_number_breaks_nothing(
    house: Parts, caller: httpx.AsyncClient, length: str
) -> None:
    answer = await _raw_answer(house, _lines([*_post_head(), f"Content-Length: {length}"]) + b"{}")
    assert answer[9:10] in (b"4", b""), "refused, by us or by the server, and no 500"
    assert (await caller.get("/health")).status_code == 200


async def test_a_length_that_only_says_it_is_one_is_not_believed(house: Parts) -> None:
    """The application itself, as another server could call it: ours refuses such a head before."""
    sent: list[Any] = []
    scope = {
        "type": "http", "method": "POST", "path": TELEGRAM_PATH, "query_string": b"", "http_version": "1.1",
        "headers": [(b"x-telegram-bot-api-secret-token", SECRET.encode()), (b"content-length", b"many")],
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    door = Door(house.intake, lambda: None, telegram_secret=SECRET)
    await door.app()(scope, receive, send)
    assert sent[0]["status"] == 400


@pytest.mark.parametrize("length", [10_000, 60_000, 100_000])
async def test_a_very_long_query_breaks_nothing(house: Parts, caller: httpx.AsyncClient, length: int) -> None:
    long = f"GET {INBOUND}?text={'x' * length}&from=8613900139001&id=long HTTP/1.1"
    assert (await _raw_answer(house, _lines([long, "Host: x"])))[9:12] in (
        b"200",
        b"400",
        b"414",
        b"431",
        b"",
    )
    assert (await caller.get("/health")).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "",
        "%%%&&&===",
        "from=%00&text=%00&id=%00",
        "from=%ff%fe&text=%ff&id=%ff",
        f"from=8613900139001&id={'9' * 5000}&text=1",
        "from=8613900139001&id=%E7%9F%B3&text=1",
        "from=8613900139001&text=noid",
        "id=1&id=2&from=1&from=2",
        "&".join(f"f{n}=1" for n in range(2000)),
        "from=%F0%9F%98%80&id=5&text=%ED%A0%80",
    ],
    ids=lambda query: query[:30],
)
async def test_garbage_is_taken_once_and_blocks_nobody(
    house: Parts, caller: httpx.AsyncClient, query: str
) -> None:
    """Kannel brings again what gets no 200: a refusal would come back for ever."""
    for _ in range(2):
        assert (await caller.get(f"{INBOUND}?{query}")).status_code == 200
    assert len(await house.messages()) == 1
    await caller.get(INBOUND, params=_text(house))
    while await house.intake.take_turns():
        pass
    assert (await house.messages())[-1].state == "done"


async def test_words_in_a_foreign_charset_are_still_words(house: Parts, caller: httpx.AsyncClient) -> None:
    text = "签到".encode("utf-16-be")
    query = urlencode({**_text(house), "coding": "2", "charset": "UTF-16BE", "text": text})
    assert (await caller.get(f"{INBOUND}?{query}")).status_code == 200
    await house.intake.take_turns()
    await house.send()
    assert "平安" in house.sms_to(house.old)[0]


async def test_while_the_database_is_locked_nobody_hears_200(house: Parts, caller: httpx.AsyncClient) -> None:
    update = chat_from(house.smart.phone, "签到", 11).payload
    async with locked_inbox(house.database):
        calls = [
            asyncio.create_task(caller.get(INBOUND, params=_text(house))),
            asyncio.create_task(caller.post(TELEGRAM_PATH, json=update, headers=HEADERS)),
        ]
        _, unanswered = await asyncio.wait(calls, timeout=0.5)
        assert len(unanswered) == 2, "no answer while it is not kept"
    assert [answer.status_code for answer in await asyncio.gather(*calls)] == [200, 200]
    assert len(await house.messages()) == 2


async def test_while_the_database_is_away_each_is_told_to_come_again(
    house: Parts, caller: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    await house.promise(house.old, QUESTION)
    update = chat_from(house.smart.phone, "签到", 11).payload
    receipt = {"reference": (await house.letter()).id, "status": "1"}
    async with _gone(house, "inbox", "outbox"):
        told = [
            await caller.post(TELEGRAM_PATH, json=update, headers=HEADERS),
            await caller.get(INBOUND, params=_text(house)),
            await caller.get(RECEIPT, params=receipt),
        ]
    assert [(answer.status_code, answer.content) for answer in told] == [(503, b"")] * 3
    written = "".join(capsys.readouterr())
    assert not [word for word in ("签到", house.old.phone.number[3:], SECRET, "Traceback") if word in written]
    for _ in range(2):
        assert (await caller.post(TELEGRAM_PATH, json=update, headers=HEADERS)).status_code == 200
        assert (await caller.get(INBOUND, params=_text(house))).status_code == 200
        assert (await caller.get(RECEIPT, params=receipt)).status_code == 200
    while await house.intake.take_turns():
        pass
    assert [kept.state for kept in await house.messages()] == ["done", "done"]
    assert [letter.state for letter in await house.letters()] == ["delivered", "pending", "pending"]


async def test_a_text_over_the_limit_is_refused_before_it_is_read(house: Parts) -> None:
    """The line alone, without its end: whoever waits for all of it holds what a stranger sends."""
    line = f"GET {INBOUND}?text={'x' * LONGEST_LINE}".encode()
    assert (await _raw_answer(house, line))[9:12] == b"400"
    assert await house.messages() == []


@asynccontextmanager
async def _gone(house: Parts, *tables: str) -> AsyncIterator[None]:
    for table in tables:
        async with house.database.writing() as tx:
            await tx.conn.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}_elsewhere")
    yield
    for table in tables:
        async with house.database.writing() as tx:
            await tx.conn.exec_driver_sql(f"ALTER TABLE {table}_elsewhere RENAME TO {table}")


def _text(house: Parts) -> dict[str, str]:
    return dict(text_from(house.old.phone, "签到", "a-1").payload)


def _post_head() -> list[str]:
    return [f"POST {TELEGRAM_PATH} HTTP/1.1", "Host: x", f"X-Telegram-Bot-Api-Secret-Token: {SECRET}"]


def _lines(head: list[str]) -> bytes:
    return "\r\n".join([*head, "", ""]).encode()


async def _raw_answer(house: Parts, said: bytes) -> bytes:
    """What comes back, whether or not all that was said was listened to."""
    split = urlsplit(house.url)
    reader, writer = await asyncio.open_connection(split.hostname, split.port)
    writer.write(said)
    try:
        async with asyncio.timeout(10):
            return await reader.readline()
    except ConnectionError:
        return b""
    finally:
        writer.close()
