"""After a crash: what had left may have arrived, and what waited for its turn is as good as untouched."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.delivery import LEASE
from bot.on_the_wire import OnTheWire
from content.letter import Letter
from storage import claiming
from storage.database import Database
from tests.bot.channels.peers import SILENCE, Peer, peer
from tests.bot.house import Parts, a_house

HELLO = Letter("您好")


@pytest.fixture
def engine() -> str:
    return "sqlite"


def page_of(house: Parts) -> set[str] | None:
    return OnTheWire(house.database.file).of_the_dead()


async def test_a_letter_that_crashes_found_waiting_goes_out_all_the_same(database: Database) -> None:
    """However many: none of them counts as an attempt that may have arrived."""
    async with a_house(database) as house:
        await house.delivery.take_over()
        await house.promise(house.smart, HELLO)
        for _ in range(3):
            async with house.database.writing() as tx:
                assert await claiming.claim(tx, house.clock.now(), LEASE, channel="telegram")
            await house.reborn()
        letter = await house.letter()
        assert (letter.state, letter.attempts, letter.unsure) == ("pending", 0, 0)
        await house.send()
        assert house.chat_to(house.smart) == ["您好"]


@pytest.mark.parametrize("channel", ["telegram", "sms"])
async def test_one_that_had_left_goes_out_once_more_and_is_counted(database: Database, channel: str) -> None:
    async with peer(SILENCE) as other, a_house(database, other.url, other.url) as house:
        await house.delivery.take_over()
        await house.promise(house.smart if channel == "telegram" else house.old, HELLO)
        delivery = house.delivery
        for unsure in (0, 1):
            assert await delivery.keep_promises(channel) == 1
            await _heard(other, unsure + 1)
            letter = await house.letter()
            assert (letter.state, letter.unsure) == ("sending", unsure)
            assert page_of(house) == {letter.id}
            delivery = await house.reborn()
        assert await delivery.keep_promises(channel) == 0
        assert (await house.letter()).state == "unknown"


async def test_it_is_noted_before_the_other_side_has_it_and_wiped_once_that_is_written(
    database: Database,
) -> None:
    async with a_house(database) as house:
        noted: list[set[str] | None] = []
        house.world.telegram.gate = lambda _method, _said: noted.append(page_of(house))
        await house.delivery.take_over()
        await house.promise(house.smart, HELLO)
        assert page_of(house) == set()
        await house.send()
        assert noted == [{(await house.letter()).id}]
        assert page_of(house) == set()


async def test_all_of_one_request_are_noted_and_their_places_are_used_again(tmp_path: Path) -> None:
    file = tmp_path / "liandong.db"
    wire = OnTheWire(file)
    wire.begin()
    for n in range(5):
        ids = [f"{'c' * 26}.{'p' * 26}.{n}{one}" for one in range(3)]
        with wire.request(ids) as together:
            together.leaves()
            together.leaves()
        assert OnTheWire(file).of_the_dead() == set(ids)
        together.is_settled()
    assert (tmp_path / "liandong.db-wire").stat().st_size == 64 * 5


async def test_a_page_of_before_the_machine_started_is_not_believed(tmp_path: Path) -> None:
    """It is written without a sync: a power cut takes what stood on it."""
    boot, file = tmp_path / "boot", tmp_path / "liandong.db"
    boot.write_text("one\n")
    wire = OnTheWire(file, boot)
    assert wire.of_the_dead() is None
    wire.begin()
    assert OnTheWire(file, boot).of_the_dead() == set()
    boot.write_text("two\n")
    assert OnTheWire(file, boot).of_the_dead() is None


async def test_where_no_page_can_be_kept_each_counts_as_one_that_left(tmp_path: Path) -> None:
    (tmp_path / "liandong.db-wire").symlink_to("/dev/full")
    wire = OnTheWire(tmp_path / "liandong.db")
    wire.begin()
    with wire.request(["a"]) as request:
        request.leaves()
    request.is_settled()
    assert wire.of_the_dead() is None
    assert OnTheWire(None).of_the_dead() is None


async def _heard(other: Peer, copies: int) -> None:
    async with asyncio.timeout(20):
        while len(other.heads) < copies:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
