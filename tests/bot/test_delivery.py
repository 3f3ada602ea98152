"""Promises are kept: by the next door where one is shut, later where the other side stumbles, never twice."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import select, update

from bot.channels.contract import Channel, SendingFailed
from bot.delivery import LEASE, Delivery
from bot.envelope import outgoing_of
from bot.sandbox.bot_api.refusals import too_many
from content.letter import Letter
from content.rules.retry import wait_after
from storage import claiming
from storage.addresses import addresses
from storage.contacts import contacts
from storage.database import Database
from storage.inbox import Raw
from storage.outbox import outbox
from tests.bot.channels.peers import HANG_UP, SILENCE, Peer, http, nobody, peer
from tests.bot.house import QUESTION, SMS_PATH, Parts, a_house, text_from

HELLO = Letter("您好")


@pytest.fixture
async def house(database: Database) -> AsyncIterator[Parts]:
    async with a_house(database) as parts:
        yield parts


async def test_a_letter_arrives(house: Parts) -> None:
    await house.promise(house.smart, HELLO, "chat")
    await house.promise(house.old, HELLO, "sms")
    await house.send()
    assert house.chat_to(house.smart) == ["您好"]
    assert house.sms_to(house.old) == ["【联动】您好"]


async def test_whoever_blocked_the_chat_gets_it_by_sms_and_can_answer_by_number(house: Parts) -> None:
    house.world.block(house.smart.phone.id)
    await house.promise(house.smart, QUESTION)
    await house.send()
    assert await house.suspended(house.smart) == {"telegram": "chat_blocked"}
    assert house.sms_to(house.smart) == ["【联动】您好，近来怎么样？\n回1 平安 回2 要帮忙"]

    await house.intake.keep([text_from(house.smart.phone, "1", "answer")])
    await house.intake.take_turns()
    async with house.database.reading() as tx:
        rows = (await tx.conn.execute(select(contacts.c.member_id, contacts.c.kind))).all()
    assert [tuple(row) for row in rows] == [(house.smart.id, "check_in")]


async def test_the_next_letter_goes_to_the_number_at_once(house: Parts) -> None:
    house.world.block(house.smart.phone.id)
    await house.promise(house.smart, HELLO, "1")
    await house.send()
    await house.promise(house.smart, Letter("再说一句"), "2")
    assert [row.channel for row in await house.letters()] == ["sms", "sms"]


async def test_without_another_door_it_failed_and_says_why_and_the_person_stays(house: Parts) -> None:
    async with house.database.writing() as tx:
        number = (addresses.c.person_id == house.smart.id) & (addresses.c.channel == "sms")
        await tx.conn.execute(update(addresses).where(number).values(ended_at=house.clock.now()))
    house.world.block(house.smart.phone.id)
    await house.promise(house.smart, HELLO)
    await house.send()
    letter = await house.letter()
    assert (letter.state, letter.reason, letter.settled_at is not None) == ("failed", "chat_blocked", True)
    await house.passes(days=3)
    assert await house.letter() == letter, "nobody knocks at a shut door again"

    house.world.unblock(house.smart.phone.id)
    updates = house.world.telegram.updates.since(None)
    await house.intake.keep([_raw(update) for update in updates])
    await house.intake.take_turns()
    assert await house.suspended(house.smart) == {}
    await house.promise(house.smart, HELLO, "2")
    await house.send()
    assert house.chat_to(house.smart) == ["您好"]


async def test_a_channel_that_is_not_set_up_shuts_nobody_s_number(house: Parts) -> None:
    only_chat = Delivery(house.database, {"telegram": house.channels["telegram"]}, house.clock)
    await house.promise(house.old, HELLO)
    await only_chat.keep_promises("sms")
    await only_chat.arrived()
    assert (await house.letter()).reason == "no_channel"
    assert await house.suspended(house.old) == {}


async def test_telegram_is_left_alone_as_long_as_it_asks_and_letters_keep_their_order(house: Parts) -> None:
    calls = []

    def full(method: str, _said: Mapping[str, Any]) -> None:
        calls.append(method)
        if len(calls) == 1:
            raise too_many(37)

    house.world.telegram.gate = full
    for n in ("一", "二", "三"):
        await house.promise(house.smart, Letter(n), n)
    await house.send()
    assert calls == ["sendmessage"], "nor is it asked to take the next letter meanwhile"
    assert {row.not_before - house.clock.now() for row in await house.letters()} == {timedelta(seconds=37)}
    assert [row.attempts for row in await house.letters()] == [1, 0, 0]
    await house.passes(seconds=36)
    assert house.chat_to(house.smart) == []
    await house.passes(seconds=1)
    assert house.chat_to(house.smart) == ["一", "二", "三"]


async def test_a_gateway_is_left_alone_as_long_as_it_asks(database: Database) -> None:
    async with (
        peer(http("429 Too Many", "", "Retry-After: 90")) as busy,
        a_house(database, "", busy.url) as house,
    ):
        await house.promise(house.old, HELLO)
        await house.send()
        assert (await house.letter()).not_before - house.clock.now() == timedelta(seconds=90)
        await house.passes(seconds=89)
        assert len(busy.heads) == 1
        await house.passes(seconds=1)
        assert len(busy.heads) == 2


@pytest.mark.parametrize("channel", ["telegram", "sms"])
async def test_a_side_that_stumbles_is_tried_again_by_the_table_and_given_up(
    database: Database, channel: str
) -> None:
    async with (
        peer(http("503 Service Unavailable", "{}")) as broken,
        a_house(database, broken.url, broken.url) as house,
    ):
        await house.promise(house.smart if channel == "telegram" else house.old, HELLO)
        waits = []
        await house.send()
        while (letter := await house.letter()).state == "pending":
            waits.append(letter.not_before - house.clock.now())
            await house.passes(seconds=waits[-1].total_seconds())
        assert waits == [wait_after(n, None) for n in range(1, len(waits) + 1)]
        assert wait_after(len(waits) + 1, None) is None
        assert (letter.state, letter.reason) == (
            "failed", "server_error" if channel == "telegram" else "gateway_busy"
        )  # fmt: skip
        assert len(broken.heads) == len(waits) + 1
        assert await house.suspended(house.smart) == {}


@pytest.mark.parametrize("channel", ["telegram", "sms"])
async def test_nobody_there_is_no_fault_of_the_letter(database: Database, channel: str) -> None:
    async with a_house(database, nobody(), nobody()) as house:
        await house.promise(house.smart if channel == "telegram" else house.old, HELLO)
        await house.send()
        letter = await house.letter()
        assert (letter.state, letter.reason) == ("pending", "not_connected")


@pytest.mark.parametrize("says", [SILENCE, HANG_UP], ids=["silence", "hung up"])
@pytest.mark.parametrize("channel", ["telegram", "sms"])
async def test_what_may_have_been_sent_is_not_sent_again_until_a_receipt_tells(
    database: Database, channel: str, says: bytes | None
) -> None:
    async with peer(says) as other, a_house(database, other.url, other.url, patience=0.3) as house:
        await house.promise(house.smart if channel == "telegram" else house.old, HELLO)
        await house.send()
        letter = await house.letter()
        assert (letter.state, letter.reason) == ("unknown", "no_answer")
        await house.passes(days=2)
        assert len(other.heads) == 1
        assert await _receipt(house, f"reference={letter.id}&status=1") == 200
        assert (await house.letter()).state == "delivered"


async def test_the_lease_is_committed_before_the_request_leaves(database: Database) -> None:
    async with peer(SILENCE) as other, a_house(database, other.url) as house:
        await house.promise(house.smart, HELLO)
        await house.delivery.keep_promises("telegram")
        await _heard(other)
        letter = await house.letter()
        assert (letter.state, letter.attempts) == ("sending", 1)
        await house.delivery.cut()


async def test_a_process_that_dies_while_sending_is_followed_by_one_more_attempt(database: Database) -> None:
    async with peer(SILENCE) as other, a_house(database, other.url, patience=1.5) as house:
        await house.promise(house.smart, HELLO)
        async with house.database.writing() as tx:
            [dying] = await claiming.claim(tx, house.clock.now(), LEASE, channel="telegram")
        with suppress(SendingFailed):
            await house.channels["telegram"].send(outgoing_of(dying))
        other.says = http("200 OK", '{"ok": true, "result": {"message_id": 5, "date": 1, '
                          f'"chat": {{"id": {house.smart.phone.id}, "type": "private"}}}}}}')  # fmt: skip
        reborn = await house.reborn()
        if database.url.get_backend_name() != "sqlite":
            # Another process may be at work there: time ends the lease.
            assert await reborn.keep_promises("telegram") == 0
            house.clock.wind(timedelta(minutes=5))
        assert await reborn.keep_promises("telegram") == 1
        await reborn.arrived()
        letter = await house.letter()
        assert (letter.state, letter.attempts, len(other.heads)) == ("accepted", 2, 2)


async def test_told_to_stop_in_the_middle_of_a_request_it_never_sends_that_letter_twice(
    database: Database,
) -> None:
    """Whether it arrived nobody can say; the letters behind it did not leave, and need no lease to end."""
    async with peer(SILENCE) as other, a_house(database, other.url, patience=30) as house:
        await house.promise(house.smart, HELLO, "first")
        await house.promise(house.smart, HELLO, "second")
        await house.delivery.keep_promises("telegram")
        await _heard(other)
        await house.delivery.cut()
        [first, second] = await house.letters()
        assert (first.state, first.reason) == ("unknown", "stopped")
        assert (second.state, second.attempts, second.lease_until) == ("pending", 0, None)


async def test_told_to_stop_while_telegram_is_out_of_reach_it_tries_again_at_the_next_start(
    database: Database,
) -> None:
    with _unreachable() as url:
        async with a_house(database, url, patience=30) as house:
            await house.promise(house.smart, HELLO)
            await house.delivery.keep_promises("telegram")
            await asyncio.sleep(0.5)
            await house.delivery.cut()
            letter = await house.letter()
            assert (letter.state, letter.reason, letter.lease_until) == ("pending", "stopped", None)


async def test_what_arrived_is_written_down_also_where_we_are_told_to_stop_meanwhile(
    database: Database,
) -> None:
    async with a_house(database) as house:
        await house.promise(house.smart, HELLO)
        beside = _somebody_who_locks(house.database)

        def gate(method: str, _said: object) -> None:
            if method == "sendmessage":
                beside.execute("BEGIN IMMEDIATE")

        house.world.telegram.gate = gate
        sending = asyncio.create_task(house.delivery.keep_promises("telegram"))
        while not house.chat_to(house.smart):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.3)
        leaving = asyncio.create_task(house.delivery.cut())
        await asyncio.sleep(0.1)
        beside.close()
        await leaving
        await asyncio.gather(sending, return_exceptions=True)
        assert (await house.letter()).state == "accepted"


def _somebody_who_locks(database: Database) -> sqlite3.Connection:
    """On PostgreSQL nobody holds up the outbox as a whole: there it locks a database of its own."""
    file = database.url.database if database.url.get_backend_name() == "sqlite" else ":memory:"
    return sqlite3.connect(file or "", isolation_level=None)


@contextmanager
def _unreachable() -> Iterator[str]:
    """Packets to there are dropped, as on the way to Telegram: a connection that never comes about."""
    with socket.socket() as deaf, ExitStack() as waiting:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(4):
            caller = waiting.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(deaf.getsockname())
        yield f"http://127.0.0.1:{deaf.getsockname()[1]}"


async def test_a_letter_we_cannot_even_write_stops_no_other(house: Parts) -> None:
    await house.promise(house.smart, Letter("", sms="只有短信"), "broken")
    await house.promise(house.smart, HELLO, "sound")
    await house.send()
    assert [(row.state, row.reason) for row in await house.letters()] == [
        ("unknown", "our_fault"),
        ("accepted", None),
    ]


async def test_a_slow_telegram_keeps_no_sms_waiting(database: Database) -> None:
    async with peer(SILENCE) as slow, a_house(database, slow.url, patience=30) as house:
        await house.promise(house.smart, HELLO, "chat")
        await house.promise(house.old, HELLO, "sms")
        await house.delivery.keep_promises("telegram")
        async with asyncio.timeout(20):
            await house.send("sms")
        assert house.sms_to(house.old) == ["【联动】您好"]
        await house.delivery.cut()


async def test_a_phone_that_got_it_says_so(house: Parts) -> None:
    await house.promise(house.old, HELLO)
    await house.send()
    await house.world.settled()
    assert (await house.letter()).state == "delivered"


async def test_a_phone_that_never_got_it_is_a_failure_with_its_reason(house: Parts) -> None:
    house.world.switch_off(house.old.phone.id)
    await house.promise(house.old, HELLO)
    await house.send()
    await house.world.settled()
    letter = await house.letter()
    assert (letter.state, letter.reason) == ("failed", "phone_off:027")


async def test_receipts_that_come_twice_or_late_change_nothing(house: Parts) -> None:
    await house.promise(house.old, HELLO)
    await house.send()
    await house.world.settled()
    settled = await house.letter()
    house.clock.wind(timedelta(hours=1))
    for status in (1, 2, 8, 16, 1):
        assert await _receipt(house, f"reference={settled.id}&status={status}") == 200
    assert await house.letter() == settled


@pytest.mark.parametrize(
    "query",
    [
        "",
        "reference=nobody-s&status=1",
        "reference=&status=1",
        "reference=%00&status=1",
        "reference=%ff%fe&status=1",
        "reference=1&status=%D9%A1",
        f"reference={'9' * 5000}&status=1",
        "status=1",
        "reference=1&status=-1",
        "reference=1&status=99999999999999999999",
        f"reference={quote('石远')}&status=2&answer={'x' * 5000}",
        "%%%&&&===",
    ],
)
async def test_a_receipt_for_nobody_or_of_garbage_is_harmless(house: Parts, query: str) -> None:
    await house.promise(house.old, HELLO)
    before = await house.letter()
    assert await _receipt(house, query) == 200, "or the gateway brings it again for ever"
    assert await house.letter() == before


async def test_letters_to_one_person_arrive_in_their_order(house: Parts) -> None:
    said = [f"第{n}句" for n in range(60)]
    for words in said:
        await house.promise(house.smart, Letter(words), words)
    await house.send()
    assert house.chat_to(house.smart) == said


async def test_a_receipt_faster_than_the_gateway_s_own_answer_stands(house: Parts) -> None:
    """The centre's answer can come after the phone's: the letter is not taken back to `accepted`."""
    channel = _ReceiptFirst(house)
    delivery = Delivery(house.database, {"sms": channel}, house.clock)
    await house.promise(house.old, HELLO)
    await delivery.keep_promises("sms")
    await delivery.arrived()
    assert (await house.letter()).state == "delivered"


class _ReceiptFirst:
    """The real door, whose answer is on the way until the receipt has come."""

    def __init__(self, house: Parts) -> None:
        self._house = house
        self._real: Channel = house.channels["sms"]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    async def send(self, outgoing: Any) -> Any:
        sent = await self._real.send(outgoing)
        await self._house.world.settled()
        return sent


async def _heard(other: Peer) -> None:
    while not other.heads:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def _receipt(house: Parts, query: str) -> int:
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(f"{house.url}{SMS_PATH}/receipt?{query}")).status_code


def _raw(update: dict[str, Any]) -> Raw:
    return Raw("telegram", str(update["update_id"]), update)


async def test_a_letter_whose_seal_is_broken_keeps_nobody_waiting(house: Parts) -> None:
    await house.promise(house.old, QUESTION, "broken")
    async with house.database.writing() as tx:
        await tx.conn.execute(update(outbox).values(letter=b"\x01" + bytes(40)))
    await house.promise(house.old, QUESTION, "sound")
    await house.send()
    [broken, sound] = await house.letters()
    assert (broken.state, broken.reason) == ("failed", "seal_broken")
    assert sound.state in ("accepted", "delivered")
