"""One letter, step by step through the Bot API: acknowledge the press, say it, tidy up behind it."""

from __future__ import annotations

from contextlib import suppress

from telegram import (
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
from bot.channels.telegram.raw_bot import Keyboard, RawBot
from content.letter import Attachment

# Seconds. aiohttp counts the time of the upload into that of the answer; a village's line is slow.
_UPLOAD = 120.0


async def deliver(bot: RawBot, outgoing: Outgoing) -> Sent:
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


async def _acknowledge(bot: RawBot, press: Press) -> None:
    # Refused after some minutes ("query is too old"); by then the phone has stopped waiting by itself.
    with suppress(TelegramError):
        await bot.answer_callback_query(press.id)


async def _rewrite(bot: RawBot, outgoing: Outgoing) -> Sent | None:
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


async def _send_anew(bot: RawBot, outgoing: Outgoing) -> Sent:
    files = [file for file in (outgoing.picture, outgoing.document) if file]
    caption = outgoing.text if files and length(outgoing.text) <= MessageLimit.CAPTION_LENGTH else ""
    pages = [] if caption else as_pages(outgoing.text, MessageLimit.MAX_TEXT_LENGTH)
    number = None
    for n, page in enumerate(pages, 1):
        keyboard = _keyboard(outgoing) if n == len(pages) and not files else None
        number = await bot.say(outgoing.to, page, keyboard)
    for n, file in enumerate(files, 1):
        keyboard = _keyboard(outgoing) if n == len(files) else None
        attached = await _attach(bot, outgoing, file, caption if n == 1 else "", keyboard)
        number = attached.message_id
    if outgoing.asks_contact and outgoing.buttons:
        # One message cannot carry both kinds of button.
        number = await bot.say(outgoing.to, "👇", _inline(outgoing.buttons))
    if number is None:
        raise MessageRefused("empty")
    if outgoing.press and outgoing.press.buttons is not None:
        await _leave_only(bot, outgoing.to, outgoing.press.message_id, outgoing.press.buttons)
    return Sent(str(number))


async def _attach(
    bot: RawBot, outgoing: Outgoing, file: Attachment, caption: str, keyboard: Keyboard
) -> Message:
    upload = InputFile(file.content, filename=file.name)
    if file is outgoing.picture:
        return await bot.send_photo(
            outgoing.to, upload, caption=caption or None, reply_markup=keyboard, read_timeout=_UPLOAD
        )
    return await bot.send_document(
        outgoing.to, upload, caption=caption or None, reply_markup=keyboard, read_timeout=_UPLOAD
    )


async def _leave_only(bot: RawBot, chat: str, message_id: int, buttons: Rows) -> None:
    with suppress(TelegramError):
        await bot.edit_message_reply_markup(chat, message_id, reply_markup=_inline(buttons))


async def _show_menu(bot: RawBot, outgoing: Outgoing) -> None:
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
