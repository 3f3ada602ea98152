"""Workers do what is there, sleep, wake, survive a failure, and go home when they are told to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.worker import Worker, Workers


class Pile:
    """Work that others put there. `pause` is how long each piece takes, in seconds."""

    def __init__(self, pieces: int = 0, pause: float = 0.0) -> None:
        self.pieces, self.pause = pieces, pause
        self.done = self.looks = 0

    async def work(self) -> int:
        self.looks += 1
        if not self.pieces:
            return 0
        self.pieces -= 1
        await asyncio.sleep(self.pause)
        self.done += 1
        return 1


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not so():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


async def test_it_works_until_nothing_is_left_and_then_sleeps() -> None:
    pile = Pile(pieces=5)
    async with asyncio.TaskGroup() as group:
        worker = Worker("pile", pile.work, every=60)
        group.create_task(worker.run())
        await until(lambda: pile.done == 5)
        await asyncio.sleep(0.05)
        assert pile.looks == 6
        worker.leave()


async def test_it_wakes_when_called_also_while_it_was_busy() -> None:
    pile = Pile(pieces=1, pause=0.02)
    async with asyncio.TaskGroup() as group:
        worker = Worker("pile", pile.work, every=60)
        group.create_task(worker.run())
        await until(lambda: pile.looks == 1)
        pile.pieces += 1
        worker.wake()
        await until(lambda: pile.done == 2)
        pile.pieces += 1
        worker.wake()
        await until(lambda: pile.done == 3)
        worker.leave()


async def test_it_looks_by_itself_from_time_to_time() -> None:
    pile = Pile()
    async with asyncio.TaskGroup() as group:
        worker = Worker("pile", pile.work, every=0.01)
        group.create_task(worker.run())
        await until(lambda: pile.looks >= 3)
        worker.leave()


async def test_a_failure_is_tried_again() -> None:
    pile = Pile(pieces=1)
    failures = iter([True, True])

    async def stumbling() -> int:
        if next(failures, False):
            raise RuntimeError
        return await pile.work()

    async with asyncio.TaskGroup() as group:
        worker = Worker("pile", stumbling, every=0.01)
        group.create_task(worker.run())
        await until(lambda: pile.done == 1)
        worker.leave()


async def test_told_to_leave_it_finishes_what_is_in_hand_and_begins_nothing() -> None:
    pile = Pile(pieces=100, pause=0.05)
    worker = Worker("pile", pile.work)
    running = asyncio.create_task(worker.run())
    await until(lambda: pile.looks == 1)
    worker.leave()
    async with asyncio.timeout(1):
        await running
    assert (pile.done, pile.pieces) == (1, 99)


async def test_several_do_not_wait_for_each_other() -> None:
    slow, quick = Pile(pieces=1, pause=60), Pile(pieces=10)
    works: list[Callable[[], Awaitable[int]]] = [slow.work, quick.work]
    workers = Workers([Worker(str(n), work, every=60) for n, work in enumerate(works)])
    running = asyncio.create_task(workers.run())
    await until(lambda: quick.done == 10)
    quick.pieces = 1
    workers.wake()
    await until(lambda: quick.done == 11)
    assert slow.done == 0
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
