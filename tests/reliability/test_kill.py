"""2,000 check-ins while the program is killed 20 times at any moment: each counts, and each counts once."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from bot.clock import WallClock
from bot.delivery import AT_ONCE
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World
from storage import deliveries, inbox
from storage.contacts import contacts
from storage.database import Database, Transaction
from storage.outbox import outbox
from tests.ports import free_port
from tests.reliability.branch import Resident, found_branch
from tests.reliability.program import Program

# So many members that nobody meets the ceiling of answers to one number.
CHECK_INS, KILLS, MEMBERS, SEED = 2_000, 20, 300, 20260302
# Seconds: the longest that a process lives here once its door is open.
LIFE = 0.9


@dataclass
class Town:
    """Who lives here, what they said by which door, and what was seen at each kill."""

    program: Program
    world: World
    residents: list[Resident]
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    open_turns: list[int] = field(default_factory=list)
    on_their_way: list[int] = field(default_factory=list)

    def somebody_checks_in(self) -> None:
        who = self.dice.choice(self.residents)
        by_chat = who.phone.smartphone and self.dice.random() < 0.7
        (self.world.type if by_chat else self.world.text)(who.phone.id, "签到")
        self.said[who.id, "telegram" if by_chat else "sms"] += 1

    async def talk(self, often: int, seconds: float) -> None:
        """So many check-ins, spread over these seconds."""
        for _ in range(often):
            self.somebody_checks_in()
            await asyncio.sleep(self.dice.uniform(0, 2 * seconds / often))

    def heard(self) -> Counter[str]:
        """Answers that arrived, by the door they came to."""
        sms = [m for r in self.residents for m in self.world.sms(r.phone.id) if m.from_program]
        smart = [r for r in self.residents if r.phone.smartphone]
        chat = [m for r in smart for m in self.world.chat(r.phone.id) if m.from_bot]
        return Counter(telegram=len(chat), sms=len(sms))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    world, clock = World(WallClock()), WallClock()
    port = free_port()
    program = Program(tmp_path, world, f"http://127.0.0.1:{port}")
    await program.prepare()
    async with program.database() as database:
        residents = await found_branch(database, world, clock.now(), MEMBERS)
    async with serving(sandbox_app(world, program.account), port):
        yield Town(program, world, residents)
        await program.kill()


async def test_none_is_lost_and_none_is_taken_twice(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    started = time.monotonic()
    for _ in range(KILLS):
        await live_and_die(town)
    await town.program.start()
    assert town.said.total() == CHECK_INS
    async with town.program.database() as database, asyncio.timeout(180):
        while not await everything_is_settled(town, database):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        async with database.reading() as tx:
            await every_check_in_counts_once(town, tx)
            await every_check_in_is_answered(town, tx)
    with capsys.disabled():
        print_figures(town, time.monotonic() - started)
    assert sum(map(bool, town.open_turns)) >= KILLS // 2, "the kills hit nothing: the test says nothing"
    assert "turn_failed" not in town.program.log.read_text()


async def live_and_die(town: Town) -> None:
    """One life: people talk the whole time, and it ends anywhere, sometimes before it has begun."""
    await town.program.start()
    talking = asyncio.create_task(town.talk(CHECK_INS // KILLS, 1.2))
    with suppress(TimeoutError):
        async with asyncio.timeout(5):
            await town.dice.choice([anywhere, anywhere, as_telegram_is_told, as_an_answer_arrives])(town)
    await town.program.kill()
    await talking
    async with town.program.database() as database, database.reading() as tx:
        kept, not_kept = (await inbox.tally(tx)).get("new", 0), len(town.world.telegram.updates.waiting)
        town.open_turns.append(kept + not_kept)
        town.on_their_way.append((await deliveries.tally(tx)).get("sending", 0))


async def anywhere(town: Town) -> None:
    if town.dice.random() < 0.7:
        await town.program.until_it_answers()
    await asyncio.sleep(town.dice.uniform(0, LIFE))


async def as_telegram_is_told(town: Town) -> None:
    """The moment it hears that messages are safe with us, and forgets them."""
    await town.program.until_it_answers()
    for _ in range(town.dice.randint(1, 3)):
        updates = town.world.telegram.updates
        first = next(iter(updates.waiting), 0)
        while not first or first in updates.waiting:
            first = first or next(iter(updates.waiting), 0)
            await asyncio.sleep(0.0005)


async def as_an_answer_arrives(town: Town) -> None:
    """It is read, and nobody has noted yet that it was sent."""
    await town.program.until_it_answers()
    arrived = town.heard().total() + town.dice.randint(1, 30)
    async for _ in town.world.subscribe():
        if town.heard().total() >= arrived:
            return


async def everything_is_settled(town: Town, database: Database) -> bool:
    await town.world.settled()
    async with database.reading() as tx:
        letters = await deliveries.tally(tx)
        messages = await inbox.tally(tx)
    waiting = messages.get("new", 0) + letters.get("pending", 0) + letters.get("sending", 0)
    return not waiting and not town.world.telegram.updates.waiting


async def every_check_in_counts_once(town: Town, tx: Transaction) -> None:
    rows = await tx.conn.execute(
        select(contacts.c.member_id, contacts.c.channel, func.count())
        .where(contacts.c.kind == "check_in")
        .group_by(contacts.c.member_id, contacts.c.channel)
    )
    assert {(row[0], row[1]): row[2] for row in rows} == dict(town.said)
    assert await rows_of(tx, contacts) == CHECK_INS
    assert await rows_of(tx, inbox.inbox) == CHECK_INS
    assert await inbox.tally(tx) == {"done": CHECK_INS}


async def every_check_in_is_answered(town: Town, tx: Transaction) -> None:
    """Once in the outbox; at the phone a second time where a kill fell between sending and noting it."""
    unanswered = select(inbox.inbox.c.id).where(
        (inbox.inbox.c.id + ":reply").not_in(select(outbox.c.idempotency_key))
    )
    assert (await tx.conn.execute(unanswered)).all() == []
    assert await rows_of(tx, outbox) == CHECK_INS
    assert set(await deliveries.tally(tx)) <= {"accepted", "delivered", "unknown"}
    assert await caught_once_at_most_and_unknown(tx) == 0
    doubled = town.heard().total() - CHECK_INS
    assert 0 <= doubled <= sum(town.on_their_way)
    assert doubled <= KILLS * AT_ONCE * 2
    for door, count in town.heard().items():
        assert count >= sum(n for (_, channel), n in town.said.items() if channel == door)


async def caught_once_at_most_and_unknown(tx: Transaction) -> int:
    """A letter is given up as unknown when a second kill catches it on the wire, and no sooner."""
    given_up = (outbox.c.state == "unknown") & (outbox.c.unsure < 2)
    count: int = (
        await tx.conn.execute(select(func.count()).select_from(outbox).where(given_up))
    ).scalar_one()
    return count


async def rows_of(tx: Transaction, table: Table) -> int:
    count: int = (await tx.conn.execute(select(func.count()).select_from(table))).scalar_one()
    return count


def print_figures(town: Town, seconds: float) -> None:
    by_door: Counter[str] = Counter()
    for (_, channel), count in town.said.items():
        by_door[channel] += count
    open_turns, on_their_way = town.open_turns, town.on_their_way
    print(  # noqa: T201 - the figures are what one runs it for
        f"\n{CHECK_INS} check-ins {dict(by_door)}, {KILLS} kill -9 in {seconds:.0f} s: "
        "lost 0, taken twice 0; "
        f"turns open at {sum(map(bool, open_turns))} kills ({sum(open_turns)} in all), "
        f"letters on their way at {sum(map(bool, on_their_way))} ({sum(on_their_way)} in all), "
        f"answers doubled {town.heard().total() - CHECK_INS}"
    )
