"""Nothing is confirmed to Telegram that is not in the inbox, and nothing that it sends makes us deaf."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot import listening
from bot.channels.telegram import Telegram
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
async def hearing(house: Parts) -> AsyncIterator[None]:
    door = house.channels["telegram"]
    assert isinstance(door, Telegram)
    task = asyncio.create_task(listen(door, house.intake, lambda: None))
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
