"""A crowd shares a commit, and nobody waits for a crowd that does not come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from bot.gathering import PATIENCE, TOGETHER, Gathering


class Commits:
    """What was committed together, in the order of the commits."""

    def __init__(self) -> None:
        self.made: list[list[int]] = []

    async def __call__(self, items: Sequence[int]) -> None:
        self.made.append(list(items))
        await asyncio.sleep(0)


async def _comes(gathering: Gathering[int], n: int, after: int) -> None:
    """After so many others were let in."""
    for _ in range(after):
        await asyncio.sleep(0)
    await gathering.write(n)


async def test_a_crowd_that_comes_one_by_one_shares_a_commit() -> None:
    commits = Commits()
    gathering = Gathering(commits)
    await asyncio.gather(*(_comes(gathering, n, after=n) for n in range(20)))
    assert commits.made == [list(range(20))]


async def test_nobody_waits_for_those_who_do_not_come() -> None:
    commits = Commits()
    gathering = Gathering(commits)
    alone = asyncio.create_task(gathering.write(1))
    for _ in range(5):
        await asyncio.sleep(0)
    assert commits.made == [[1]]
    await alone


async def test_a_crowd_without_end_keeps_the_first_of_it_waiting_for_some_milliseconds() -> None:
    """However long each look of the loop takes."""
    commits = Commits()
    gathering = Gathering(commits)

    async def busy() -> None:
        while len(commits.made) == 0:
            time.sleep(PATIENCE)  # noqa: ASYNC251 - the loop itself is what is busy here
            await asyncio.sleep(0)

    await asyncio.gather(busy(), *(_comes(gathering, n, after=n) for n in range(50)))
    assert len(commits.made[0]) < 5


async def test_who_waits_does_not_keep_the_loop_from_ending() -> None:
    """There all are told to stop at once, the one at work too, who then tells nobody."""

    async def never(_: Sequence[int]) -> None:
        await asyncio.Event().wait()

    gathering = Gathering(never)
    waiting = [asyncio.create_task(gathering.write(n)) for n in range(3)]
    for looks in range(4):
        await asyncio.sleep(0.001 * looks)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    _, stuck = await asyncio.wait(waiting, timeout=2)
    assert not stuck


async def test_no_commit_holds_more_than_a_person_should_wait_for() -> None:
    commits = Commits()
    gathering = Gathering(commits)
    await asyncio.gather(*(gathering.write(n) for n in range(2 * TOGETHER + 1)))
    assert [len(made) for made in commits.made] == [TOGETHER, TOGETHER, 1]
