"""The whole program in one piece: it says what keeps it from starting, works by webhook, and ends tidily."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.app import App, running
from bot.clock import WallClock
from bot.sandbox.bot_api.refusals import bad_request, too_many
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World
from bot.serving import PortBusy
from bot.settings import read_settings
from storage import deliveries
from storage.migrations import DatabaseOutOfDate
from storage.vault import KeyFileWrong, new_vault, write_vault
from tests.bot.house import chat_from
from tests.ports import free_port
from tests.reliability.branch import Resident, found_branch
from tests.reliability.program import Program

SECRET = "a-secret-of-the-webhook"


class Place:
    """`program` is here only its settings and its database: it runs in this process."""

    def __init__(self, folder: Path) -> None:
        self.world, self.port = World(WallClock()), free_port()
        self.program = Program(folder, self.world, f"http://127.0.0.1:{self.port}")

    async def prepare(self) -> tuple[Resident, Resident]:
        await self.program.prepare()
        async with self.program.database() as database:
            old, smart = await found_branch(database, self.world, self.world.clock.now(), 2)
        return old, smart

    @asynccontextmanager
    async def outside(self) -> AsyncIterator[None]:
        async with serving(sandbox_app(self.world, self.program.account), self.port):
            yield

    @asynccontextmanager
    async def running(self, **settings: str) -> AsyncIterator[App]:
        ours = {k: v for k, v in (self.program.settings | settings).items() if k.startswith("LIANDONG_")}
        async with running(read_settings(ours, self.program.folder), WallClock(), 0.2) as app:
            yield app

    async def reads(self, who: Resident, sms: bool, count: int) -> list[str]:
        async with asyncio.timeout(10):
            while True:
                chat = [] if sms else [m.text for m in self.world.chat(who.phone.id) if m.from_bot]
                texts = [m.body for m in self.world.sms(who.phone.id) if m.from_program]
                if len(heard := texts if sms else chat) >= count:
                    return heard
                await asyncio.sleep(0.01)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


async def test_without_its_database_it_says_what_to_do(place: Place) -> None:
    with pytest.raises(DatabaseOutOfDate):
        async with place.running():
            pass


async def test_without_its_key_it_says_what_to_do(place: Place) -> None:
    await place.prepare()
    (place.program.folder / "key").unlink()
    with pytest.raises(KeyFileWrong):
        async with place.running():
            pass


async def test_with_another_databases_key_it_does_not_start_and_spoils_nothing(place: Place) -> None:
    await place.prepare()
    key = place.program.folder / "key"
    key.unlink()
    write_vault(new_vault(), key)
    with pytest.raises(KeyFileWrong):
        async with place.running():
            pass


async def test_a_busy_port_ends_it_and_leaves_nothing_running(place: Place) -> None:
    await place.prepare()
    async with place.outside():
        with pytest.raises(PortBusy):
            async with place.running(LIANDONG_HTTP_PORT=str(place.port)):
                pass
    assert len(asyncio.all_tasks()) == 1


def by_webhook(place: Place) -> dict[str, str]:
    return {
        "LIANDONG_TELEGRAM_MODE": "webhook",
        "LIANDONG_TELEGRAM_WEBHOOK_URL": place.program.url,
        "LIANDONG_TELEGRAM_SECRET": SECRET,
    }


async def test_by_webhook_it_hears_and_answers(place: Place) -> None:
    _, smart = await place.prepare()
    asked: dict[str, object] = {}

    def gate(method: str, said: Mapping[str, object]) -> None:
        if method == "setwebhook":
            asked.update(said)

    place.world.telegram.gate = gate
    async with place.outside(), place.running(**by_webhook(place)):
        place.world.type(smart.phone.id, "签到")
        assert "平安" in (await place.reads(smart, False, 1))[0]
    assert (asked["url"], asked["secret_token"]) == (f"{place.program.url}/telegram", SECRET)
    assert (asked["max_connections"], str(asked.get("drop_pending_updates")).lower()) == ("40", "false")
    assert "my_chat_member" in str(asked["allowed_updates"])


async def test_between_polling_and_webhook_nothing_is_dropped(place: Place) -> None:
    """What was said before, between and after is answered, once each."""
    _, smart = await place.prepare()
    async with place.outside():
        for before, way in enumerate([{}, by_webhook(place), {}, by_webhook(place)]):
            place.world.type(smart.phone.id, "签到")
            async with place.running(**way):
                await place.reads(smart, False, 2 * before + 1)
                assert bool(place.world.telegram.updates.webhook) == bool(way)
                place.world.type(smart.phone.id, "签到")
                await place.reads(smart, False, 2 * before + 2)
        assert len(await place.reads(smart, False, 8)) == 8


async def test_an_update_that_telegram_brings_again_has_one_effect(place: Place) -> None:
    """It got no 200 in time, or lost it on the way: ours to know, for weeks."""
    _, smart = await place.prepare()
    update = chat_from(smart.phone, "签到", 4711).payload
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with place.outside(), place.running(**by_webhook(place)) as app, httpx.AsyncClient() as telegram:
        for _ in range(3):
            calls = (
                telegram.post(f"{place.program.url}/telegram", json=update, headers=headers) for _ in "123"
            )
            assert {answer.status_code for answer in await asyncio.gather(*calls)} == {200}
            await place.reads(smart, False, 1)
        async with asyncio.timeout(10):
            while not await app.idle():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    assert len(await place.reads(smart, False, 1)) == 1


async def test_a_webhook_that_telegram_refuses_is_named_and_sms_works_on(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    old, _ = await place.prepare()

    def gate(method: str, _said: object) -> None:
        if method == "setwebhook":
            raise bad_request("bad webhook: Failed to resolve host: Name or service not known")

    place.world.telegram.gate = gate
    async with place.outside(), place.running(**by_webhook(place)):
        place.world.text(old.phone.id, "签到")
        await place.reads(old, True, 1)
        await asyncio.sleep(0.2)
    said = "".join(capsys.readouterr())
    assert "LIANDONG_TELEGRAM_WEBHOOK_URL is not accepted" in said
    assert "failed to resolve host" in said


async def test_with_sms_alone_it_works(place: Place) -> None:
    old, _ = await place.prepare()
    async with place.outside(), place.running(LIANDONG_TELEGRAM_TOKEN="") as app:
        place.world.text(old.phone.id, "签到")
        assert "平安" in (await place.reads(old, True, 1))[0]
        await place.world.settled()
        assert await app.idle()


async def test_telegram_s_wish_to_be_left_alone_outlives_the_tick(place: Place) -> None:
    _, smart = await place.prepare()

    def full(method: str, _said: object) -> None:
        if method == "sendmessage":
            raise too_many(60)

    place.world.telegram.gate = full
    async with place.outside(), place.running() as app:
        place.world.type(smart.phone.id, "签到")
        async with asyncio.timeout(10):
            while True:
                async with app.database.reading() as tx:
                    due = await deliveries.next_due(tx)
                if due and due - app.clock.now() > timedelta(seconds=30):
                    break
                await asyncio.sleep(0.02)


async def test_nothing_of_it_stays_behind(place: Place) -> None:
    await place.prepare()
    before = len(asyncio.all_tasks())
    async with place.outside(), place.running():
        await asyncio.sleep(0.3)
    assert len(asyncio.all_tasks()) == before
