"""A crowd shares a commit, and nobody waits for a crowd that does not come."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.gathering import LOOKS, TOGETHER, Gathering


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


async def test_a_crowd_without_end_keeps_the_first_of_it_waiting_for_so_many_looks() -> None:
    commits = Commits()
    gathering = Gathering(commits)
    await asyncio.gather(*(_comes(gathering, n, after=n) for n in range(3 * LOOKS)))
    assert len(commits.made[0]) == LOOKS + 1


async def test_no_commit_holds_more_than_a_person_should_wait_for() -> None:
    commits = Commits()
    gathering = Gathering(commits)
    await asyncio.gather(*(gathering.write(n) for n in range(2 * TOGETHER + 1)))
    assert [len(made) for made in commits.made] == [TOGETHER, TOGETHER, 1]
