"""One process's way to the SMS company."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.channels.contract import Incoming, Receipt, SendingFailed, Sent, Unreadable
from bot.channels.gateways.contract import Answer, Brought, Push, Sought, Text
from storage.inbox import Raw
from tests.simulation.receipts import Told

if TYPE_CHECKING:
    from tests.simulation.centre import SmsCentre
    from tests.simulation.company import Company
    from tests.simulation.process import Process


class PretendGateway:
    """A `Gateway`. Of one that is dead no request leaves."""

    name = "kannel"
    can_be_asked = True
    gives_receipts = True

    def __init__(self, centre: SmsCentre, process: Process, company: Company) -> None:
        self._centre, self._process = centre, process
        self._by_reference = company.knows_reference
        self.most_at_once, self.pulls_every = company.most_at_once, company.pulls_every

    async def send(self, text: Text) -> Sent:
        end = (await self.send_batch([text]))[0]
        if isinstance(end, SendingFailed):
            raise end
        return end

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        self._process.breathes()
        return await self._centre.takes(texts)

    def would_refuse(self, words: str, topic: str) -> str:
        return ""

    def as_shown(self, words: str, topic: str) -> str:
        return words

    def is_theirs(self, push: Push) -> bool:
        return push.method == "POST"

    def read_push(self, push: Push) -> Brought:
        said = json.loads(push.body)
        if push.kind == "receipt":
            return Brought(receipts=(self._receipt(Told(*said)),))
        return Brought(inbound=(Raw("sms", said["id"], said),))

    def answer_to(self, push: Push) -> Answer:
        return Answer()

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        if params["text"] == "\0":
            raise Unreadable("inbound")
        return Incoming("sms", params["id"], params["from"], "text", params["text"])

    async def pull(self) -> AsyncIterator[Brought]:
        for page in self._centre.receipts.pages():
            self._process.breathes()
            yield Brought(receipts=tuple(self._receipt(told) for told in page))

    async def look_up(self, sought: Sought) -> Receipt | None:
        self._process.breathes()
        told = self._centre.receipts.of(sought)
        return self._receipt(told) if told else None

    async def close(self) -> None:
        """Nothing is open."""

    def _receipt(self, told: Told) -> Receipt:
        reference = told.reference if self._by_reference else ""
        return Receipt(reference, told.outcome, told.reason, told.provider_id, told.number)
