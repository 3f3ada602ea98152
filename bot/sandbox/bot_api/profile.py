"""The bot's name and what it says of itself, in one language or any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.bot_api import wire
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.telegram_side import TelegramSide

# Source of the lengths: Bot API, setMyName, setMyDescription, setMyShortDescription.
LONGEST = {"name": 64, "description": 512, "short_description": 120}


def _setting(part: str) -> Callable[[TelegramSide, Parameters], bool]:
    def put(side: TelegramSide, parameters: Parameters) -> bool:
        said = parameters.text(part).strip()
        if wire.units(said) > LONGEST[part]:
            raise bad_request(f"{part.replace('_', ' ')} is too long")
        side.profile[part, parameters.text("language_code")] = said
        return True

    return put


def _getting(part: str) -> Callable[[TelegramSide, Parameters], Json]:
    """In the language asked for, else in none; a bot that was given no name has its first one."""

    def get(side: TelegramSide, parameters: Parameters) -> Json:
        own = side.account.name if part == "name" else ""
        said = [side.profile.get((part, language)) for language in (parameters.text("language_code"), "")]
        return {part: next((each for each in said if each), own)}

    return get


METHODS: dict[str, Callable[[TelegramSide, Parameters], Any]] = {
    "setmyname": _setting("name"),
    "getmyname": _getting("name"),
    "setmydescription": _setting("description"),
    "getmydescription": _getting("description"),
    "setmyshortdescription": _setting("short_description"),
    "getmyshortdescription": _getting("short_description"),
}
