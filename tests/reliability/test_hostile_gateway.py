"""Thousands of letters through a gateway that answers nothing as it should: each is accounted for."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.clock import WoundClock
from bot.settling import FIRST_ASKED, SENT_AGAIN, Settling
from content.letter import Letter
from storage import deliveries, outbox
from storage.database import Database
from storage.outbox import Destination
from tests.bot.house import START, Parts, a_house
from tests.engines import database, database_url, empty_url, engine, sqlite_template, vault
from tests.reliability.hostile import HOSTILE, HostileGateway, Ledger, Mood, hostile_gateway

__all__ = ["database", "database_url", "empty_url", "engine", "sqlite_template", "vault"]

# Two to each number: the second may not overtake the first.
EACH, SEED = 2, 20261123
# Seconds that an answer is waited for.
PATIENCE = 0.2
SECOND = timedelta(seconds=1)

States = Counter[str]
Fact = Callable[[HostileGateway, States], bool]


def _none_is_lost(gateway: HostileGateway, states: States) -> bool:
    """Each letter has a state with which it can rest, and the gateway was asked for each."""
    at_rest = not states["pending"] + states["sending"] + states["accepted"]
    return states.total() == len(gateway.letters) and at_rest


def _what_arrived_is_known(gateway: HostileGateway, states: States) -> bool:
    """And nothing that did not is called delivered."""
    return states["delivered"] == sum(bool(letter.taken) for letter in gateway.letters.values())


def _nobody_got_a_third(gateway: HostileGateway, _: States) -> bool:
    return all(letter.taken <= 2 for letter in gateway.letters.values())


def _who_asks_for_time_is_given_it(gateway: HostileGateway, _: States) -> bool:
    return not gateway.too_early


def _what_stays_unknown_was_sent_once_more(gateway: HostileGateway, states: States) -> bool:
    """Nobody can say what became of it, also not by a receipt; it was sent again, and never was taken."""
    never_taken = sum(not letter.taken for letter in gateway.letters.values())
    return states["unknown"] + states["failed"] == never_taken


def _nothing_stays_unknown(_: HostileGateway, states: States) -> bool:
    return not states["unknown"]


def _nobody_got_a_second(gateway: HostileGateway, _: States) -> bool:
    return all(letter.taken <= 1 for letter in gateway.letters.values())


ALWAYS: tuple[Fact, ...] = (
    _none_is_lost,
    _what_arrived_is_known,
    _nobody_got_a_third,
    _who_asks_for_time_is_given_it,
    _what_stays_unknown_was_sent_once_more,
)
# Where the gateway can be asked it is, before anything goes out a second time.
ASKED: tuple[Fact, ...] = (_nothing_stays_unknown, _nobody_got_a_second)

BAD_DAYS = pytest.mark.parametrize(
    ("moods", "numbers"),
    [(HOSTILE, 1_000), ((*HOSTILE, *["works"] * 5), 300)],
    ids=["hostile", "hostile half of the time"],
)


@pytest.mark.parametrize("engine", ["sqlite"])
@BAD_DAYS
async def test_each_letter_is_accounted_for(
    database: Database, moods: tuple[Mood, ...], numbers: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """By receipts; what nobody says anything of is sent once more."""
    started, clock = time.monotonic(), WoundClock(START)
    async with a_bad_day(database, clock, moods) as (gateway, house):
        await promise(house, numbers)
        await until_nothing_is_due(gateway, house)
        before = await states_of(house)
        assert _nobody_got_a_second(gateway, before), "something was sent again before anybody was asked"
        await gateway.report()
        settling = Settling(database, "sms", house.delivery, house.clock, None)
        await pass_time(gateway, house, settling, SENT_AGAIN, 1)
        assert _who_was_reported_is_not_written_to_again(gateway)
        await gateway.report()
        reported = await states_of(house)
        await pass_time(gateway, house, settling, SENT_AGAIN, 5)
        states = await states_of(house)
    with capsys.disabled():
        print_figures(gateway, before, states, time.monotonic() - started)
    assert states.total() == numbers * EACH
    assert states == reported, "what was sent again was sent a third time"
    assert not [fact.__name__ for fact in ALWAYS if not fact(gateway, states)]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("moods", [(*HOSTILE, *["works"] * 5)])
async def test_where_the_gateway_can_be_asked_nothing_stays_unknown_and_nobody_gets_two(
    database: Database, moods: tuple[Mood, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Receipts get lost on the way, all of them."""
    started, clock = time.monotonic(), WoundClock(START)
    async with a_bad_day(database, clock, moods) as (gateway, house):
        # More are unknown than are read at a time.
        await promise(house, 60)
        await until_nothing_is_due(gateway, house)
        before = await states_of(house)
        settling = Settling(database, "sms", house.delivery, house.clock, Ledger(gateway))
        while (await states_of(house))["unknown"] and house.clock.now() - START < timedelta(days=3):
            await pass_time(gateway, house, settling, FIRST_ASKED, 1)
        states = await states_of(house)
        await gateway.report()
        known = await states_of(house)
    with capsys.disabled():
        print_figures(gateway, before, states, time.monotonic() - started)
    assert not [fact.__name__ for fact in (*ALWAYS, *ASKED) if not fact(gateway, known)]


@asynccontextmanager
async def a_bad_day(
    database: Database, clock: WoundClock, moods: tuple[Mood, ...]
) -> AsyncIterator[tuple[HostileGateway, Parts]]:
    async with (
        hostile_gateway(clock, SEED, moods) as gateway,
        a_house(database, kannel_at=gateway.url, patience=PATIENCE) as house,
    ):
        gateway.clock = house.clock
        yield gateway, house


async def pass_time(
    gateway: HostileGateway, house: Parts, settling: Settling, time_: timedelta, times: int
) -> None:
    for _ in range(times):
        house.clock.wind(time_)
        await settling.settle()
        await until_nothing_is_due(gateway, house)


def _who_was_reported_is_not_written_to_again(gateway: HostileGateway) -> bool:
    return all(letter.taken == 1 for letter in gateway.letters.values() if letter.reported)


async def promise(house: Parts, numbers: int) -> None:
    async with house.database.writing() as tx:
        for number in range(numbers):
            to = Destination("sms", f"+86138{number:08}")
            for n in range(EACH):
                letter = Letter(f"第{n}课")
                await outbox.promise(tx, house.clock.now(), to, letter, "lesson", f"{number} {n}")


async def until_nothing_is_due(gateway: HostileGateway, house: Parts) -> None:
    """Through all the waits that the program gives itself, and that it was asked for.

    Letters that are due stay where they are while the gateway wants to be left alone: nobody knows but the
    door for how long, so the time that passes then doubles until it lets some of them out.
    """
    await house.send("sms")
    still, asked = SECOND, gateway.met.total()
    while due := await next_due(house):
        stands = gateway.met.total() == asked
        still, asked = 2 * still if stands else SECOND, gateway.met.total()
        house.clock.wind(max(still, due - house.clock.now()))
        await house.send("sms")


async def next_due(house: Parts) -> datetime | None:
    async with house.database.reading() as tx:
        return await deliveries.next_due(tx)


async def states_of(house: Parts) -> States:
    async with house.database.reading() as tx:
        return Counter(await deliveries.tally(tx))


def print_figures(gateway: HostileGateway, before: States, states: States, seconds: float) -> None:
    taken = Counter(letter.taken for letter in gateway.letters.values())
    print(  # noqa: T201 - the figures are what one runs it for
        f"\n{states.total()} letters, {gateway.met.total()} requests in {seconds:.0f} s, met with "
        f"{dict(gateway.met)}; taken never, once, …: {dict(sorted(taken.items()))}; before the receipts "
        f"{dict(before)}, after them {dict(states)}; asked too early: {len(gateway.too_early)}"
    )
