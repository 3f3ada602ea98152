"""What the bot has yet to hear: updates wait here until it confirms them or its webhook takes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.sandbox.changes import Changes
from bot.sandbox.errands import Errand, Errands

FIRST_ID = 910_000_001


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are to be posted. Real Telegram wants https and port 443, 80, 88 or 8443."""

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""
    has_certificate: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """The last time that the webhook did not take an update, and why."""

    at: datetime
    why: str


class Updates:
    def __init__(self, clock: Clock, changes: Changes, errands: Errands) -> None:
        self._clock, self._changes, self._errands = clock, changes, errands
        self._next_id = FIRST_ID
        self.waiting: dict[int, dict[str, Any]] = {}
        self.allowed: tuple[str, ...] = ()
        self.webhook: Webhook | None = None
        self.trouble: Trouble | None = None
        # Hears what a webhook answers with, by its content type: a call may stand in it.
        self.read_answer: Callable[[str, bytes], Awaitable[None]] | None = None

    def begin_after(self, past: int) -> None:
        self._next_id += past

    def add(self, kind: str, what: dict[str, Any]) -> None:
        """Queues one update, unless the bot said that it does not want this kind."""
        if not self.allowed or kind in self.allowed:
            update = {"update_id": self._next_id, kind: what}
            self.waiting[self._next_id] = update
            self._next_id += 1
            if self.webhook:
                self._post(update, self.webhook)
        self._changes.ring()

    def since(self, offset: int | None, limit: int = 100) -> list[dict[str, Any]]:
        """Updates that wait, oldest first. An offset confirms all before it.

        A negative offset counts from the end and forgets the rest.
        """
        if offset:
            first = offset if offset > 0 else min(list(self.waiting)[offset:], default=0)
            self.waiting = {number: update for number, update in self.waiting.items() if number >= first}
        return list(self.waiting.values())[:limit]

    def listen_at(self, webhook: Webhook | None) -> None:
        """From now on updates are posted there, those that wait already too; None ends it.

        Who still asks for updates hears of it.
        """
        self.webhook, self.trouble = webhook, None
        self._changes.ring()
        if webhook:
            for update in self.waiting.values():
                self._post(update, webhook)

    def want(self, kinds: Sequence[str] | None) -> None:
        """None leaves what was wanted before; an empty list means all."""
        if kinds is not None:
            self.allowed = tuple(kinds)

    def _post(self, update: dict[str, Any], webhook: Webhook) -> None:
        number = update["update_id"]
        self._errands.add(
            Errand(
                url=webhook.url,
                method="POST",
                json=update,
                headers={"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {},
                lane="webhook",
                wanted=lambda: self.webhook is webhook and number in self.waiting,
                failed=self._note_trouble,
                heard=self._heard,
                done=lambda answered: self._taken(number) if answered else None,
            )
        )

    async def _heard(self, kind: str, body: bytes) -> None:
        if self.read_answer and body:
            await self.read_answer(kind, body)

    def _taken(self, number: int) -> None:
        self.waiting.pop(number, None)

    def _note_trouble(self, why: str) -> None:
        self.trouble = Trouble(self._clock.now(), why)
