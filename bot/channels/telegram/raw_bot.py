"""The library's bot, asked and answered in raw JSON where its own objects would be in the way."""

from __future__ import annotations

from typing import Any, TypeAlias

from telegram import Bot, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import TelegramError

from bot.channels.contract import TryLater
from bot.channels.telegram.reading import ASKED_FOR

# Seconds that Telegram may take for its answer beyond those of the long poll.
_ANSWER = 30.0

Keyboard: TypeAlias = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


class RawBot(Bot):
    async def raw_updates(self, offset: int, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109
        """As they came. `Bot.get_updates` parses them all and, when one fails, gives none, for ever."""
        asked = {"offset": offset, "timeout": timeout, "allowed_updates": list(ASKED_FOR)}
        answer = await self._post("getUpdates", asked, read_timeout=timeout + _ANSWER)
        if not isinstance(answer, list):
            raise TryLater("answer_unreadable")
        return answer

    async def say(self, chat: str, text: str, keyboard: Keyboard) -> int:
        """The new message's number. `Bot.send_message` builds the whole message from the answer, too:
        more work than sending it.
        """
        said = {
            "chat_id": chat,
            "text": text,
            "reply_markup": keyboard,
            "link_preview_options": {"is_disabled": True},
        }
        answer = await self._post("sendMessage", said)
        number = answer.get("message_id") if isinstance(answer, dict) else None
        if not isinstance(number, int):
            raise TelegramError("no message in the answer")
        return number
