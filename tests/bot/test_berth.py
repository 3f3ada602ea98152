"""Several processes on one database: after a crash each knows which leases were its own, and what left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import running
from bot.berth import Berth, berth_in
from bot.clock import WallClock
from bot.delivery import LEASE, Delivery
from bot.on_the_wire import OnTheWire
from bot.settings import read_settings
from content.letter import Letter
from storage import answers, claiming, outbox
from storage.database import Database
from storage.vault import Vault, write_vault
from tests.bot.house import Parts, a_house
from tests.ports import free_port

HELLO = Letter("您好")


@pytest.fixture
def engine() -> str:
    return "postgresql"


def in_berth(folder: Path) -> Berth:
    berth = berth_in(folder)
    assert berth
    return berth


async def started(house: Parts, berth: Berth) -> tuple[Delivery, OnTheWire]:
    """A process in this berth, which has looked after what the one before it left."""
    wire = OnTheWire(berth.page)
    house.database.leases_as = berth.name
    delivery = Delivery(house.database, house.channels, house.clock, wire=wire)
    await delivery.take_over()
    return delivery, wire


async def takes_up(house: Parts) -> str:
    async with house.database.writing() as tx:
        [letter] = await claiming.claim(tx, house.clock.now(), LEASE, channel="telegram")
    return letter.id


def test_a_berth_has_its_name_over_all_starts_and_is_one_process_s_alone(tmp_path: Path) -> None:
    first = in_berth(tmp_path / "one")
    assert berth_in(tmp_path / "one") is None, "somebody is there"
    another = in_berth(tmp_path / "two")
    assert another.name != first.name
    first.close()
    again = in_berth(tmp_path / "one")
    assert (again.name, again.page) == (first.name, first.page)
    for berth in (again, another):
        berth.close()


def test_where_nothing_can_be_written_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert berth_in(tmp_path / "file") is None


@pytest.fixture
def berths(tmp_path: Path) -> Iterator[tuple[Berth, Berth]]:
    with ExitStack() as closing:
        both = in_berth(tmp_path / "one"), in_berth(tmp_path / "two")
        for one in both:
            closing.callback(one.close)
        yield both


async def test_a_letter_that_crashes_found_waiting_goes_out_all_the_same(
    database: Database, berths: tuple[Berth, Berth]
) -> None:
    async with a_house(database) as house:
        await house.promise(house.smart, HELLO)
        for _ in range(3):
            await started(house, berths[0])
            await takes_up(house)
        await started(house, berths[0])
        letter = await house.letter()
        assert (letter.state, letter.attempts, letter.unsure) == ("pending", 0, 0)


async def test_what_had_left_is_due_at_once_and_counts_as_one_that_may_have_come(
    database: Database, berths: tuple[Berth, Berth]
) -> None:
    async with a_house(database) as house:
        await house.promise(house.smart, HELLO)
        _, wire = await started(house, berths[0])
        with wire.request([await takes_up(house)]) as request:
            request.leaves()
        await started(house, berths[0])
        await takes_up(house)
        assert (await house.letter()).unsure == 1


async def test_nobody_ends_the_leases_of_another_who_lives(
    database: Database, berths: tuple[Berth, Berth]
) -> None:
    mine, theirs = berths
    async with a_house(database) as house:
        await house.promise(house.smart, HELLO)
        await started(house, mine)
        await takes_up(house)
        await started(house, theirs)
        letter = await house.letter()
        assert (letter.state, letter.leased_by) == ("sending", mine.name)
        house.clock.wind(LEASE + timedelta(seconds=1))
        await takes_up(house)
        await started(house, mine)
        assert ((await house.letter()).state, (await house.letter()).leased_by) == ("sending", theirs.name)


async def test_an_answer_that_its_turn_carries_is_leased_in_the_name_too(
    database: Database, berths: tuple[Berth, Berth]
) -> None:
    async with a_house(database) as house:
        await started(house, berths[0])
        async with house.database.writing() as tx:
            to = outbox.Destination("telegram", str(house.smart.phone.id))
            assert await answers.promise(tx, house.clock.now(), to, HELLO, "w-1", lease=LEASE)
        assert (await house.letter()).leased_by == berths[0].name


async def test_the_program_takes_its_berth_and_leaves_it(
    database_url: str, vault: Vault, tmp_path: Path
) -> None:
    write_vault(vault, tmp_path / "key")
    written = {
        "LIANDONG_DATABASE_URL": database_url,
        "LIANDONG_KEY_FILE": str(tmp_path / "key"),
        "LIANDONG_STATE_FOLDER": str(tmp_path / "state"),
        "LIANDONG_HTTP_PORT": str(free_port()),
    }
    async with running(read_settings(written, tmp_path), WallClock()) as app:
        assert app.database.leases_as
        assert berth_in(tmp_path / "state") is None
        async with asyncio.timeout(60):
            while not (tmp_path / "state" / "liandong-wire").exists():  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    in_berth(tmp_path / "state").close()
