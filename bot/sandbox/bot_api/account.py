"""The smaller calls: who the bot is, its menus, its files, and the answer to a pressed button."""

from __future__ import annotations

from typing import Any

from bot.sandbox.bot_api import people, wire
from bot.sandbox.bot_api.chats import chat_of
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.telegram_side import TelegramSide

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LONGEST_TOAST = 200


def get_me(side: TelegramSide, parameters: Parameters) -> Json:
    return people.get_me(side.account)


def get_chat(side: TelegramSide, parameters: Parameters) -> Json:
    return people.full_chat(chat_of(side, parameters).place)


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
    if press is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if wire.units(parameters.text("text")) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    press.message.toast = parameters.text("text")
    side.changes.ring()
    return True


def set_my_commands(side: TelegramSide, parameters: Parameters) -> bool:
    menu = _menu(parameters.structure("commands"))
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
    scope = parameters.structure("scope") or {"type": "default"}
    chat_id = chat_of(side, Parameters(scope)).id if "chat_id" in scope else None
    return scope.get("type", "default"), chat_id, parameters.text("language_code")


def _is_command(name: str) -> bool:
    return 1 <= len(name) <= 32 and all(sign in "abcdefghijklmnopqrstuvwxyz0123456789_" for sign in name)
