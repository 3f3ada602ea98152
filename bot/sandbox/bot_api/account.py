"""The smaller calls: who the bot is, its chats, its files, and the answer to a pressed button."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.bot_api import people, wire
from bot.sandbox.bot_api.chats import chat_of, open_chat_of
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.telegram_side import TelegramSide

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LONGEST_TOAST = 200
# Telegram names no time; a phone stops its spinner after some seconds, and after minutes it is over.
A_PRESS_LIVES = timedelta(minutes=15)
CHAT_ACTIONS = frozenset(
    ("typing", "upload_photo", "upload_document", "choose_sticker", "find_location", "record_voice")
) | {"upload_voice", "record_video", "upload_video", "record_video_note", "upload_video_note"}


def get_me(side: TelegramSide, parameters: Parameters) -> Json:
    return people.get_me(side.account)


def get_chat(side: TelegramSide, parameters: Parameters) -> Json:
    return people.full_chat(chat_of(side, parameters).place)


def send_chat_action(side: TelegramSide, parameters: Parameters) -> bool:
    if parameters.text("action").lower() not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    open_chat_of(side, parameters)
    return True


def get_file(side: TelegramSide, parameters: Parameters) -> Json:
    """A File with the path to fetch it from. Source of the 20 MB: Bot API, getFile."""
    if not parameters.text("file_id"):
        raise bad_request("file_id not specified")
    kept = side.files.get(parameters.text("file_id"))
    if kept is None:
        raise bad_request("invalid file_id")
    if len(kept.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    folder = "photos" if kept.width else "documents"
    return wire.file(kept) | {"file_path": f"{folder}/{kept.id}"}


def answer_callback_query(side: TelegramSide, parameters: Parameters) -> bool:
    press = side.presses.get(parameters.text("callback_query_id"))
    if press is None or side.clock.now() - press.at > A_PRESS_LIVES:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if wire.units(parameters.text("text")) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    press.message.toast = parameters.text("text")
    side.changes.ring()
    return True
