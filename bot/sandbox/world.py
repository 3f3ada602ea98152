"""The pretend outside world: phones in people's hands, and all that lies between them and the program."""

from __future__ import annotations

from collections.abc import Callable

from bot.clock import Clock
from bot.sandbox.chatter import Chatter
from bot.sandbox.phones import Phone, ShortMessage
from bot.sandbox.telegram_side import BotAccount

SERVICE_NUMBER = "106900012371"

Inbound = Callable[[Phone, ShortMessage], None]


class World(Chatter):
    """The verbs are what an owner of a phone can do; what is on the screens is read as in any village."""

    def __init__(
        self, clock: Clock, account: BotAccount | None = None, service_number: str = SERVICE_NUMBER
    ) -> None:
        super().__init__(clock, account or BotAccount(), service_number)
        self._not_carried: list[tuple[Phone, ShortMessage]] = []
        self._send_inbound: Inbound | None = None

    def begin_after(self, past: int) -> None:
        """Leave out the ids of an earlier world: the program would take news under them for repeats."""
        self.telegram.updates.begin_after(past)
        self.network.begin_after(past)

    def text(self, phone_id: int, body: str) -> ShortMessage:
        """Sends a text message to the program's service number."""
        phone = self.phone(phone_id)
        message = self.network.put(phone, from_program=False, body=body)
        if self._send_inbound:
            self._send_inbound(phone, message)
        else:
            self._not_carried.append((phone, message))
        return message

    def switch_off(self, phone_id: int) -> None:
        """Text messages to it fail from now on, with a failed receipt; Telegram keeps its chats for it."""
        self.network.off.update(self._cards(phone_id))
        self.changes.ring()

    def switch_on(self, phone_id: int) -> None:
        self.network.off.difference_update(self._cards(phone_id))
        self.ways.switched_on(phone_id)
        self.changes.ring()

    def number_dies(self, phone_id: int) -> None:
        """Its number is nobody's any more: text messages to it fail, and the receipt says so."""
        self.network.dead.add(self.phone(phone_id).id)
        self.changes.ring()

    def number_lives(self, phone_id: int) -> None:
        self.network.dead.discard(self.phone(phone_id).id)
        self.changes.ring()

    def carry_inbound(self, send: Inbound) -> None:
        """The SMS centre takes texts over from here, first those that waited for it."""
        self._send_inbound = send
        waited, self._not_carried = self._not_carried, []
        for phone, message in waited:
            send(phone, message)

    def _cards(self, phone_id: int) -> set[int]:
        """Both cards of a phone that has two."""
        spare = self.spare_cards.get(phone_id)
        return {self.phone(phone_id).id} | ({spare.id} if spare else set())

    async def settled(self) -> None:
        """Returns once the program has answered every receipt, text message and webhook owed to it.

        It does not return while the program is down: what is owed is then tried again for ever.
        """
        await self.errands.settled()
