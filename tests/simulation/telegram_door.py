"""One process's way to Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.channels.contract import (
    Button,
    Incoming,
    MessageRefused,
    Outgoing,
    Press,
    SendingFailed,
    Sent,
    TryLater,
    Unreadable,
)
from tests.simulation.telegram import OUT

if TYPE_CHECKING:
    from tests.simulation.process import Process
    from tests.simulation.telegram import TelegramServer


class TelegramDoor:
    """One process's way to Telegram: what `bot.channels.telegram.Telegram` is over HTTP."""

    username = "liandong_bot"
    most_at_once = 1
    side_by_side = 50
    rests_as_one = False

    def __init__(self, server: TelegramServer, process: Process) -> None:
        self._server = server
        self._process = process

    async def start(self) -> None:
        if self._server.is_out:
            await asyncio.sleep(OUT)
            raise TryLater("not_connected")

    async def updates(self, offset: int, _timeout: int) -> list[dict[str, Any]]:
        return await self._server.updates(offset)

    async def send(self, outgoing: Outgoing) -> Sent:
        self._process.breathes()
        return await self._server.takes(outgoing)

    async def send_batch(self, letters: Sequence[Outgoing]) -> list[Sent | SendingFailed]:
        ends: list[Sent | SendingFailed] = []
        for letter in letters:
            try:
                ends.append(await self.send(letter))
            except SendingFailed as failure:
                ends.append(failure)
        return ends

    def read(self, raw: Mapping[str, Any]) -> Incoming | None:
        if raw["kind"] == "text" and raw["text"] == "\0":
            raise Unreadable("update")
        press = None
        if raw["kind"] == "press":
            under = int(raw["under"])
            press = Press(f"p{raw['update_id']}", under, ((Button(str(raw["text"]), str(raw["token"])),),))
        is_word = raw["kind"] not in ("blocked", "unblocked")
        return Incoming(
            channel="telegram",
            external_id=str(raw["update_id"]),
            address=str(raw["from"]),
            kind=raw["kind"] if is_word else "other",
            text="" if press else str(raw["text"]) if is_word else raw["kind"],
            token=str(raw["token"]),
            press=press,
        )

    async def download(self, file_id: str, limit: int) -> bytes:
        raise MessageRefused("file_gone")

    async def close(self) -> None:
        """Nothing is open."""
