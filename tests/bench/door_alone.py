"""A door alone, in a process of its own: `telegram|sms URL MESSAGES`. Nothing is kept of what it sends.

It runs as the program does: the same event loop, the garbage collector as seldom, as many side by side.
"""

from __future__ import annotations

import asyncio
import sys

import uvloop

from bot.channels.contract import Button, Channel, Outgoing
from bot.channels.gateways.kannel import Kannel
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram
from bot.commands.run import look_for_garbage_seldom
from content.words.campaign_letter import campaign_letter
from tests.bench.crowd import FIRST_CHAT

SAID = "各位党员同志：本周六上午九点召开支部大会，在外的同志请打电话参加。"


async def send_all(door: Channel, recipients: list[str]) -> None:
    waiting = iter(recipients)

    async def one_after_the_other() -> None:
        for to in waiting:
            await door.send(_the_same_letter(to))

    look_for_garbage_seldom()
    await asyncio.gather(*(one_after_the_other() for _ in range(door.side_by_side)))
    await door.close()


def _the_same_letter(to: str) -> Outgoing:
    """Its buttons included, each with a token of its own."""
    letter = campaign_letter("", "", {"zh": SAID}, "zh")
    assert letter
    rows = tuple(
        tuple(Button(choice.label, f"{to:>26}.{n}") for n, choice in enumerate(row, 1))
        for row in letter.answers
    )
    return Outgoing(to, letter.chat, f"raw-{to}", buttons=rows, can_wait=True)


if __name__ == "__main__":
    name, url, many = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if name == "telegram":
        chats = [str(FIRST_CHAT + n) for n in range(many)]
        uvloop.run(send_all(Telegram("1:" + "a" * 35, url), chats))
    else:
        numbers = [f"+86139{n:08}" for n in range(many)]
        uvloop.run(send_all(Sms(Kannel(url, "u", "p", "1069"), "【联动】"), numbers))
