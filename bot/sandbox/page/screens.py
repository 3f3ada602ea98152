"""What is on a phone's screen, as the browser gets it: plain values, times in the branch's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from bot.sandbox.phones import ChatFile, ChatMessage, Group, Phone, ShortMessage
from bot.sandbox.world import World

# As many bubbles as anybody scrolls back; a long demo stays quick to send.
KEPT = 150
Shown = dict[str, Any]


def screen(world: World, phone: Phone, timezone: tzinfo) -> Shown:
    """All of one phone: {id, off, ways, sms, spare} and, on a smartphone, {chat, groups}."""
    spare = world.spare_cards.get(phone.id)
    shown = {
        "id": phone.id,
        "off": world.is_off(phone.id),
        "ways": [way._asdict() for way in world.ways.of(phone.id)],
        "sms": _texts(world, phone, timezone),
        "spare": _texts(world, spare, timezone) if spare else [],
    }
    if phone.smartphone:
        shown["chat"] = _private_chat(world, phone, timezone)
        shown["groups"] = [_group_chat(world, phone, group, timezone) for group in groups_of(world, phone)]
    return shown


def _texts(world: World, phone: Phone, timezone: tzinfo) -> list[Shown]:
    return [
        _short_message(world, message, timezone)
        for message in world.sms(phone.id)[-KEPT:]
        if not (message.from_program and message.status == "failed")
    ]


def groups_of(world: World, phone: Phone) -> list[Group]:
    return [group for group in world.groups.values() if phone.id in group.members]


def _private_chat(world: World, phone: Phone, timezone: tzinfo) -> Shown:
    messages = world.chat(phone.id)
    asks = _asks_contact(messages)
    keyboard = world.keyboard(phone.id)
    used_up = not asks and any(keyboard == ((message.asks_contact,),) for message in messages)
    return {
        "messages": [_bubble(message, phone, "", timezone) for message in messages[-KEPT:]],
        "keyboard": () if used_up else keyboard,
        "asksContact": asks,
        "commands": _commands(world, phone.id),
        "blocked": world.has_blocked(phone.id),
        "isNew": not messages,
    }


def _asks_contact(messages: Sequence[ChatMessage]) -> str:
    """The label of the key that shares one's number; it goes once it was used, or a link took its place."""
    for message in reversed(messages):
        if message.asks_contact or message.contact or message.text.startswith("/start "):
            return message.asks_contact
    return ""


def _group_chat(world: World, phone: Phone, group: Group, timezone: tzinfo) -> Shown:
    return {
        "id": group.id,
        "messages": [
            _bubble(message, phone, _speaker(world, message), timezone)
            for message in world.group_chat(group.id)[-KEPT:]
        ],
        "commands": _commands(world, group.id),
        "blocked": False,
    }


def _speaker(world: World, message: ChatMessage) -> str:
    return world.telegram.account.name if message.sender is None else world.phone(message.sender).owner


def _commands(world: World, chat_id: int) -> list[Shown]:
    return [{"command": command, "description": text} for command, text in world.menu(chat_id)]


def _bubble(message: ChatMessage, phone: Phone, speaker: str, timezone: tzinfo) -> Shown:
    mine = message.sender == phone.id
    return {
        "id": message.id,
        "mine": mine,
        "speaker": "" if mine else speaker,
        "text": message.text,
        **_when(message.at, timezone),
        "edited": message.edited,
        "buttons": [[{"label": b.label, "url": b.url} for b in row] for row in message.buttons],
        "toast": message.toast,
        "picture": message.picture and _file(message.picture),
        "document": message.document and _file(message.document),
        "contact": message.contact
        and {"name": message.contact.first_name, "number": f"+{message.contact.number.removeprefix('+')}"},
    }


def _short_message(world: World, message: ShortMessage, timezone: tzinfo) -> Shown:
    return {
        "id": message.id,
        "mine": not message.from_program,
        "number": world.service_number,
        "text": message.body,
        "parts": message.parts,
        "failed": message.status == "failed",
        **_when(message.at, timezone),
    }


def _file(file: ChatFile) -> Shown:
    return {
        "url": f"/files/{file.id}",
        "name": file.name,
        "size": len(file.content),
        "width": file.width,
        "height": file.height,
    }


def _when(at: datetime, timezone: tzinfo) -> dict[str, str]:
    local = at.astimezone(timezone)
    return {"day": local.date().isoformat(), "time": f"{local:%H:%M}"}
