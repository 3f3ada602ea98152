"""Any company that speaks plain HTTP, as its file describes it (docs/gateways/plain_http.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import httpx

from bot.channels.contract import Incoming, Receipt, SendingFailed, Sent, Unreadable
from bot.channels.gateways.asking import no_answer
from bot.channels.gateways.at_once import HOME, Outcome, handed_over
from bot.channels.gateways.contract import Answer, Brought, Push, Sought, Text, one_aside
from bot.channels.gateways.plain_http_answers import receipt_in, taken_as, text_in
from bot.channels.gateways.plain_http_body import request_of, rows_in, value_at
from bot.channels.gateways.plain_http_file import Company, Inbound, Receipts
from bot.channels.gateways.pushed import read_text
from bot.channels.wire import transport_to
from bot.clock import Clock


class PlainHttp:
    """A `Gateway`. `signature` is ours, taken off where the company puts it there by itself."""

    name = "plain_http"
    pulls_every: timedelta | None = None
    can_be_asked = False

    def __init__(
        self,
        company: Company,
        account: str,
        secret: str,
        signature: str,
        clock: Clock,
        zone: ZoneInfo,
        *,
        patience: float = 30.0,
    ) -> None:
        self._company, self._clock, self._zone = company, clock, zone
        self._ours = {"account": account, "secret": secret}
        self._signature = signature if company.send.adds_signature else ""
        self.most_at_once = company.send.most_at_once
        self.gives_receipts = company.receipt is not None
        self._http = httpx.AsyncClient(transport=transport_to(company.send.url), timeout=patience)

    async def send(self, text: Text) -> Sent:
        (outcome,) = await self.send_batch([text])
        if isinstance(outcome, SendingFailed):
            raise outcome
        return outcome

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        return await handed_over(texts, lambda text: bool(self._as_they_write(text.number)), self._hand_over)

    def would_refuse(self, words: str, topic: str) -> str:
        longest = self._company.send.longest
        return "too_long" if longest and len(words.removeprefix(self._signature)) > longest else ""

    def as_shown(self, words: str, topic: str) -> str:
        """Where they put a signature there by themselves, it is the one of ours that was taken off."""
        return words

    def is_theirs(self, push: Push) -> bool:
        pushed = self._pushed(push.kind)
        return pushed is not None and (push.method == "POST" or pushed.form == "query")

    def read_push(self, push: Push) -> Brought:
        pushed = self._pushed(push.kind)
        if pushed is None:
            raise Unreadable(push.kind)
        try:
            rows = rows_in(pushed, push)
        except (ValueError, RecursionError):
            raise Unreadable(push.kind) from None
        if isinstance(pushed, Inbound):
            if rows and not any(value_at(row, pushed.number) for row in rows):
                raise Unreadable("inbound")
            texts = (text_in(pushed, row) if isinstance(row, dict | list) else one_aside(row) for row in rows)
            return Brought(inbound=tuple(texts))
        by_id = self.most_at_once > 1
        receipts = [one for row in rows if (one := receipt_in(pushed, row, by_id))]
        if rows and not receipts:
            raise Unreadable("receipt")
        return Brought(receipts=tuple(receipts), unread=len(rows) - len(receipts))

    def answer_to(self, push: Push) -> Answer:
        pushed = self._pushed(push.kind)
        return Answer(pushed.answer, pushed.answer_type) if pushed else Answer()

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        return read_text(params)

    async def pull(self) -> AsyncIterator[Brought]:
        """Nothing waits with them."""
        return
        yield Brought()

    async def look_up(self, sought: Sought) -> Receipt | None:
        return None

    async def close(self) -> None:
        await self._http.aclose()

    async def _hand_over(self, texts: Sequence[Text]) -> list[Outcome]:
        first, now = texts[0], self._clock.now().astimezone(self._zone)
        given = self._ours | {
            "text": first.words.removeprefix(self._signature),
            "reference": first.reference,
            "seconds": str(int(now.timestamp())),
            "stamp": now.strftime("%Y%m%d%H%M%S"),
        }
        numbers = [self._as_they_write(text.number) for text in texts]
        request = request_of(self._company, given, numbers)
        try:
            answer = await self._http.request(
                request.method, request.url, content=request.body, headers=request.headers
            )
        except httpx.HTTPError as error:
            raise no_answer(error) from error
        taken = taken_as(self._company.answer, answer)
        # A company without an id of its own is told ours.
        return [Sent(taken.provider_id or text.reference) for text in texts]

    def _as_they_write(self, number: str) -> str:
        """Empty where they cannot write it."""
        if self._company.send.numbers == "national":
            return number.removeprefix(HOME) if number.startswith(HOME) else ""
        return number if self._company.send.numbers == "e164" else number.removeprefix("+")

    def _pushed(self, kind: str) -> Receipts | Inbound | None:
        return self._company.receipt if kind == "receipt" else self._company.inbound
