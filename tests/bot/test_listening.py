"""Nothing is confirmed to Telegram that is not in the inbox, and nothing that it sends makes us deaf."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot import listening
from bot.channels.telegram import Telegram
from bot.hearing import HealthAndHearing, Hearing
from bot.listening import listen
from bot.sandbox.bot_api.refusals import another_poller
from storage.database import Database
from tests.bot.house import Parts, a_house, locked_inbox


@pytest.fixture
async def house(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Parts]:
    monkeypatch.setattr(listening, "_PAUSE", 0.02)
    async with a_house(database) as parts:
        yield parts


@asynccontextmanager
async def hearing(house: Parts, ears: Hearing | None = None) -> AsyncIterator[None]:
    door = house.channels["telegram"]
    assert isinstance(door, Telegram)
    task = asyncio.create_task(listen(door, house.intake, lambda: None, ears or Hearing(house.clock)))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not so():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def kept(house: Parts, count: int) -> None:
    async with asyncio.timeout(10):
        while len(await house.messages()) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_what_was_said_while_we_were_down_is_heard(house: Parts) -> None:
    for n in range(120):
        house.world.type(house.smart.phone.id, f"第{n}句")
    async with hearing(house):
        await kept(house, 120)
        await until(lambda: not house.world.telegram.updates.waiting)
    assert len(await house.messages()) == 120


async def test_telegram_forgets_nothing_that_we_could_not_keep(house: Parts) -> None:
    async with hearing(house):
        async with locked_inbox(house.database):
            house.world.type(house.smart.phone.id, "签到")
            await asyncio.sleep(0.4)
            assert len(house.world.telegram.updates.waiting) == 1
        await until(lambda: not house.world.telegram.updates.waiting)
        assert len(await house.messages()) == 1


async def test_another_poller_is_outlived(house: Parts) -> None:
    refusals = iter([another_poller(), another_poller()])

    def gate(method: str, _said: object) -> None:
        if method == "getupdates" and (refusal := next(refusals, None)):
            raise refusal

    house.world.telegram.gate = gate
    house.world.type(house.smart.phone.id, "签到")
    async with hearing(house):
        await kept(house, 1)


async def test_two_that_ask_under_one_token_do_not_chase_each_other(house: Parts) -> None:
    waits: list[Any] = []
    house.world.telegram.gate = lambda _method, said: waits.append(said.get("timeout"))
    ears = Hearing(house.clock)
    health = HealthAndHearing(house.database, house.clock, house.clock.now, ears)
    with capture_logs() as written:
        async with hearing(house, ears):
            for _ in range(4):
                await _another_asks(house)
        house.clock.wind(timedelta(minutes=4))
        early = await health.report()
        house.clock.wind(timedelta(minutes=4))
        late = await health.report()
    [told] = [line for line in written if line["event"] == "not_listening"]
    assert (told["reason"], told["log_level"]) == ("another_poller", "warning")
    assert "停掉它" in told["hint"] and "stop it" in told["hint"]
    assert (early["ok"], early["telegram"]["reason"]) == (True, "another_poller")
    assert (late["ok"], late["wrong"], late["telegram"]["seconds"]) == (False, ["telegram"], 480)
    assert waits.count("25") <= 6


async def test_once_the_other_is_gone_for_a_while_all_is_well_again(house: Parts) -> None:
    ears = Hearing(house.clock)
    pauses = [ears.lost("another_poller", "", 3.0) for _ in range(7)]
    assert pauses == [3, 6, 12, 24, 48, 60, 60]
    ears.regained()
    assert ears.told() == {"hears": False, "reason": "another_poller", "seconds": 0}
    house.clock.wind(timedelta(minutes=6))
    assert ears.is_deaf
    ears.regained()
    assert ears.told() == {"hears": True, "reason": None, "seconds": None}
    assert ears.lost("another_poller", "", 3.0) == 3.0


async def test_one_line_is_enough_for_one_trouble(house: Parts) -> None:
    ears = Hearing(house.clock)
    with capture_logs() as written:
        for reason in ("not_connected", "not_connected", "bot_token", "bot_token"):
            assert ears.lost(reason, "look at the network", 3.0) == 3.0
        ears.regained()
        ears.regained()
    assert [(line["event"], line.get("reason")) for line in written] == [
        ("not_listening", "not_connected"),
        ("not_listening", "bot_token"),
        ("listening_again", None),
    ]


async def _another_asks(house: Parts) -> None:
    """A second program with the same token asks once, and is sent away by ours or not."""
    url = f"{house.sandbox}/bot{house.world.telegram.account.token}/getUpdates"
    async with httpx.AsyncClient(trust_env=False, timeout=20) as other:
        with suppress(httpx.HTTPError):
            await other.get(url, params={"timeout": 1, "offset": 0})


@pytest.mark.parametrize("garbage", [{}, {"update_id": None}, {"update_id": "x"}, [], 7, None, "update"])
async def test_what_has_no_number_keeps_nobody_waiting(house: Parts, garbage: object) -> None:
    house.world.telegram.updates.waiting[1] = garbage  # type: ignore[assignment]
    house.world.type(house.smart.phone.id, "签到")
    async with hearing(house):
        await kept(house, 1)
        house.world.type(house.smart.phone.id, "签到")
        await kept(house, 2)


async def test_a_fault_at_the_start_does_not_make_us_deaf(
    house: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = house.channels["telegram"]
    faults = iter([RuntimeError(), KeyError("username")])
    start = Telegram.start

    async def stumbling(self: Telegram) -> str:
        if fault := next(faults, None):
            raise fault
        return await start(self)

    assert isinstance(door, Telegram)
    monkeypatch.setattr(Telegram, "start", stumbling)
    house.world.type(house.smart.phone.id, "签到")
    async with hearing(house):
        await kept(house, 1)
