"""One letter, step by step through the Bot API: acknowledge the press, say it, tidy up behind it."""

from __future__ import annotations

from contextlib import suppress
from typing import TypeAlias

from telegram import (
    Bot,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import MessageLimit
from telegram.error import BadRequest, TelegramError

from bot.channels.contract import MessageRefused, Outgoing, Press, Rows, Sent
from bot.channels.telegram.pages import as_pages, length
from bot.drawing import drawn

# Seconds. aiohttp counts the time of the upload into that of the answer; a village's line is slow.
_UPLOAD = 120.0

Keyboard: TypeAlias = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


async def deliver(bot: Bot, outgoing: Outgoing) -> Sent:
    """Raises the library's errors. What only makes it nicer (spinner, menu, old buttons) never stops it.

    A letter of several messages that fails in the middle is sent again as a whole: rather its first page
    twice than a lesson without its end.
    """
    if outgoing.press:
        await _acknowledge(bot, outgoing.press)
    sent = await _rewrite(bot, outgoing) or await _send_anew(bot, outgoing)
    if outgoing.menu:
        await _show_menu(bot, outgoing)
    return sent


async def _acknowledge(bot: Bot, press: Press) -> None:
    # Refused after some minutes ("query is too old"); by then the phone has stopped waiting by itself.
    with suppress(TelegramError):
        await bot.answer_callback_query(press.id)


async def _rewrite(bot: Bot, outgoing: Outgoing) -> Sent | None:
    """None where the letter is no rewriting, or the old message can no longer be changed."""
    attached = outgoing.picture or outgoing.document or outgoing.asks_contact
    if not (outgoing.press and outgoing.rewrites) or attached or not _fits_one_message(outgoing.text):
        return None
    try:
        await bot.edit_message_text(
            outgoing.text,
            chat_id=outgoing.to,
            message_id=outgoing.press.message_id,
            reply_markup=_inline(outgoing.buttons),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            return None
    return Sent(str(outgoing.press.message_id))


async def _send_anew(bot: Bot, outgoing: Outgoing) -> Sent:
    picture, document = await drawn(outgoing.picture), await drawn(outgoing.document)
    files = [file for file in (picture, document) if file]
    caption = outgoing.text if files and length(outgoing.text) <= MessageLimit.CAPTION_LENGTH else ""
    pages = [] if caption else as_pages(outgoing.text, MessageLimit.MAX_TEXT_LENGTH)
    message = None
    for n, page in enumerate(pages, 1):
        keyboard = _keyboard(outgoing) if n == len(pages) and not files else None
        message = await _say(bot, outgoing.to, page, keyboard)
    for n, file in enumerate(files, 1):
        keyboard = _keyboard(outgoing) if n == len(files) else None
        send = bot.send_photo if file is picture else bot.send_document
        message = await send(
            outgoing.to,
            InputFile(file.content, filename=file.name),
            caption=(caption if n == 1 else "") or None,
            reply_markup=keyboard,
            read_timeout=_UPLOAD,
        )
    if outgoing.asks_contact and outgoing.buttons:
        # One message cannot carry both kinds of button.
        message = await _say(bot, outgoing.to, "👇", _inline(outgoing.buttons))
    if message is None:
        raise MessageRefused("empty")
    if outgoing.press and outgoing.press.buttons is not None:
        await _leave_only(bot, outgoing.to, outgoing.press.message_id, outgoing.press.buttons)
    return Sent(str(message.message_id))


async def _say(bot: Bot, chat: str, text: str, keyboard: Keyboard) -> Message:
    no_preview = LinkPreviewOptions(is_disabled=True)
    return await bot.send_message(chat, text, reply_markup=keyboard, link_preview_options=no_preview)


async def _leave_only(bot: Bot, chat: str, message_id: int, buttons: Rows) -> None:
    with suppress(TelegramError):
        await bot.edit_message_reply_markup(chat, message_id, reply_markup=_inline(buttons))


async def _show_menu(bot: Bot, outgoing: Outgoing) -> None:
    with suppress(TelegramError):
        await bot.set_my_commands(outgoing.menu, scope=BotCommandScopeChat(outgoing.to))


def _keyboard(outgoing: Outgoing) -> Keyboard:
    if outgoing.asks_contact:
        button = KeyboardButton(outgoing.asks_contact, request_contact=True)
        return ReplyKeyboardMarkup([[button]], one_time_keyboard=True, resize_keyboard=True)
    if outgoing.buttons:
        return _inline(outgoing.buttons)
    if outgoing.keys:
        return ReplyKeyboardMarkup(outgoing.keys, is_persistent=True, resize_keyboard=True)
    # Whether the key for sharing one's number still rests there we do not remember: the next plain word
    # to a stranger takes it away; whoever is inside has had it replaced by the keys of the welcome.
    return ReplyKeyboardRemove() if outgoing.to_stranger and not outgoing.to.startswith("-") else None


def _inline(buttons: Rows) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(b.label, callback_data=b.token) for b in row] for row in buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _fits_one_message(text: str) -> bool:
    return length(text) <= MessageLimit.MAX_TEXT_LENGTH
