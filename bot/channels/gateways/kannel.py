"""Kannel: an SMS gateway of one's own, in front of an operator's SMPP line or of a GSM modem on a shelf.

User guide at kannel.org: "SMSBox", "Using the HTTP interface to send SMS", "Delivery reports".
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import httpx
import smsutil

from bot.channels.contract import (
    Incoming,
    MessageRefused,
    OutcomeUnknown,
    Receipt,
    SendingFailed,
    Sent,
    TryLater,
    Unreadable,
)
from bot.channels.gateways.contract import Answer, Brought, Push, Sought, Text, as_params
from bot.channels.gateways.kannel_brings import DELIVERED, FAILED, REJECTED, receipt_in, words_in
from bot.channels.wire import never_left, transport_to, wait_asked_for
from content.rules.phones import as_e164
from storage.inbox import Raw

# What Kannel's `get-url` must bring to our inbound address. Where the id is left out, a repeat is known
# by its sender, words and time alone.
INBOUND_QUERY = "from=%p&to=%P&text=%a&charset=%C&coding=%c&ts=%T&smsc=%i&id=%I"

_ACCEPTED = 202
_OUR_SETTINGS = {401: "gateway_login", 403: "gateway_login", 404: "gateway_address", 407: "proxy_login"}
_BUSY = 503
_LATER = {408, 425, 429}
# What Kannel says of a message that it refuses. Its own words go no further: they may hold the number.
_SAID = {"sender": "sender_missing", "rout": "not_routable", "receiver": "no_receiver", "denied": "denied"}


def sendsms_at(url: str) -> str:
    """Where Kannel takes what is to be sent: as written, or its usual path where none was."""
    return url if urlsplit(url).path.strip("/") else url.rstrip("/") + "/cgi-bin/sendsms"


class Kannel:
    """A `Gateway`. `receipts` is our address for them, as Kannel reaches it; where empty none are wanted.

    `patience` for an answer is in seconds.
    """

    name = "kannel"
    most_at_once = 1
    pulls_every: timedelta | None = None
    can_be_asked = False

    def __init__(
        self,
        url: str,
        username: str,
        password: str,
        sender: str = "",
        receipts: str = "",
        *,
        patience: float = 30.0,
    ) -> None:
        self._url = sendsms_at(url)
        self._login = {"username": username, "password": password} | ({"from": sender} if sender else {})
        self._receipts = receipts
        self.gives_receipts = bool(receipts)
        self._http = httpx.AsyncClient(transport=transport_to(url), timeout=patience)

    async def send(self, text: Text) -> Sent:
        """Kannel names no id of its own, so `Sent` carries ours, which its receipt brings back."""
        form = {"to": text.number, "text": text.words, "charset": "UTF-8", "coding": _coding(text.words)}
        wish = self._receipt_wish(text.reference)
        try:
            answer = await self._http.get(self._url, params=self._login | form | wish)
        except httpx.HTTPError as error:
            failure = TryLater("not_connected") if never_left(error) else OutcomeUnknown("no_answer")
            raise failure from error
        if answer.status_code != _ACCEPTED:
            raise _refusal(answer)
        return Sent(text.reference)

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        """One by one: of several numbers in a request Kannel takes some, and does not say which."""
        return [await self._sent_or_why_not(text) for text in texts]

    def would_refuse(self, words: str, topic: str) -> str:
        """It looks at no words: what the operator behind it drops, its receipts tell."""
        return ""

    def as_shown(self, words: str, topic: str) -> str:
        return words

    def is_theirs(self, push: Push) -> bool:
        """It signs nothing, and calls by GET alone."""
        return push.method == "GET"

    def read_push(self, push: Push) -> Brought:
        params = as_params(push.query)
        if push.kind == "receipt":
            return Brought(receipts=(receipt_in(params),))
        return Brought(inbound=(Raw("sms", params.get("id", ""), params),))

    def answer_to(self, push: Push) -> Answer:
        """Nothing: Kannel sends a body back to the phone as an answer."""
        return Answer()

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        if not params.get("from"):
            raise Unreadable("inbound")
        number = as_e164(params["from"])
        if number is None:
            return None
        named = params.get("id", "")
        return Incoming(channel="sms", external_id=named, address=number, kind="text", text=words_in(params))

    async def pull(self) -> AsyncIterator[Brought]:
        """Nothing waits with it: it brings again what it could not hand over."""
        return
        yield

    async def look_up(self, sought: Sought) -> Receipt | None:
        """It keeps no account of what it sent."""
        return None

    async def close(self) -> None:
        await self._http.aclose()

    async def _sent_or_why_not(self, text: Text) -> Sent | SendingFailed:
        try:
            return await self.send(text)
        except SendingFailed as failure:
            return failure

    def _receipt_wish(self, reference: str) -> dict[str, str]:
        if not self._receipts:
            return {}
        # Kannel fills in what stands behind % when it calls: only our own part may be quoted. Numbers
        # are left out on purpose: in receipts %p and %P have changed places.
        url = f"{self._receipts}?{urlencode({'reference': reference})}&status=%d&answer=%A"
        return {"dlr-mask": str(DELIVERED | FAILED | REJECTED), "dlr-url": url}


def _coding(text: str) -> str:
    """0 puts 160 signs in a part, 2 puts 70, and only the latter can write Chinese."""
    return "0" if smsutil.is_valid_gsm(text) else "2"


def _refusal(answer: httpx.Response) -> SendingFailed:
    status = answer.status_code
    if status in _OUR_SETTINGS:
        # The message is sound: it goes out once somebody has mended our settings.
        return TryLater(_OUR_SETTINGS[status])
    if status >= 500 and status != _BUSY:
        # Kannel itself says 503 alone. A proxy before it may have lost the answer of what was taken.
        return OutcomeUnknown("no_answer")
    if status == _BUSY or status in _LATER:
        return TryLater("too_many" if status == 429 else "gateway_busy", wait_asked_for(answer))
    if status < 400:
        return OutcomeUnknown("answer_unreadable")
    said = next((reason for word, reason in _SAID.items() if word in answer.text.lower()), "")
    return MessageRefused(f"message_refused:{said}" if said else "message_refused")
