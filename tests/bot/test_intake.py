"""One message, one turn, one transaction: each takes effect once, and none stands in another's way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.channels.contract import Incoming
from bot.turns import Turns
from content.act import Act
from content.letter import Letter
from handlers import for_members
from handlers.turn import Turn
from storage import addresses
from storage.contacts import contacts
from storage.database import Database, DatabaseRefused
from storage.inbox import Raw, inbox
from tests.bot.house import Parts, a_house, chat_from, locked_inbox, text_from

SORRY = "没有办成"


@pytest.fixture
async def house(database: Database) -> AsyncIterator[Parts]:
    async with a_house(database) as parts:
        yield parts


Break = Callable[[Callable[[Turn], bool]], None]


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Break:
    """From now on 签到 fails for whom it is told, after it has written something."""

    def break_it(for_whom: Callable[[Turn], bool]) -> None:
        real = for_members.FOR_MEMBERS["check_in"]

        async def check_in(turn: Turn, act: Act) -> Letter:
            if for_whom(turn):
                await addresses.suspend(turn.tx, turn.now, turn.actor.address.id, "half-written")
                await turn.tell(turn.actor.id, Letter("半句话"))
                raise ZeroDivisionError
            return await real(turn, act)

        monkeypatch.setitem(for_members.FOR_MEMBERS, "check_in", check_in)

    return break_it


async def test_a_check_in_brought_twice_counts_once(house: Parts) -> None:
    by_chat, by_sms = chat_from(house.smart.phone, "签到", 11), text_from(house.old.phone, "签到", "a-1")
    await house.intake.keep([by_chat, by_sms, by_chat, by_sms])
    assert await house.intake.take_turns() == 2
    await house.intake.keep([by_sms])
    await house.intake.keep([by_chat])
    assert await house.intake.take_turns() == 0
    assert await check_ins(house) == sorted([house.old.id, house.smart.id])
    await house.send()
    assert len(house.chat_to(house.smart)) == len(house.sms_to(house.old)) == 1


async def test_two_intakes_at_once_on_one_database_take_each_once(house: Parts, database: Database) -> None:
    second_process = Database(database.url.render_as_string(hide_password=False), database.vault)
    other = house.another_intake(second_process)
    people = (house.old, house.smart)
    raws = [text_from(people[n % 2].phone, "签到", f"a-{n}") for n in range(40)]
    try:
        await asyncio.gather(*(one.keep(raws) for one in (house.intake, other)))
        assert len(await house.messages()) == len(raws), "brought to both, kept by one"
        await asyncio.gather(*(_work_off(one) for one in (house.intake, other)))
    finally:
        await second_process.close()
    assert {row.state for row in await house.messages()} == {"done"}
    assert await check_ins(house) == sorted(who.id for who in people for _ in range(20))
    assert len(await house.letters()) == len(raws)


async def _work_off(intake: Any) -> None:
    while await intake.take_turns():
        pass


async def test_it_says_whether_more_may_wait(house: Parts, breaks: Break) -> None:
    """To look again after each word costs a transaction; not to look where more waits leaves it lying."""
    await house.intake.keep([text_from(house.old.phone, "签到", f"a-{n}") for n in range(3)])
    assert await house.intake.take_turns(most=2) == 2 and house.intake.has_more
    assert await house.intake.take_turns(most=2) == 1 and not house.intake.has_more
    breaks(lambda _turn: True)
    await house.intake.keep([text_from(house.old.phone, "签到", "a-9")])
    assert await house.intake.take_turns() == 1 and house.intake.has_more


async def test_a_turn_that_fails_leaves_nothing_and_is_put_aside_and_its_sender_told(
    house: Parts, breaks: Break
) -> None:
    breaks(lambda turn: turn.by_sms)
    await house.intake.keep([text_from(house.old.phone, "签到", "a-1")])
    await house.intake.keep([chat_from(house.smart.phone, "签到", 11)])
    await _work_off(house.intake)
    [failed, sound] = await house.messages()
    assert (failed.state, failed.attempts, failed.reason) == ("dead", 3, "ZeroDivisionError")
    assert sound.state == "done"
    assert await check_ins(house) == [house.smart.id], "neither the contact nor anything else of it stays"
    assert await house.suspended(house.old) == {}
    await house.send()
    assert len(house.chat_to(house.smart)) == 1
    [told] = house.sms_to(house.old)
    assert SORRY in told


async def test_a_turn_that_fails_once_is_taken_the_next_time(house: Parts, breaks: Break) -> None:
    failures = iter([True, True, False])
    breaks(lambda _turn: next(failures))
    await house.intake.keep([text_from(house.old.phone, "签到", "a-1")])
    await _work_off(house.intake)
    assert await check_ins(house) == [house.old.id]
    assert [(row.state, row.attempts) for row in await house.messages()] == [("done", 2)]
    await house.send()
    assert SORRY not in house.sms_to(house.old)[0]


@pytest.mark.parametrize(
    "raw",
    [
        Raw("telegram", "5", {"update_id": 5, "message": "neither fish nor fowl"}),
        Raw("telegram", "5", {"update_id": 5, "message": {"from": {"id": float("inf")}, "chat": {}}}),
        Raw("telegram", "5", {"update_id": 5, "callback_query": {"from": 7, "message": {}, "data": 1}}),
        Raw("sms", "5", {}),
        Raw("sms", "5", {"from": "", "id": ""}),
        Raw("pigeon", "5", {"text": "咕"}),
    ],
    ids=["no message", "infinite", "odd press", "empty", "blank", "no such door"],
)
async def test_what_nobody_can_read_is_put_aside_and_blocks_nobody(house: Parts, raw: Raw) -> None:
    await house.intake.keep([raw])
    await house.intake.keep([text_from(house.old.phone, "签到", "a-1")])
    await _work_off(house.intake)
    assert [(row.state, row.reason) for row in await house.messages()] == [
        ("dead", "unreadable"),
        ("done", None),
    ]
    assert await check_ins(house) == [house.old.id]


async def test_a_door_that_breaks_over_a_message_blocks_nobody(house: Parts) -> None:
    """A fault of ours in a door is no better than garbage from outside: only that message suffers."""

    class Breaking:
        def __getattr__(self, name: str) -> Any:
            return getattr(house.channels["telegram"], name)

        def read(self, raw: Any) -> Incoming | None:
            raise RuntimeError

    channels = {**house.channels, "telegram": Breaking()}
    house.intake.turns = Turns(channels, house.intake.turns.house, house.clock)
    await house.intake.keep([chat_from(house.smart.phone, "签到", 11)])
    await house.intake.keep([text_from(house.old.phone, "签到", "a-1")])
    await _work_off(house.intake)
    assert [row.state for row in await house.messages()] == ["dead", "done"]


async def test_messages_are_taken_in_the_order_they_came(house: Parts) -> None:
    texts = [f"第{n}句" for n in range(12)]
    for n, words in enumerate(texts):
        await house.intake.keep([chat_from(house.smart.phone, words, 20 + n)])
    await _work_off(house.intake)
    order: Sequence[str] = [row.external_id for row in sorted(await house.messages(), key=_settled)]
    assert order == [str(20 + n) for n in range(12)]


async def test_while_the_database_is_locked_nothing_is_taken_for_kept(house: Parts) -> None:
    raw = text_from(house.old.phone, "签到", "a-1")
    async with locked_inbox(house.database):
        keeping = asyncio.create_task(house.intake.keep([raw]))
        await asyncio.sleep(0.3)
        assert not keeping.done(), "it waits, and whoever brought it waits with it"
    await keeping
    assert [row.state for row in await house.messages()] == ["new"]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_disk_without_room_for_the_answer_costs_nobody_their_message(house: Parts) -> None:
    """There is room to count a failed attempt, and none for what the turn wants to write."""
    said = [text_from(house.old.phone, "签到", str(n)) for n in range(40)]
    await house.intake.keep(said)
    await _no_more_pages(house, True)
    for _ in range(5):
        with pytest.raises(DatabaseRefused, match="full"):
            await house.intake.take_turns()
    assert {(row.state, row.attempts) for row in await house.messages()} == {("new", 0)}
    await _no_more_pages(house, False)
    await _work_off(house.intake)
    assert {row.state for row in await house.messages()} == {"done"}
    assert len(await check_ins(house)) == len(said)


async def _no_more_pages(house: Parts, full: bool) -> None:
    """The file may grow no more: SQLite says of that what it says of a full disk."""
    async with house.database.writing() as tx:
        pages = (await tx.conn.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await tx.conn.exec_driver_sql(f"PRAGMA max_page_count = {pages if full else 2**30}")


async def test_told_to_stop_while_it_waits_for_a_lock_it_does_stop(
    house: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who hears of the lock instead would try again, and the process would never end."""
    monkeypatch.setattr("storage.database._BUSY_MS", 300)
    url = house.database.url.render_as_string(hide_password=False)
    impatient = Database(url, house.database.vault)
    try:
        async with locked_inbox(house.database), asyncio.timeout(20):
            raw = text_from(house.old.phone, "签到", "a-1")
            keeping = asyncio.create_task(house.another_intake(impatient).keep([raw]))
            await asyncio.sleep(0.1)
            keeping.cancel()
            with pytest.raises(asyncio.CancelledError):
                await keeping
    finally:
        await impatient.close()


async def check_ins(house: Parts) -> list[str]:
    """Whose, sorted."""
    async with house.database.reading() as tx:
        rows = await tx.conn.execute(
            select(contacts.c.member_id).where(contacts.c.kind == "check_in").order_by(contacts.c.member_id)
        )
        return [row[0] for row in rows]


def _settled(row: Any) -> Any:
    return row.settled_at, row.id


async def test_a_message_whose_seal_is_broken_keeps_nobody_waiting(house: Parts) -> None:
    await house.intake.keep([text_from(house.old.phone, "签到", "a-1")])
    async with house.database.writing() as tx:
        await tx.conn.execute(update(inbox).values(payload=b"\x01" + bytes(40)))
    await house.intake.keep([chat_from(house.smart.phone, "签到", 11)])
    # Whoever kept it still has it in memory; the next process has only what was kept.
    await _work_off(house.another_intake(house.database))
    [broken, sound] = await house.messages()
    assert (broken.state, broken.reason, sound.state) == ("dead", "seal_broken", "done")


@pytest.mark.parametrize("at_hand", [True, False], ids=["at once", "after a restart"])
@pytest.mark.parametrize(
    "said",
    [
        "签到\ud83d",
        "\ud83d",
        "我搬到苏州市吴中区甪直镇\ud83d了",
        "老板拖欠工资\ud83d",
        "请转告书记\ud83d，我下月回来",
    ],
    ids=["a check-in", "nothing else", "an address", "a plea", "a message"],
)
async def test_half_an_emoji_is_kept_and_answered(
    house: Parts, database: Database, said: str, at_hand: bool
) -> None:
    await house.intake.keep([chat_from(house.smart.phone, said, 11)])
    await (house.intake if at_hand else house.another_intake(database)).take_turns()
    assert [message.state for message in await house.messages()] == ["done"]
    await house.send()
    assert house.chat_to(house.smart)
