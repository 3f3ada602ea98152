"""Nothing that could harm a person is ever written down, however loud the logs are set."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import aiosqlite
import httpx
import pytest
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from telegram import Bot
from telegram.error import InvalidToken

from bot.channels.contract import OutcomeUnknown, Outgoing
from bot.channels.telegram import Telegram
from bot.logs import configure_logs
from tests.bot.channels.peers import http, peer

TOKEN = "6100000001:" + "Canary-_" * 5
SECRET = "canary/sec ret'"
PHONE = "13900139001"
WORDS = "canary"
log = structlog.get_logger()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that goes to stderr once the logs are set up, with every library as talkative as it can be."""
    root, loggers = logging.getLogger(), logging.Logger.manager.loggerDict
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    levels = {name: one.level for name, one in loggers.items() if isinstance(one, logging.Logger)}
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root.handlers.clear()
    configure_logs("DEBUG", [SECRET])
    for name in ("httpx", "httpcore", "telegram", "aiosqlite", "sqlalchemy", "apscheduler", "uvicorn.access"):
        assert logging.getLogger(name).level == logging.WARNING
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stderr
    for name, one in loggers.items():
        if isinstance(one, logging.Logger):
            one.setLevel(levels.get(name, logging.NOTSET))
    root.handlers[:], logging.raiseExceptions = handlers, raising
    root.setLevel(level)
    structlog.reset_defaults()


def lines_of(written: io.StringIO) -> str:
    said = written.getvalue()
    for canary in (TOKEN, "Canary-_", SECRET, "canary", PHONE, "139 0013 9001"):
        assert canary not in said
    return said


@asynccontextmanager
async def telegram_that_knows_nobody() -> AsyncIterator[str]:
    body = '{"ok": false, "error_code": 401, "description": "Unauthorized"}'
    async with peer(http("401 Unauthorized", body)) as other:
        yield other.url


async def test_a_request_leaves_no_token_in_the_log(written: io.StringIO) -> None:
    async with telegram_that_knows_nobody() as url, httpx.AsyncClient(trust_env=False) as client:
        await client.get(f"{url}/bot{TOKEN}/getMe", params={"text": "canary"})
    said = lines_of(written)
    assert "HTTP Request: GET http://127.0.0.1" in said
    assert "/bot***/getMe" in said


async def test_a_library_that_prints_the_token_is_not_heard_doing_so(written: io.StringIO) -> None:
    bot = Bot(TOKEN)
    logging.getLogger("telegram.Bot").debug("made %r", bot)
    async with telegram_that_knows_nobody() as url:
        door = Telegram(TOKEN, url)
        try:
            await door._bot.initialize()
        except InvalidToken:
            log.exception("start_failed")
        await door.close()
    assert "InvalidToken" in lines_of(written)


async def test_what_was_said_is_not_told_by_the_library(written: io.StringIO) -> None:
    answer = '{"ok": true, "result": {"message_id": 5, "date": 1, "chat": {"id": 42, "type": "private"}}}'
    async with peer(http("200 OK", answer)) as other:
        door = Telegram(TOKEN, other.url)
        await door.send(Outgoing("42", "canary", "77"))
        await door.close()
    async with peer(http("200 OK", '{"text": "canary')) as other:
        door = Telegram(TOKEN, other.url)
        with pytest.raises(OutcomeUnknown):
            await door.send(Outgoing("42", "canary", "77"))
        await door.close()
    said = lines_of(written)
    assert "Calling Bot API endpoint `sendMessage` with parameters ***" in said
    assert "invalid JSON data: ***" in said


async def test_the_database_door_tells_nothing(written: io.StringIO) -> None:
    async with aiosqlite.connect(":memory:") as connection:
        await connection.execute("select ?", ("canary",))
    assert "executing functools.partial(***)" in lines_of(written)


def test_a_failure_shows_where_but_not_who(written: io.StringIO) -> None:
    name = "canary"
    try:
        raise ValueError(f"no such number {'+86' + PHONE} of {len(name)} signs")
    except ValueError:
        log.exception("import_failed", batch_id="01J")
        logging.getLogger("bot.intake").exception("again, with %s", "+86 139 0013 9001")
    said = lines_of(written)
    assert "test_a_failure_shows_where_but_not_who" in said
    assert "no such number *** of" in said
    assert "batch_id=01J" in said


@pytest.mark.parametrize(
    "shown",
    [
        PHONE,
        f"86{PHONE}",
        f"tel:+86{PHONE}",
        "139-0013-9001",
        f"from=%2B86{PHONE}&text=canary",
        f"http://h/sendsms?text=canary&to={PHONE}&password=canary",
        "postgresql+asyncpg://liandong:canary@db/x",
        f"https://api.telegram.org/file/bot{TOKEN}/documents/1",
        TOKEN.replace(":", "%3A"),
        SECRET,
        repr(SECRET),
        "canary%2Fsec%20ret%27",
    ],
)
def test_whatever_form_it_takes_it_is_hidden(written: io.StringIO, shown: str) -> None:
    logging.getLogger("uvicorn.access").info("%s came", shown)
    logging.getLogger("other").warning(f"got {shown}")
    log.warning("seen", value=shown, deep={"in": [shown]}, error=ValueError(shown))
    assert lines_of(written).count("***") >= 5


def test_the_international_form_from_anywhere_is_hidden(written: io.StringIO) -> None:
    log.info("seen", value="+447400123456")
    assert "7400123456" not in lines_of(written)


def test_what_a_query_was_about_is_hidden(written: io.StringIO) -> None:
    with create_engine("sqlite://").connect() as connection:
        try:
            connection.execute(text("select * from nowhere where name = :n"), {"n": WORDS})
        except OperationalError:
            log.exception("query_failed")
    assert "no such table: nowhere" in lines_of(written)


def test_a_line_that_cannot_be_made_shows_no_arguments(written: io.StringIO) -> None:
    logging.getLogger("other").warning("%d wages", PHONE)
    lines_of(written)


def test_a_crash_of_the_whole_program_is_written_down_the_same_way(written: io.StringIO) -> None:
    try:
        raise RuntimeError(f"lost {PHONE}")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    assert "lost ***" in lines_of(written)


def test_ids_and_times_stay_readable(written: io.StringIO) -> None:
    log.info("sent", letter_id="0199c0de-7a11-7000-8000-2b1f00c0ffee", at=1763821769000, update=731_000_001)
    said = lines_of(written)
    assert "0199c0de-7a11-7000-8000-2b1f00c0ffee" in said
    assert "1763821769000" in said
    assert "731000001" in said


@pytest.mark.usefixtures("written")
def test_below_its_level_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("WARNING", [])
    log.info("quiet")
    log.warning("loud")
    said = capsys.readouterr().err
    assert "quiet" not in said
    assert "loud" in said
