"""Twilio: for members abroad, and for whoever has no contract with an operator.

Its documentation: "Message resource", "Outbound Message Status in Status Callbacks", "Webhooks security".
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from hashlib import sha1
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from bot.channels.contract import Incoming, Receipt, SendingFailed, Sent, Unreadable
from bot.channels.gateways.asking import no_answer, said_in
from bot.channels.gateways.contract import Answer, Brought, Push, Sought, Text, as_params
from bot.channels.gateways.twilio_answers import OUTCOMES, PAGE, found, receipt_of, refusal, the_one
from bot.channels.wire import transport_to
from content.rules.phones import as_e164
from storage.inbox import Raw

# What Twilio has done by itself for somebody who wrote STOP, or START after it.
_DOORS = {"STOP": "blocked", "START": "unblocked"}
_LONGEST = 1600
_SIGNATURE = "x-twilio-signature"
_NOTHING_TO_SAY = Answer('<?xml version="1.0" encoding="UTF-8"?><Response/>', "text/xml")


class Twilio:
    """A `Gateway`. `sender` is a number, a short code or a name of ours there, or a Messaging Service (MG…).

    `pushes` is our address for what it brings, as Twilio writes it: `/inbound` and `/receipt` stand below it,
    and it signs that, whatever a proxy in front of us makes of it.
    """

    name = "twilio"
    most_at_once = 1
    pulls_every: timedelta | None = None
    can_be_asked = True
    gives_receipts = True

    def __init__(
        self, account: str, token: str, sender: str, pushes: str, api: str, *, patience: float = 30.0
    ) -> None:
        self._account = f"{api}/2010-04-01/Accounts/{account}"
        self._messages = f"{self._account}/Messages"
        self._token, self._pushes = token, pushes
        self._sender = {"MessagingServiceSid" if sender.startswith("MG") else "From": sender}
        self._http = httpx.AsyncClient(transport=transport_to(api), timeout=patience, auth=(account, token))

    async def send(self, text: Text) -> Sent:
        callback = f"{self._pushes}/receipt?{urlencode({'reference': text.reference})}"
        form = {"To": text.number, "Body": text.words, "StatusCallback": callback} | self._sender
        try:
            answer = await self._http.post(f"{self._messages}.json", data=form)
        except httpx.HTTPError as error:
            raise no_answer(error) from error
        said = said_in(answer)
        if answer.is_success and said.get("sid"):
            return Sent(str(said["sid"]))
        raise refusal(answer, said)

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        return [await self._outcome(text) for text in texts]

    def would_refuse(self, words: str, topic: str) -> str:
        return "too_long" if len(words) > _LONGEST else ""

    def as_shown(self, words: str, topic: str) -> str:
        return words

    def is_theirs(self, push: Push) -> bool:
        url = f"{self._pushes}/{push.kind}" + (f"?{push.query}" if push.query else "")
        shown = push.headers.get(_SIGNATURE, "").encode("utf-8", "surrogateescape")
        right = [hmac.compare_digest(shown, self._signature(one, push.body)) for one in _ways_to_write(url)]
        return push.method == "POST" and any(right)

    def read_push(self, push: Push) -> Brought:
        form = as_params(push.body.decode("utf-8", "surrogateescape"))
        if push.kind == "inbound":
            if not form.get("MessageSid") or not form.get("From"):
                raise Unreadable("inbound")
            return Brought(inbound=(Raw("sms", form["MessageSid"], form),))
        status, reference = form.get("MessageStatus", ""), as_params(push.query).get("reference", "")
        if status not in OUTCOMES or not (reference or form.get("MessageSid")):
            raise Unreadable("receipt")
        return Brought(receipts=(receipt_of(reference, status, form.get("ErrorCode", ""), form),))

    def answer_to(self, push: Push) -> Answer:
        # Of words it would send back to the phone what is no TwiML.
        return _NOTHING_TO_SAY if push.kind == "inbound" else Answer()

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        if not params.get("MessageSid") or not params.get("From"):
            raise Unreadable("inbound")
        number = as_e164(params["From"])
        if number is None:
            return None
        if door := _DOORS.get(params.get("OptOutType", "")):
            return Incoming("sms", params["MessageSid"], number, "other", door)
        return Incoming("sms", params["MessageSid"], number, "text", params.get("Body", ""))

    async def pull(self) -> AsyncIterator[Brought]:
        """Nothing waits with them."""
        return
        yield Brought()

    async def look_up(self, sought: Sought) -> Receipt | None:
        if sought.provider_id:
            said = await self._asked(f"{self._messages}/{sought.provider_id}.json")
            return found(sought, said) if said else None
        said = await self._asked(f"{self._messages}.json", To=sought.number, PageSize=str(PAGE))
        return the_one(sought, said.get("messages")) if said else None

    async def what_is_wrong(self) -> str:
        """Why nothing can be sent now, by its word in the table of receipts; empty where all is well."""
        try:
            answer = await self._http.get(f"{self._account}.json")
        except httpx.HTTPError as error:
            return no_answer(error).reason
        return "" if answer.is_success else refusal(answer, said_in(answer)).reason

    async def close(self) -> None:
        await self._http.aclose()

    async def _outcome(self, text: Text) -> Sent | SendingFailed:
        try:
            return await self.send(text)
        except SendingFailed as failure:
            return failure

    def _signature(self, url: str, body: bytes) -> bytes:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        joined = url + "".join(name + value for name in sorted(fields) for value in sorted(set(fields[name])))
        return b64encode(hmac.new(self._token.encode(), joined.encode(), sha1).digest())

    async def _asked(self, url: str, **asked: str) -> dict[str, Any]:
        """What Twilio answers; empty where it knows no such message."""
        try:
            answer = await self._http.get(url, params=asked)
        except httpx.HTTPError as error:
            raise no_answer(error) from error
        said = said_in(answer)
        if answer.is_success:
            return said
        if answer.status_code == httpx.codes.NOT_FOUND:
            return {}
        raise refusal(answer, said)


def _ways_to_write(url: str) -> tuple[str, str]:
    """With its port and without: Twilio signs now one, now the other."""
    split = urlsplit(url)
    host = split.netloc.removesuffix(f":{split.port}") if split.port else split.netloc
    port = split.port or (443 if split.scheme == "https" else 80)
    return split._replace(netloc=host).geturl(), split._replace(netloc=f"{host}:{port}").geturl()
