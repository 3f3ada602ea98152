"""An SMS centre that speaks Kannel's HTTP interface: sendsms in, receipts and texts from phones out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from secrets import compare_digest

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.errands import Errand
from bot.sandbox.kannel_request import Rejected, as_gsm, check, read_request
from bot.sandbox.kannel_url import fill
from bot.sandbox.phones import Phone, ShortMessage
from bot.sandbox.world import World

# Kannel's dlr-mask and %d (user guide, "Delivery reports").
DELIVERED, FAILED, TAKEN_BY_NETWORK = 1, 2, 8
MOST_PARTS = 10
TRIES_FOR_A_RECEIPT = 12


@dataclass(frozen=True, slots=True)
class SmsAccount:
    """Who may send, and where texts from phones go: a get-url with Kannel's escape codes, or nowhere."""

    username: str = "liandong"
    password: str = "sandbox"  # noqa: S105 - opens nothing but a pretend world on loopback
    inbound_url: str = ""
    smsc_id: str = "SANDBOX"


class SmsCentre:
    def __init__(self, world: World, account: SmsAccount) -> None:
        self._world, self._account = world, account
        if account.inbound_url:
            world.carry_inbound(self._forward)

    def routes(self) -> list[Route]:
        return [Route("/cgi-bin/sendsms", self._sendsms, methods=["GET", "POST"])]

    async def _sendsms(self, request: Request) -> Response:
        try:
            said = await read_request(request)
            self._admit(said)
            self._take(said)
        except Rejected as rejected:
            return PlainTextResponse(rejected.sentence, rejected.code)
        return PlainTextResponse("0: Accepted for delivery", 202)

    def _admit(self, said: Mapping[str, str]) -> None:
        name, password = said.get("username", ""), said.get("password", "")
        right = compare_digest(name.encode(), self._account.username.encode())
        if not (right and compare_digest(password.encode(), self._account.password.encode())):
            raise Rejected(403, "Authorization failed for sendsms")

    def _take(self, said: Mapping[str, str]) -> None:
        check(said)
        for number in said["to"].split():
            self._deliver({**said, "to": number})

    def _deliver(self, said: Mapping[str, str]) -> None:
        """Delivers one message at once, and owes the receipts it was sent with."""
        network, phone = self._world.network, self._world.network.phone_at(said["to"])
        message_id, arrived = network.new_id(), False
        if phone:
            ucs2 = said.get("coding") == "2"
            body = said["text"] if ucs2 else as_gsm(said["text"])
            message = network.put(phone, True, body, ucs2=ucs2, most_parts=MOST_PARTS)
            arrived = phone.id not in network.off
            message_id, message.status = message.id, "delivered" if arrived else "failed"
        self._owe_receipts(said, message_id, DELIVERED if arrived else FAILED)

    def _owe_receipts(self, said: Mapping[str, str], message_id: str, outcome: int) -> None:
        wanted = int(said.get("dlr-mask", "0")) if said.get("dlr-url") else 0
        for status in (TAKEN_BY_NETWORK, outcome):
            if wanted & status:
                url = fill(said["dlr-url"], self._receipt_codes(said, message_id, status))
                lane = f"receipts of {message_id}"
                self._world.errands.add(Errand(url=url, lane=lane, tries=TRIES_FOR_A_RECEIPT))

    def _receipt_codes(self, said: Mapping[str, str], message_id: str, status: int) -> Mapping[str, str]:
        """%p is who sent the message, %P whom it was for, as Kannel keeps them in a receipt."""
        answer = {DELIVERED: "stat:DELIVRD err:000", FAILED: "stat:UNDELIV err:001"}.get(status, "ACK/")
        return self._codes(said["from"], said["to"], message_id) | {"d": str(status), "A": answer}

    def _forward(self, phone: Phone, message: ShortMessage) -> None:
        """Owes a text from a phone to the program. Kannel recodes it to UTF-8 (mo-recode), coding 0.

        Words are put one space apart, line ends too, as %a does; %b is the text as it was typed.
        """
        codes = self._codes(phone.number, self._world.service_number, message.id)
        codes |= {"a": " ".join(message.body.split()), "b": message.body, "c": "0", "C": "UTF-8", "u": ""}
        url, done = fill(self._account.inbound_url, codes), partial(self._forwarded, message)
        self._world.errands.add(Errand(url=url, lane=f"texts of {phone.id}", done=done))

    def _forwarded(self, message: ShortMessage, answered: bool) -> None:
        message.status = "delivered" if answered else "failed"
        self._world.changes.ring()

    def _codes(self, sender: str, receiver: str, message_id: str) -> dict[str, str]:
        now = self._world.clock.now()
        return {
            "p": sender,
            "P": receiver,
            "q": sender,
            "Q": receiver,
            "i": self._account.smsc_id,
            "I": message_id,
            "F": message_id,
            "T": str(int(now.timestamp())),
            "t": now.strftime("%Y-%m-%d %H:%M"),
            "n": self._account.username,
        }
