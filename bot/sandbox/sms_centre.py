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
from bot.sandbox.gateway_mood import Mood
from bot.sandbox.kannel_request import Rejected, as_gsm, check, read_request
from bot.sandbox.kannel_url import fill
from bot.sandbox.phones import Phone, ShortMessage
from bot.sandbox.ways import End
from bot.sandbox.world import World

# Kannel's dlr-mask and %d (user guide, "Delivery reports").
DELIVERED, FAILED, TAKEN_BY_NETWORK = 1, 2, 8
MOST_PARTS = 10
TRIES_FOR_A_RECEIPT = 12
# What the network says of a number that is nobody's, and of a phone that is off. CMPP's word
# for the first, as operators in China put it into the state of a receipt.
_NO_SUCH_NUMBER = "stat:MK:0001 err:001"
_PHONE_OFF = "stat:UNDELIV err:027"
# What is to be seen of a message that came while the centre took none.
_ENDS_IN: dict[Mood, End] = {"busy": "busy", "silent": "silent"}


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
            if instead := await self._answer_instead(request, said):
                return instead
            self._admit(said)
            self._take(said)
        except Rejected as rejected:
            return PlainTextResponse(rejected.sentence, rejected.code)
        return PlainTextResponse("0: Accepted for delivery", 202)

    async def _answer_instead(self, request: Request, said: Mapping[str, str]) -> Response | None:
        """What comes of a message while the centre is not well."""
        if end := _ENDS_IN.get(self._world.gateway.now):
            for phone in filter(None, map(self._world.network.phone_at, said.get("to", "").split())):
                self._world.ways.note(self._world.phone_with(phone), "sms", end)
        return await self._world.gateway.answer_instead(request)

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
        message_id, arrived, is_dead = network.new_id(), False, phone is None or phone.id in network.dead
        if phone:
            ucs2 = said.get("coding") == "2"
            body = said["text"] if ucs2 else as_gsm(said["text"])
            message = network.put(phone, True, body, ucs2=ucs2, most_parts=MOST_PARTS)
            arrived = phone.id not in network.off and not is_dead
            message_id, message.status = message.id, "delivered" if arrived else "failed"
            end: End = "arrived" if arrived else "off"
            self._world.ways.note(self._world.phone_with(phone), "sms", end)
        why = _NO_SUCH_NUMBER if is_dead else _PHONE_OFF
        self._owe_receipts(said, message_id, DELIVERED if arrived else FAILED, why)

    def _owe_receipts(self, said: Mapping[str, str], message_id: str, outcome: int, why: str) -> None:
        wanted = int(said.get("dlr-mask", "0")) if said.get("dlr-url") else 0
        for status in (TAKEN_BY_NETWORK, outcome):
            if wanted & status:
                url = fill(said["dlr-url"], self._receipt_codes(said, message_id, status, why))
                lane = f"receipts of {message_id}"
                self._world.errands.add(Errand(url=url, lane=lane, tries=TRIES_FOR_A_RECEIPT))

    def _receipt_codes(
        self, said: Mapping[str, str], message_id: str, status: int, why: str
    ) -> Mapping[str, str]:
        """%p is who sent the message, %P whom it was for, as Kannel keeps them in a receipt.

        `why` is said of what failed, so that people read why, and not only that it did.
        """
        answer = {DELIVERED: "stat:DELIVRD err:000", FAILED: why}.get(status, "ACK/")
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
