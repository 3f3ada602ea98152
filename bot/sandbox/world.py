"""The pretend outside world: phones in people's hands, and all that lies between them and the program."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from bot.clock import Clock
from bot.sandbox.bot_api import wire
from bot.sandbox.phones import (
    ChatMessage,
    Contact,
    NoSuchButton,
    NoSuchPhone,
    Phone,
    ShortMessage,
)
from bot.sandbox.telegram_side import BotAccount, Chat, Press
from bot.sandbox.village import Village

FIRST_PRESS = 4_100_000_000_000_001
SERVICE_NUMBER = "106900012371"

Inbound = Callable[[Phone, ShortMessage], None]


class World(Village):
    """The verbs are what an owner of a phone can do; what is on the screens is read as in any village."""

    def __init__(
        self, clock: Clock, account: BotAccount | None = None, service_number: str = SERVICE_NUMBER
    ) -> None:
        super().__init__(clock, account or BotAccount(), service_number)
        self._press_ids = count(FIRST_PRESS)
        self._not_carried: list[tuple[Phone, ShortMessage]] = []
        self._send_inbound: Inbound | None = None

    def begin_after(self, past: int) -> None:
        """Leave out the ids of an earlier world: the program would take news under them for repeats."""
        self.telegram.updates.begin_after(past)
        self.network.begin_after(past)

    # What an owner can do in a chat

    def type(self, phone_id: int, text: str) -> ChatMessage:
        """Types into the private chat with the bot, a button of the reply keyboard being typed too."""
        return self._say(self.private_chat(phone_id), phone_id, text)

    def type_in_group(self, group_id: int, phone_id: int, text: str) -> ChatMessage:
        if group_id not in self.groups:
            raise NoSuchPhone(group_id)
        return self._say(self.telegram.chats[group_id], phone_id, text)

    def open_link(self, phone_id: int, start_parameter: str) -> ChatMessage:
        """Opens t.me/BOT?start=PARAMETER and presses Start."""
        return self.type(phone_id, f"/start {start_parameter}".rstrip())

    def share_contact(self, phone_id: int, number: str | None = None) -> ChatMessage:
        """Shares a card: one's own number where None is given, else somebody else's card."""
        phone = self.phone(phone_id) if number is None else self.network.phone_at(number)
        has_account = phone is not None and phone.smartphone
        card = Contact(
            number=(phone.number if phone else number or "").removeprefix("+"),
            first_name=phone.owner if phone else "朋友",
            user_id=phone.id if phone and has_account else None,
        )
        chat = self.private_chat(phone_id)
        return self._tell(chat, self.telegram.put(chat, phone_id, contact=card))

    def send_document(self, phone_id: int, name: str, content: bytes, caption: str = "") -> ChatMessage:
        chat = self.private_chat(phone_id)
        file = self.telegram.keep(name, content)
        return self._tell(chat, self.telegram.put(chat, phone_id, caption, document=file))

    def press(
        self, phone_id: int, message_id: int, row: int = 0, column: int = 0, *, group_id: int | None = None
    ) -> None:
        """Presses a button under a message; rows and columns count from 0."""
        message = self._message(group_id or phone_id, message_id)
        try:
            button = message.buttons[row][column]
        except IndexError:
            raise NoSuchButton(row, column) from None
        message.pressed, message.toast = (row, column), ""
        if button.data:
            press_id = str(next(self._press_ids))
            self.telegram.presses[press_id] = Press(message, phone_id)
            pressed = wire.callback_query(self.telegram, press_id, self.phone(phone_id), message, button.data)
            self.telegram.updates.add("callback_query", pressed)
        self.changes.ring()

    def block(self, phone_id: int) -> None:
        self.private_chat(phone_id).blocked = True
        self.bot_became(self.private_chat(phone_id), self.phone(phone_id), "member", "kicked")

    def unblock(self, phone_id: int) -> None:
        self.private_chat(phone_id).blocked = False
        self.bot_became(self.private_chat(phone_id), self.phone(phone_id), "kicked", "member")

    # What an owner can do with text messages

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
        """Text messages to it fail from now on, with a failed receipt."""
        self.network.off.add(self.phone(phone_id).id)
        self.changes.ring()

    def switch_on(self, phone_id: int) -> None:
        self.network.off.discard(self.phone(phone_id).id)
        self.changes.ring()

    def carry_inbound(self, send: Inbound) -> None:
        """The SMS centre takes texts over from here, first those that waited for it."""
        self._send_inbound = send
        waited, self._not_carried = self._not_carried, []
        for phone, message in waited:
            send(phone, message)

    async def settled(self) -> None:
        """Returns once the program has answered every receipt, text message and webhook owed to it.

        It does not return while the program is down: what is owed is then tried again for ever.
        """
        await self.errands.settled()

    # Steps

    def _message(self, chat_id: int, message_id: int) -> ChatMessage:
        message = self.telegram.chats[chat_id].message(message_id)
        if message is None:
            raise NoSuchButton(message_id)
        return message

    def _say(self, chat: Chat, phone_id: int, text: str) -> ChatMessage:
        return self._tell(chat, self.telegram.put(chat, self.phone(phone_id).id, text.strip()))

    def _tell(self, chat: Chat, message: ChatMessage) -> ChatMessage:
        chat.known = True
        if _bot_hears(chat, message):
            self.telegram.updates.add("message", wire.message(self.telegram, message))
        return message


def _bot_hears(chat: Chat, message: ChatMessage) -> bool:
    place = chat.place
    return isinstance(place, Phone) or place.bot_is_admin or message.text.startswith("/")
