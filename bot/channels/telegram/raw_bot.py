"""The library's bot, asked and answered in raw JSON where its own objects would be in the way."""

from __future__ import annotations

from typing import Any

import orjson
from telegram import InputFile
from telegram.error import TelegramError

from bot.channels.contract import TryLater
from bot.channels.telegram.keyboards import Keyboard
from bot.channels.telegram.paced import PacedBot
from bot.channels.telegram.reading import ASKED_FOR

# Seconds that Telegram may take for its answer beyond those of the long poll.
_ANSWER = 30.0
# aiohttp counts the time of the upload into that of the answer; a village's line is slow.
_UPLOAD = 120.0
_NO_PREVIEW = '{"is_disabled":true}'


class RawBot(PacedBot):
    async def raw_updates(self, offset: int, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109
        """As they came. `Bot.get_updates` parses them all and, when one fails, gives none, for ever."""
        asked = {"offset": offset, "timeout": timeout, "allowed_updates": list(ASKED_FOR)}
        answer = await self._post("getUpdates", asked, read_timeout=timeout + _ANSWER)
        if not isinstance(answer, list):
            raise TryLater("answer_unreadable")
        return answer

    async def say(self, chat: str, text: str, keyboard: Keyboard | None) -> int:
        """The new message's number. `Bot.send_message` builds the whole message from the answer, too:
        more work than sending it.
        """
        said = {
            "chat_id": chat,
            "text": text,
            "reply_markup": _as_json(keyboard),
            "link_preview_options": _NO_PREVIEW,
        }
        return _number(await self._post("sendMessage", said))

    async def attach(
        self, chat: str, kind: str, file: InputFile, caption: str, keyboard: Keyboard | None
    ) -> int:
        """`kind` is `photo` or `document`. The new message's number."""
        sent = {"chat_id": chat, kind: file, "caption": caption or None, "reply_markup": _as_json(keyboard)}
        return _number(await self._post(f"send{kind.title()}", sent, read_timeout=_UPLOAD))

    async def rewrite(self, chat: str, message_id: int, text: str, keyboard: Keyboard | None) -> None:
        """The message says this from now on."""
        said = {"chat_id": chat, "message_id": message_id, "text": text}
        more = {"reply_markup": _as_json(keyboard), "link_preview_options": _NO_PREVIEW}
        await self._post("editMessageText", said | more)

    async def leave_only(self, chat: str, message_id: int, keyboard: Keyboard | None) -> None:
        """The message keeps its text, and of its buttons these."""
        left = {"chat_id": chat, "message_id": message_id, "reply_markup": _as_json(keyboard)}
        await self._post("editMessageReplyMarkup", left)


def _as_json(keyboard: Keyboard | None) -> str | None:
    """Ready for the wire: the library would look through every button for a file to upload."""
    return orjson.dumps(keyboard).decode() if keyboard else None


def _number(answer: object) -> int:
    number = answer.get("message_id") if isinstance(answer, dict) else None
    if not isinstance(number, int):
        raise TelegramError("no message in the answer")
    return number
