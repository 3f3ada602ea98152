"""The menus of commands, by scope and language, and the button that opens one."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.bot_api.chats import chat_of
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.refusals import Refused, bad_request
from bot.sandbox.phones import Group
from bot.sandbox.telegram_side import TelegramSide

MOST_COMMANDS = 100
LONGEST_COMMAND, LONGEST_DESCRIPTION = 32, 256
OF_A_KIND = frozenset(("default", "all_private_chats", "all_group_chats", "all_chat_administrators"))
OF_A_CHAT = frozenset(("chat", "chat_administrators", "chat_member"))
_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"([a-z]{2})?")

Scope = tuple[str, int | None, str]


def set_my_commands(side: TelegramSide, parameters: Parameters) -> bool:
    menu, scope = _menu(parameters), _scope(side, parameters)
    if len(menu) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    if not all(_COMMAND.fullmatch(command) for command, _ in menu):
        raise bad_request("BOT_COMMAND_INVALID")
    side.menus[scope] = menu
    side.changes.ring()
    return True


def get_my_commands(side: TelegramSide, parameters: Parameters) -> list[Json]:
    menu = side.menus.get(_scope(side, parameters), ())
    return [{"command": name, "description": says} for name, says in menu]


def delete_my_commands(side: TelegramSide, parameters: Parameters) -> bool:
    side.menus.pop(_scope(side, parameters), None)
    side.changes.ring()
    return True


def set_chat_menu_button(side: TelegramSide, parameters: Parameters) -> bool:
    button = parameters.structure("menu_button") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    if str(button.get("type")) not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    side.menu_buttons[_chat_id(side, parameters)] = button
    return True


def get_chat_menu_button(side: TelegramSide, parameters: Parameters) -> Json:
    own = side.menu_buttons.get(_chat_id(side, parameters), {"type": "default"})
    return own if own["type"] != "default" else side.menu_buttons.get(0, own)


def _chat_id(side: TelegramSide, parameters: Parameters) -> int:
    return chat_of(side, parameters).id if parameters.text("chat_id") else 0


def _menu(parameters: Parameters) -> tuple[tuple[str, str], ...]:
    given = parameters.structure("commands")
    if given is not None and not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    return tuple(_entry(entry) for entry in given or ())


def _entry(given: Any) -> tuple[str, str]:
    if not isinstance(given, dict):
        raise _unread("expected an Object")
    for field in ("command", "description"):
        if field not in given:
            raise _unread(f'Can\'t find field "{field}"')
    command, description = str(given["command"]).strip().removeprefix("/"), str(given["description"]).strip()
    _check("command", command, LONGEST_COMMAND)
    _check("command description", description, LONGEST_DESCRIPTION)
    return command, description


def _check(what: str, said: str, longest: int) -> None:
    if not said:
        raise bad_request(f"{what} must be non-empty")
    if len(said) > longest:
        raise bad_request(f"{what} length must not exceed {longest}")


def _scope(side: TelegramSide, parameters: Parameters) -> Scope:
    """Of a kind of chats, of one chat, of its administrators or of one member, in one language or any."""
    scope = parameters.structure("scope", "BotCommandScope")
    scope, language = {"type": "default"} if scope is None else scope, parameters.text("language_code")
    if not isinstance(scope, dict):
        raise _unread("BotCommandScope must be an Object", "BotCommandScope")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    if "type" not in scope:
        raise _unread('Can\'t find field "type"', "BotCommandScope")
    kind = str(scope["type"])
    if kind in OF_A_KIND:
        return kind, None, language
    if kind not in OF_A_CHAT:
        raise _unread("Unsupported type specified", "BotCommandScope")
    return _scope_of_a_chat(side, kind, Parameters(scope), language)


def _scope_of_a_chat(side: TelegramSide, kind: str, scope: Parameters, language: str) -> Scope:
    if not scope.text("chat_id"):
        raise _unread("Empty chat_id specified", "BotCommandScope")
    member = scope.number("user_id") if kind == "chat_member" else None
    if member is not None and member <= 0:
        raise _unread("Invalid user_id specified", "BotCommandScope")
    chat = chat_of(side, scope)
    if kind != "chat" and not isinstance(chat.place, Group):
        raise bad_request("can't use specified scope in private chats")
    return kind if member is None else f"{kind} {member}", chat.id, language


def _unread(why: str, what: str = "BotCommand") -> Refused:
    return bad_request(f"can't parse {what}: {why}")
