"""Kannel: an SMS gateway of one's own, in front of an operator's SMPP line or of a GSM modem on a shelf.

User guide at kannel.org: "SMSBox", "Using the HTTP interface to send SMS", "Delivery reports".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
from bot.channels.wire import never_left, transport_to, wait_asked_for
from content.rules.phones import as_e164

# What Kannel's `get-url` must bring to our inbound address. Where the id is left out, a repeat is known
# by its sender, words and time alone.
INBOUND_QUERY = "from=%p&to=%P&text=%a&charset=%C&coding=%c&ts=%T&smsc=%i&id=%I"

# Bits of a receipt, `%d`. 8 is the centre's "taken", 32 one of its word in between.
_DELIVERED, _FAILED, _REJECTED = 1, 2, 16
_OUTCOMES = {1: "delivered", 2: "failed", 4: "buffered", 8: "buffered", 16: "failed", 32: "buffered"}
_ACCEPTED = 202
_OUR_SETTINGS = {401: "gateway_login", 403: "gateway_login", 404: "gateway_address", 407: "proxy_login"}
_LATER = {408, 425, 429}
# What Kannel says of a message that it refuses. Its own words go no further: they may hold the number.
_SAID = {"sender": "sender_missing", "rout": "not_routable", "receiver": "no_receiver", "denied": "denied"}
_ERROR_CODE = re.compile(r"\berr:(\w{1,6})")


def sendsms_at(url: str) -> str:
    """Where Kannel takes what is to be sent: as written, or its usual path where none was."""
    return url if urlsplit(url).path.strip("/") else url.rstrip("/") + "/cgi-bin/sendsms"


class Kannel:
    """A `Gateway`. `receipts` is our address for them, as Kannel reaches it; where empty none are wanted.

    `patience` for an answer is in seconds.
    """

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
        self._http = httpx.AsyncClient(transport=transport_to(url), timeout=patience)

    async def send(self, number: str, text: str, reference: str) -> Sent:
        """Kannel names no id of its own, so `Sent` carries ours, which its receipt brings back."""
        form = {"to": number, "text": text, "charset": "UTF-8", "coding": _coding(text)}
        try:
            answer = await self._http.get(
                self._url, params=self._login | form | self._receipt_wish(reference)
            )
        except httpx.HTTPError as error:
            failure = TryLater("not_connected") if never_left(error) else OutcomeUnknown("no_answer")
            raise failure from error
        if answer.status_code != _ACCEPTED:
            raise _refusal(answer)
        return Sent(reference)

    def what_repeats(self, params: Mapping[str, str]) -> tuple[str, str, str]:
        return params.get("from", ""), params.get("text", ""), params.get("ts", "")

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        if not params.get("id") or not params.get("from"):
            raise Unreadable("inbound")
        number = as_e164(params["from"])
        if number is None:
            return None
        return Incoming(
            channel="sms", external_id=params["id"], address=number, kind="text", text=_words(params)
        )

    def read_receipt(self, params: Mapping[str, str]) -> Receipt:
        reference, status = params.get("reference", ""), params.get("status", "")
        if not reference or not status.isdecimal() or int(status) not in _OUTCOMES:
            raise Unreadable("receipt")
        return _receipt(reference, int(status), params.get("answer", ""))

    async def close(self) -> None:
        await self._http.aclose()

    def _receipt_wish(self, reference: str) -> dict[str, str]:
        if not self._receipts:
            return {}
        # Kannel fills in what stands behind % when it calls: only our own part may be quoted. Numbers
        # are left out on purpose: in receipts %p and %P have changed places.
        url = f"{self._receipts}?{urlencode({'reference': reference})}&status=%d&answer=%A"
        return {"dlr-mask": str(_DELIVERED | _FAILED | _REJECTED), "dlr-url": url}


def _coding(text: str) -> str:
    """0 puts 160 signs in a part, 2 puts 70, and only the latter can write Chinese."""
    return "0" if smsutil.is_valid_gsm(text) else "2"


def _refusal(answer: httpx.Response) -> SendingFailed:
    status = answer.status_code
    if status in _OUR_SETTINGS:
        # The message is sound: it goes out once somebody has mended our settings.
        return TryLater(_OUR_SETTINGS[status])
    if status >= 500 or status in _LATER:
        return TryLater("too_many" if status == 429 else "gateway_error", wait_asked_for(answer))
    if status < 400:
        return OutcomeUnknown("answer_unreadable")
    said = next((reason for word, reason in _SAID.items() if word in answer.text.lower()), "")
    return MessageRefused(f"message_refused:{said}" if said else "message_refused")


def _receipt(reference: str, status: int, answer: str) -> Receipt:
    outcome = _OUTCOMES[status]
    if outcome == "delivered":
        return Receipt(reference, "delivered")
    if outcome == "buffered":
        return Receipt(reference, "buffered")
    code = _ERROR_CODE.search(answer)
    reason = "rejected" if status == _REJECTED else "not_delivered"
    return Receipt(reference, "failed", f"{reason}:{code[1]}" if code else reason)


def _words(params: Mapping[str, str]) -> str:
    """With `mo-recode` Kannel brings UTF-8, but windows-1252 where that is enough; without it, UTF-16."""
    raw = params.get("text", "").encode("utf-8", "surrogateescape")
    charset = params.get("charset", "").lower()
    if charset.startswith(("utf-16", "ucs")) or (not charset and params.get("coding") == "2"):
        return raw.decode("utf-16-be", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("windows-1252", "replace")
