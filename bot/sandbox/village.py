"""Who is there in the pretend world, and what the screens of their phones show."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from itertools import count

from bot.clock import Clock
from bot.sandbox.bot_api import people
from bot.sandbox.changes import Changes
from bot.sandbox.errands import Errands
from bot.sandbox.gateway_mood import GatewayMood
from bot.sandbox.phones import ChatMessage, Group, NoChatApp, NoSuchPhone, Phone, ShortMessage
from bot.sandbox.sms_side import SmsSide
from bot.sandbox.telegram_side import BotAccount, Chat, TelegramSide
from bot.sandbox.ways import Ways

# Past 32 bits, as the ids of today's accounts are: a column too narrow for them fails here first.
FIRST_PERSON = 7_200_000_001
FIRST_GROUP = -1_002_000_000_001
FIRST_SMALL_GROUP = -4_100_000_001


class Village:
    """Phones and groups, with the Telegram and the mobile network that they hang on."""

    def __init__(self, clock: Clock, account: BotAccount, service_number: str) -> None:
        self.clock, self.service_number = clock, service_number
        self.changes, self.errands = Changes(), Errands()
        self.network, self.gateway = SmsSide(clock, self.changes), GatewayMood(self.changes)
        self.ways = Ways(self.network.off)
        self.telegram = TelegramSide(clock, self.changes, self.errands, account, self.ways)
        self.phones: dict[int, Phone] = {}
        self.groups: dict[int, Group] = {}
        self.spare_cards: dict[int, Phone] = {}
        self._person_ids, self._group_ids = count(FIRST_PERSON), count(FIRST_GROUP, -1)
        self._small_group_ids = count(FIRST_SMALL_GROUP, -1)

    def add_phone(
        self, owner: str, number: str, *, smartphone: bool = True, note: str = "", phone_id: int = 0
    ) -> Phone:
        """A new phone with an E.164 number. Its owner has not yet spoken to the bot.

        A phone that had this number before rings no more, as after a SIM card was moved.
        """
        phone = Phone(phone_id or next(self._person_ids), owner, number, smartphone, note)
        self.phones[phone.id] = phone
        self.network.connect(phone)
        if smartphone:
            self.telegram.open_chat(phone)
        self.changes.ring()
        return phone

    def add_spare_card(self, phone_id: int, number: str) -> Phone:
        """A second SIM card in that phone: text messages only, under an id of its own."""
        card = self.add_phone(self.phone(phone_id).owner, number, smartphone=False)
        self.spare_cards[phone_id] = card
        return card

    def add_group(
        self, title: str, members: Iterable[int], *, bot_is_admin: bool = True, small: bool = False
    ) -> Group:
        """A new group of phones' owners, the bot being put in it by the first of them.

        A `small` one may yet become a supergroup, and then has another id.
        """
        ids = self._small_group_ids if small else self._group_ids
        group = Group(next(ids), title, tuple(members), bot_is_admin)
        self.groups[group.id] = group
        chat = self.telegram.open_chat(group)
        became = "administrator" if bot_is_admin else "member"
        self.bot_became(chat, self.phone(group.members[0]), "left", became)
        return group

    def upgrade_group(self, group_id: int) -> Group:
        """A small group becomes a supergroup: who writes to the old id is told the new one."""
        old = self.groups.pop(group_id)
        new = replace(old, id=next(self._group_ids))
        self.groups[new.id] = new
        moved, to = self.telegram.chats.pop(old.id), self.telegram.open_chat(new)
        to.messages, to.next_id = moved.messages, moved.next_id
        self.telegram.moved[old.id] = new.id
        self.telegram.updates.add("message", people.moved(self.telegram, moved, to))
        return new

    def phone(self, phone_id: int) -> Phone:
        try:
            return self.phones[phone_id]
        except KeyError:
            raise NoSuchPhone(phone_id) from None

    def chat(self, phone_id: int) -> list[ChatMessage]:
        return list(self.private_chat(phone_id).messages)

    def group_chat(self, group_id: int) -> list[ChatMessage]:
        return list(self.telegram.chats[group_id].messages)

    def keyboard(self, phone_id: int) -> tuple[tuple[str, ...], ...]:
        """The labels of the reply keyboard under the private chat, row by row."""
        return self.private_chat(phone_id).keyboard

    def menu(self, chat_id: int) -> tuple[tuple[str, str], ...]:
        """(command, description) as the chat's menu shows them."""
        return self.telegram.menu(chat_id)

    def sms(self, phone_id: int) -> list[ShortMessage]:
        return list(self.network.threads[self.phone(phone_id).id])

    def phone_with(self, card: Phone) -> int:
        """The id of the phone that a card is in: its own, unless it is the second one there."""
        return next((phone for phone, spare in self.spare_cards.items() if spare == card), card.id)

    def is_off(self, phone_id: int) -> bool:
        return phone_id in self.network.off

    def has_blocked(self, phone_id: int) -> bool:
        return self.private_chat(phone_id).blocked

    def subscribe(self) -> AsyncIterator[int]:
        """A number for each change from now on; quick changes may come as one."""
        return self.changes.follow()

    def bot_became(self, chat: Chat, by: Phone, old: str, new: str) -> None:
        self.telegram.updates.add("my_chat_member", people.my_chat_member(self.telegram, chat, by, old, new))

    def private_chat(self, phone_id: int) -> Chat:
        if not self.phone(phone_id).smartphone:
            raise NoChatApp(phone_id)
        return self.telegram.chats[phone_id]
