"""A pretend SMS company of the kind that signs what it brings, brings many at once, and can be asked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.channels.contract import Incoming, Receipt, SendingFailed, Sent, TryLater, Unreadable
from bot.channels.gateways.contract import Answer, Brought, Push, Sought, Text
from storage.inbox import Raw

SIGNATURE = "signed by the company"


class Company:
    """`pages` wait to be fetched, and one is gone once the next was asked for. `away` for so many asks."""

    name = "company"
    most_at_once = 100
    pulls_every: timedelta | None = timedelta(milliseconds=10)
    can_be_asked = True
    gives_receipts = True

    def __init__(self) -> None:
        self.pages: list[Brought] = []
        self.away = 0
        self.asked = 0

    async def send(self, text: Text) -> Sent:
        return Sent(text.reference)

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        return [Sent(text.reference) for text in texts]

    def would_refuse(self, words: str, topic: str) -> str:
        return ""

    def as_shown(self, words: str, topic: str) -> str:
        return words

    def is_theirs(self, push: Push) -> bool:
        return push.headers.get("x-signature") == f"{SIGNATURE}: {push.url}"

    def read_push(self, push: Push) -> Brought:
        try:
            said = json.loads(push.body)
            return brought(said.get("texts", ()), said.get("receipts", ()))
        except (ValueError, KeyError, AttributeError):
            raise Unreadable(push.kind) from None

    def answer_to(self, push: Push) -> Answer:
        return Answer('{"code": 0}', "application/json")

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        return Incoming("sms", params.get("id", ""), params.get("from", ""), "text", params.get("text", ""))

    async def pull(self) -> AsyncIterator[Brought]:
        self.asked += 1
        if self.away:
            self.away -= 1
            raise TryLater("gateway_busy")
        while self.pages:
            yield self.pages[0]
            self.pages.pop(0)

    async def look_up(self, sought: Sought) -> Receipt | None:
        return None

    async def close(self) -> None:
        """It holds nothing."""


def brought(texts: Sequence[Mapping[str, Any]] = (), receipts: Sequence[Mapping[str, str]] = ()) -> Brought:
    return Brought(
        tuple(Raw("sms", text.get("id", ""), dict(text)) for text in texts),
        tuple(Receipt(each["ref"], "delivered" if each["ok"] else "failed", "") for each in receipts),
    )
