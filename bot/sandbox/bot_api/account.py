"""The smaller calls: who the bot is, its menus, its files, and the answer to a pressed button."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.sandbox.bot_api import people, wire
from bot.sandbox.bot_api.chats import chat_of, open_chat_of
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.telegram_side import TelegramSide

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LONGEST_TOAST = 200
MOST_COMMANDS = 100
# Telegram names no time; a phone stops its spinner after some seconds, and after minutes it is over.
A_PRESS_LIVES = timedelta(minutes=15)
CHAT_ACTIONS = frozenset(
    ("typing", "upload_photo", "upload_document", "choose_sticker", "find_location", "record_voice")
) | {"upload_voice", "record_video", "upload_video", "record_video_note", "upload_video_note"}
CHATS_OF_A_KIND = frozenset(("default", "all_private_chats", "all_group_chats", "all_chat_administrators"))


def get_me(side: TelegramSide, parameters: Parameters) -> Json:
    return people.get_me(side.account)


def get_chat(side: TelegramSide, parameters: Parameters) -> Json:
    return people.full_chat(chat_of(side, parameters).place)


def send_chat_action(side: TelegramSide, parameters: Parameters) -> bool:
    open_chat_of(side, parameters)
    if parameters.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def get_file(side: TelegramSide, parameters: Parameters) -> Json:
    """A File with the path to fetch it from. Source of the 20 MB: Bot API, getFile."""
    kept = side.files.get(parameters.text("file_id"))
    if kept is None:
        raise bad_request("invalid file_id")
    if len(kept.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return wire.file(kept) | {"file_path": file_path(kept.id)}


def file_path(file_id: str) -> str:
    return f"documents/{file_id}"


def answer_callback_query(side: TelegramSide, parameters: Parameters) -> bool:
    press = side.presses.get(parameters.text("callback_query_id"))
    if press is None or side.clock.now() - press.at > A_PRESS_LIVES:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if wire.units(parameters.text("text")) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    press.message.toast = parameters.text("text")
    side.changes.ring()
    return True


def set_my_commands(side: TelegramSide, parameters: Parameters) -> bool:
    menu = _menu(parameters.structure("commands"))
    if len(menu) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    if not all(_is_command(name) and 1 <= wire.units(says) <= 256 for name, says in menu):
        raise bad_request("BOT_COMMAND_INVALID")
    side.menus[_scope(side, parameters)] = menu
    side.changes.ring()
    return True


def get_my_commands(side: TelegramSide, parameters: Parameters) -> list[Json]:
    menu = side.menus.get(_scope(side, parameters), ())
    return [{"command": name, "description": says} for name, says in menu]


def delete_my_commands(side: TelegramSide, parameters: Parameters) -> bool:
    side.menus.pop(_scope(side, parameters), None)
    side.changes.ring()
    return True


def _menu(given: Any) -> tuple[tuple[str, str], ...]:
    try:
        return tuple((entry["command"].removeprefix("/"), str(entry["description"])) for entry in given)
    except (TypeError, KeyError, AttributeError):
        raise bad_request("can't parse commands: expected an Array of BotCommand") from None


def _scope(side: TelegramSide, parameters: Parameters) -> tuple[str, int | None, str]:
    """Of a kind of chats, of one chat, or of that chat's administrators, in one language or any."""
    scope = parameters.structure("scope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind, language = scope.get("type"), parameters.text("language_code")
    if kind in CHATS_OF_A_KIND:
        return kind, None, language
    if kind not in ("chat", "chat_administrators"):
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return kind, chat_of(side, Parameters(scope)).id, language


def _is_command(name: str) -> bool:
    return 1 <= len(name) <= 32 and all(sign in "abcdefghijklmnopqrstuvwxyz0123456789_" for sign in name)
