"""A door alone, in a process of its own: `telegram|sms URL MESSAGES`. Nothing is kept of what it sends.

It runs as the program does: the same event loop, the garbage collector as seldom, as many side by side.
"""

from __future__ import annotations

import asyncio
import sys

import uvloop

from bot.channels.contract import Channel, Outgoing
from bot.channels.gateways.kannel import Kannel
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram
from bot.commands.run import look_for_garbage_seldom
from tests.bench.crowd import FIRST_CHAT

SAID = "各位党员同志：本周六上午九点召开支部大会，在外的同志请打电话参加。"


async def send_all(door: Channel, recipients: list[str]) -> None:
    waiting = iter(recipients)

    async def one_after_the_other() -> None:
        for to in waiting:
            await door.send(Outgoing(to, SAID, f"raw-{to}", can_wait=True))

    look_for_garbage_seldom()
    await asyncio.gather(*(one_after_the_other() for _ in range(door.side_by_side)))
    await door.close()


if __name__ == "__main__":
    name, url, many = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if name == "telegram":
        chats = [str(FIRST_CHAT + n) for n in range(many)]
        uvloop.run(send_all(Telegram("1:" + "a" * 35, url), chats))
    else:
        numbers = [f"+86139{n:08}" for n in range(many)]
        uvloop.run(send_all(Sms(Kannel(url, "u", "p", "1069"), "【联动】"), numbers))
