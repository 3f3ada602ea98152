"""What the owner of a phone can do in a chat with the bot."""

from __future__ import annotations

from itertools import count

from bot.clock import Clock
from bot.sandbox.bot_api import wire
from bot.sandbox.bot_api.pictures import picture_size
from bot.sandbox.phones import ChatMessage, Contact, NoSuchButton, NoSuchPhone, Phone
from bot.sandbox.telegram_side import BotAccount, Chat, Press
from bot.sandbox.village import Village

FIRST_PRESS = 4_100_000_000_000_001


class Chatter(Village):
    def __init__(self, clock: Clock, account: BotAccount, service_number: str) -> None:
        super().__init__(clock, account, service_number)
        self._press_ids = count(FIRST_PRESS)

    def type(self, phone_id: int, text: str, reply_to: int | None = None) -> ChatMessage:
        """Types into the private chat with the bot, a button of the reply keyboard being typed too."""
        return self._say(self.private_chat(phone_id), phone_id, text, reply_to)

    def type_in_group(
        self, group_id: int, phone_id: int, text: str, reply_to: int | None = None
    ) -> ChatMessage:
        if group_id not in self.groups:
            raise NoSuchPhone(group_id)
        return self._say(self.telegram.chats[group_id], phone_id, text, reply_to)

    def edit(self, phone_id: int, message_id: int, text: str) -> ChatMessage:
        """Puts one's own words in the private chat another way."""
        message = self._message(phone_id, message_id)
        message.text, message.edited_at, message.reworded = text.strip(), self.clock.now(), True
        self.telegram.updates.add("edited_message", wire.message(self.telegram, message))
        return message

    def open_link(self, phone_id: int, start_parameter: str) -> ChatMessage:
        """Opens t.me/BOT?start=PARAMETER and presses Start, which lets a bot in again that was blocked."""
        self.unblock(phone_id)
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

    def send_picture(self, phone_id: int, content: bytes, caption: str = "") -> ChatMessage:
        """A PNG or JPEG out of the gallery."""
        chat = self.private_chat(phone_id)
        picture = self.telegram.keep("photo.jpg", content, picture_size(content))
        return self._tell(chat, self.telegram.put(chat, phone_id, caption, picture=picture))

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
            self.telegram.presses[press_id] = Press(message, phone_id, self.clock.now())
            pressed = wire.callback_query(self.telegram, press_id, self.phone(phone_id), message, button.data)
            self.telegram.updates.add("callback_query", pressed)
        self.changes.ring()

    def block(self, phone_id: int) -> None:
        chat = self.private_chat(phone_id)
        if not chat.blocked:
            chat.blocked = True
            self.bot_became(chat, self.phone(phone_id), "member", "kicked")

    def unblock(self, phone_id: int) -> None:
        chat = self.private_chat(phone_id)
        if chat.blocked:
            chat.blocked = False
            self.bot_became(chat, self.phone(phone_id), "kicked", "member")

    # Steps

    def _message(self, chat_id: int, message_id: int) -> ChatMessage:
        message = self.telegram.chats[chat_id].message(message_id)
        if message is None:
            raise NoSuchButton(message_id)
        return message

    def _say(self, chat: Chat, phone_id: int, text: str, reply_to: int | None) -> ChatMessage:
        said = self.telegram.put(chat, self.phone(phone_id).id, text.strip(), reply_to=reply_to)
        return self._tell(chat, said)

    def _tell(self, chat: Chat, message: ChatMessage) -> ChatMessage:
        chat.known = True
        if _bot_hears(chat, message):
            self.telegram.updates.add("message", wire.message(self.telegram, message))
        return message


def _bot_hears(chat: Chat, message: ChatMessage) -> bool:
    place = chat.place
    if isinstance(place, Phone) or place.bot_is_admin or message.text.startswith("/"):
        return True
    answered = chat.message(message.reply_to) if message.reply_to else None
    return answered is not None and answered.from_bot
