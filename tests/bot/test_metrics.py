"""What Prometheus is told: how much and how fast, of nobody, to those who may know."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from bot.app import App
from bot.clock import WallClock
from bot.readings import Readings
from storage.database import Database
from tests.bot.house import a_house
from tests.bot.test_app import Place, by_webhook

_LABELS = ("outcome", "door", "intent", "standing", "state")
SECRET = "a-secret-of-the-watcher"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
async def prometheus() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


async def test_it_counts_what_was_done_and_what_waits(place: Place, prometheus: httpx.AsyncClient) -> None:
    old, smart = await place.prepare()
    async with place.outside(), place.running() as app:
        place.world.text(old.phone.id, "签到")
        place.world.text(place.world.add_phone("生人", "+8613911112222").id, "你好")
        place.world.type(smart.phone.id, "签到")
        await place.reads(smart, False, 1)
        await place.reads(old, True, 1)
        await _settled(place, app)
        told = await _read(prometheus, place)
    assert told["liandong_turns_total", ("done", "sms")] == 2
    assert told["liandong_turns_total", ("done", "telegram")] == 1
    assert told["liandong_meanings_total", ("check_in",)] == 2
    assert told["liandong_meanings_total", ("stranger",)] == 1
    assert told["liandong_sends_total", ("sent", "telegram")] == 1
    assert told["liandong_turn_seconds_count", ("sms",)] == 2
    assert told["liandong_promise_seconds_count", ("telegram",)] == 1
    assert told["liandong_send_seconds_count", ("telegram",)] == 1
    assert 0 < told["liandong_promise_seconds_sum", ("telegram",)] < 10
    assert told["liandong_members_away", ("fresh",)] == 2
    assert (told["liandong_inbox_messages", ("new",)], told["liandong_database_readable", ()]) == (0, 1)
    assert told["liandong_database_bytes", ()] > 10_000
    assert told["process_resident_memory_bytes", ()] > 1_000_000


async def test_nobody_is_in_it(place: Place, prometheus: httpx.AsyncClient) -> None:
    old, smart = await place.prepare()
    async with place.outside(), place.running() as app:
        place.world.text(old.phone.id, "我在苏州昆山，叫石头")
        place.world.type(smart.phone.id, "工资被拖欠")
        await place.reads(smart, False, 1)
        await place.reads(old, True, 1)
        await _settled(place, app)
        text = (await prometheus.get(f"{place.program.url}/metrics")).text
    numbers = {sign for who in (old, smart) for sign in (who.phone.number[3:], str(who.phone.id), who.id)}
    words = {"石", "昆山", "工资", old.phone.owner, place.world.telegram.account.secret}
    assert not [one for one in numbers | words if one in text]
    assert text.isascii()


async def test_letters_that_cannot_leave_are_seen_to_wait(
    place: Place, prometheus: httpx.AsyncClient
) -> None:
    _, smart = await place.prepare()
    async with place.outside(), place.running() as app:
        place.world.private_chat(smart.phone.id).blocked = True
        place.world.type(smart.phone.id, "签到")
        await place.reads(smart, True, 1)
        await _settled(place, app)
        told = await _read(prometheus, place)
    assert told["liandong_sends_total", ("address_failed", "telegram")] == 1
    assert told["liandong_sends_total", ("sent", "sms")] == 1


async def test_it_is_read_from_this_machine_alone(place: Place, prometheus: httpx.AsyncClient) -> None:
    await place.prepare()
    url = f"{place.program.url}/metrics"
    async with place.outside(), place.running():
        assert (await prometheus.get(url)).status_code == 200
        for proxied in ({"X-Forwarded-For": "203.0.113.9"}, {"X-Real-IP": "127.0.0.1"}, {"Via": "1.1 proxy"}):
            assert (await prometheus.get(url, headers=proxied)).status_code == 404


async def test_with_a_secret_whoever_shows_it_may_read(place: Place, prometheus: httpx.AsyncClient) -> None:
    await place.prepare()
    url = f"{place.program.url}/metrics"
    async with place.outside(), place.running(LIANDONG_METRICS_SECRET=SECRET):
        for shown in ({}, {"Authorization": SECRET}, {"Authorization": f"Bearer {SECRET[:-1]}"}):
            assert (await prometheus.get(url, headers=shown)).status_code == 404
        behind = {"Authorization": f"Bearer {SECRET}", "X-Forwarded-For": "203.0.113.9"}
        assert (await prometheus.get(url, headers=behind)).status_code == 200


async def test_two_programs_in_one_process_share_no_figure(
    place: Place, prometheus: httpx.AsyncClient, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = Place(tmp_path / "other")
    _, smart = await place.prepare()
    await other.prepare()
    async with place.outside(), other.outside(), place.running(), other.running(**by_webhook(other)):
        place.world.type(smart.phone.id, "签到")
        await place.reads(smart, False, 1)
        assert ("liandong_turns_total", ("done", "telegram")) not in await _read(prometheus, other)


async def test_a_reading_holds_for_a_while_and_what_cannot_be_read_is_said(database: Database) -> None:
    async with a_house(database) as house:
        readings = Readings(database, WallClock(), lambda: None)
        first = await readings.latest()
        assert first is not None
        assert await readings.latest() is first, "a scrape costs the members nothing"
        async with house.database.writing() as tx:
            await tx.conn.exec_driver_sql("ALTER TABLE outbox RENAME TO elsewhere")
        assert await Readings(database, WallClock(), lambda: None).latest() is None


async def _settled(place: Place, app: App) -> None:
    await place.world.settled()
    async with asyncio.timeout(10):
        while not await app.idle():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def _read(client: httpx.AsyncClient, place: Place) -> dict[tuple[str, tuple[str, ...]], float]:
    """Each sample by its name and what its labels say, in the order of _LABELS."""
    answer = await client.get(f"{place.program.url}/metrics")
    assert (answer.status_code, answer.headers["content-type"][:10]) == (200, "text/plain")
    families: list[Metric] = list(text_string_to_metric_families(answer.text))
    return {
        (
            sample.name,
            tuple(sample.labels[label] for label in _LABELS if label in sample.labels),
        ): sample.value
        for family in families
        for sample in family.samples
    }
