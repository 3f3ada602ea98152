"""How near we keep to the rate that Telegram allows, and that it is never passed, with a round trip."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import uvloop

from bot.channels.contract import Outgoing
from bot.channels.telegram import Pacer, Telegram
from tests.bench.crowd import FIRST_CHAT
from tests.bench.figures import Figure
from tests.bench.processes import fast_bot_api, process

# Free, and the most that Telegram sells; and for so many seconds each.
RATES = ((30, 20), (1000, 10))
FAR = 0.05


async def measure(_folder: Path) -> list[Figure]:
    return [figure for rate, seconds in RATES for figure in await _pace(rate, seconds)]


async def _pace(rate: int, seconds: int) -> list[Figure]:
    many = rate * seconds
    async with fast_bot_api(FAR) as api:
        # A process of its own: what else this one does is no part of the pace.
        async with process(sys.executable, "-m", "tests.bench.pace", api.url, str(rate), str(many)):
            kept = await api.rate(many)
        most = await api.most_in_a_second()
    beside, allowed = f"allowed {rate:,} /s, {FAR * 1000:.0f} ms away", float(rate)
    return [
        Figure(f"pace at {rate:,}/s", kept, "/s", beside, kept / allowed, least=0.99),
        Figure(f"most in any one second, at {rate:,}/s", most, "", beside, most / allowed, most=1.0),
    ]


async def _send(url: str, rate: int, many: int) -> None:
    door = Telegram("1:" + "a" * 35, url, pacer=Pacer(rate))
    letters = iter(range(many))

    async def one_after_the_other() -> None:
        for n in letters:
            await door.send(Outgoing(str(FIRST_CHAT + n), "您好", str(n), can_wait=True))

    await asyncio.gather(*(one_after_the_other() for _ in range(door.side_by_side)))
    await door.close()


if __name__ == "__main__":
    uvloop.run(_send(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
