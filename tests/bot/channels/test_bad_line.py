"""What is the same with every company: nobody answers, or something answers that is no company."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.contract import OutcomeUnknown, SendingFailed, TryLater
from bot.channels.gateways.contract import Gateway
from bot.channels.wire import LONGEST_WAIT
from tests.bot.channels import (
    test_aliyun,
    test_kannel,
    test_plain_http,
    test_tencent,
    test_twilio,
    test_yunmas,
)
from tests.bot.channels.bad_line import LESSON, Opens, assert_it_is, failed_once
from tests.bot.channels.peers import HANG_UP, SILENCE, http, nobody


@pytest.fixture(params=["kannel", "aliyun", "tencent", "yunmas", "twilio", "plain_http 1", "plain_http 2"])
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Opens:
    name, _, number = str(request.param).partition(" ")

    @asynccontextmanager
    async def by_its_file(url: str) -> AsyncIterator[Gateway]:
        written = test_plain_http.example(int(number), url)
        async with test_plain_http.company(tmp_path, written) as one:
            yield one

    if name == "plain_http":
        return by_its_file
    made: dict[str, Opens] = {
        "kannel": test_kannel.kannel,
        "aliyun": test_aliyun.gateway,
        "tencent": test_tencent.gateway,
        "yunmas": test_yunmas.yunmas,
        "twilio": test_twilio.twilio,
    }
    return made[name]


@pytest.mark.parametrize(
    ("says", "kind", "reason"),
    [
        (SILENCE, OutcomeUnknown, "no_answer"),
        (HANG_UP, OutcomeUnknown, "no_answer"),
        (b"\x00garbage\r\n\r\n", OutcomeUnknown, "no_answer"),
        (http("200 OK", "<html>Welcome to this hotel"), OutcomeUnknown, "answer_unreadable"),
        (http("502 Bad Gateway", "<html>"), OutcomeUnknown, "no_answer"),
        (http("504 Gateway Timeout", "<html>"), OutcomeUnknown, "no_answer"),
        (http("503 Busy", "<html>"), TryLater, "gateway_busy"),
        (http("403 Forbidden", "<html>"), TryLater, "gateway_login"),
        (http("404 Not Found", "<html>"), TryLater, "gateway_address"),
    ],
)
async def test_what_left_without_a_clear_answer_was_sent_once(
    opens: Opens, says: bytes | None, kind: type[SendingFailed], reason: str
) -> None:
    await assert_it_is(says, opens, kind, reason)


async def test_told_to_wait_we_know_how_long(opens: Opens) -> None:
    failure = await failed_once(http("429 Too Many Requests", "", "Retry-After: 9"), opens)
    assert isinstance(failure, TryLater)
    assert (failure.reason, failure.after) == ("too_many", timedelta(seconds=9))


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        (["Retry-After: 99999999999"], LONGEST_WAIT),
        ([f"Retry-After: {'9' * 5000}"], LONGEST_WAIT),
        (
            ["Date: Mon, 02 Nov 2026 02:00:00 GMT", "Retry-After: Mon, 02 Nov 2026 02:01:30 GMT"],
            timedelta(seconds=90),
        ),
        (["Date: Mon, 02 Nov 2026 02:00:00 GMT", "Retry-After: Mon, 02 Nov 2026 01:00:00 GMT"], timedelta()),
        (["Retry-After: Mon, 02 Nov 2026 02:01:30 GMT"], None),
        (["Retry-After: soon"], None),
        (["Retry-After: -5"], None),
    ],
)
async def test_a_wish_to_wait_is_read_in_both_forms_and_shuts_no_door_for_days(
    opens: Opens, headers: list[str], after: timedelta | None
) -> None:
    """A proxy that says a year would else keep cries for help for a year."""
    failure = await failed_once(http("429 Too Many Requests", "", *headers), opens)
    assert isinstance(failure, TryLater)
    assert (failure.reason, failure.after) == ("too_many", after)


async def test_where_nobody_listens_nothing_left(opens: Opens) -> None:
    async with opens(nobody()) as gateway:
        with pytest.raises(TryLater, match="not_connected"):
            await gateway.send(LESSON)
