"""What Telegram itself would hold: the chats, the files, the command menus, the updates for the bot."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.sandbox.bot_api.pictures import smaller
from bot.sandbox.changes import Changes
from bot.sandbox.errands import Errands
from bot.sandbox.phones import ChatFile, ChatMessage, Contact, Group, Phone
from bot.sandbox.updates import Updates
from bot.sandbox.ways import Ways


@dataclass(frozen=True, slots=True)
class BotAccount:
    """The bot as people see it. Its token starts with its id, as everywhere in Telegram."""

    id: int = 6_100_000_001
    name: str = "联动"
    username: str = "liandong_sandbox_bot"
    secret: str = "sandbox"  # noqa: S105 - opens nothing but a pretend world on loopback

    @property
    def token(self) -> str:
        return f"{self.id}:{self.secret}"


@dataclass(slots=True)
class Chat:
    """`known` is whether the bot ever heard from here: before that it can write to nobody."""

    id: int
    place: Phone | Group
    known: bool = False
    blocked: bool = False
    keyboard: tuple[tuple[str, ...], ...] = ()
    messages: list[ChatMessage] = field(default_factory=list)
    next_id: int = 1

    def message(self, message_id: int) -> ChatMessage | None:
        return next((message for message in reversed(self.messages) if message.id == message_id), None)


@dataclass(slots=True)
class Press:
    """A pressed button whose spinner still turns on the phone until the bot answers."""

    message: ChatMessage
    presser: int
    at: datetime


class TelegramSide:
    """`gate` may look at each call first (the method in small letters, what it says) and refuse it.

    That is where a flood limit goes: `raise too_many(seconds)` from `bot_api/refusals.py`.
    """

    def __init__(
        self, clock: Clock, changes: Changes, errands: Errands, account: BotAccount, ways: Ways
    ) -> None:
        self.clock, self.changes, self.account, self.ways = clock, changes, account, ways
        self.updates = Updates(clock, changes, errands)
        self.people: dict[int, Phone] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, ChatFile] = {}
        self.moved: dict[int, int] = {}
        self.menus: dict[tuple[str, int | None, str], tuple[tuple[str, str], ...]] = {}
        self.menu_buttons: dict[int, dict[str, Any]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.presses: dict[str, Press] = {}
        self.gate: Callable[[str, Mapping[str, Any]], None] | None = None

    def open_chat(self, place: Phone | Group) -> Chat:
        if isinstance(place, Phone):
            self.people[place.id] = place
        self.chats[place.id] = Chat(place.id, place, known=isinstance(place, Group))
        return self.chats[place.id]

    def put(
        self,
        chat: Chat,
        sender: int | None,
        text: str = "",
        *,
        picture: ChatFile | None = None,
        document: ChatFile | None = None,
        contact: Contact | None = None,
        reply_to: int | None = None,
    ) -> ChatMessage:
        """A new bubble at the end of a chat, at the world's time."""
        message = ChatMessage(
            id=chat.next_id,
            chat_id=chat.id,
            sender=sender,
            at=self.clock.now(),
            text=text,
            picture=picture,
            document=document,
            contact=contact,
            reply_to=reply_to,
        )
        chat.next_id += 1
        chat.messages.append(message)
        if message.from_bot:
            self.ways.note(chat.id, "chat", "arrived")
        self.changes.ring()
        return message

    def keep(self, name: str, content: bytes, size: tuple[int, int] = (0, 0)) -> ChatFile:
        """Stores a file. Its id is long and says nothing, so nobody can take it for a path."""
        unique = hashlib.sha256(content + name.encode()).hexdigest()[:16]
        file_id = f"BQACAgU-{len(self.files) + 1:06}-{unique}"
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        kept = ChatFile(file_id, unique, name, mime, content, *size)
        self.files |= {each.id: each for each in (*smaller(kept), kept)}
        return kept

    def menu(self, chat_id: int) -> tuple[tuple[str, str], ...]:
        """The commands a chat shows: its own menu, else that of its kind, else the default one.

        Source: Bot API, BotCommandScope, "Determining list of commands"; narrowed to the scopes
        that can apply here.
        """
        kind = "all_private_chats" if chat_id > 0 else "all_group_chats"
        for scope in (("chat", chat_id), (kind, None), ("default", None)):
            for language in ("zh", ""):
                if menu := self.menus.get((*scope, language)):
                    return menu
        return ()
