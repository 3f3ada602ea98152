"""One letter, step by step through the Bot API: acknowledge the press, say it, tidy up behind it."""

from __future__ import annotations

from contextlib import suppress

from telegram import BotCommandScopeChat, InputFile
from telegram.constants import MessageLimit
from telegram.error import BadRequest, TelegramError

from bot.channels.contract import MessageRefused, Outgoing, Press, Rows, Sent
from bot.channels.telegram.keyboards import inline, keyboard
from bot.channels.telegram.pages import as_pages, length
from bot.channels.telegram.raw_bot import RawBot
from bot.drawing import drawn


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
    attached, number = outgoing.picture or outgoing.document or outgoing.asks_contact, _rewritten(outgoing)
    if number is None or attached or not _fits_one_message(outgoing.text):
        return None
    try:
        await bot.rewrite(outgoing.to, number, outgoing.text, inline(outgoing.buttons))
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            return None
    return Sent(str(number))


def _rewritten(outgoing: Outgoing) -> int | None:
    """The number of the message in whose place it goes."""
    if outgoing.in_place_of:
        return int(outgoing.in_place_of)
    return outgoing.press.message_id if outgoing.press and outgoing.rewrites else None


async def _send_anew(bot: RawBot, outgoing: Outgoing) -> Sent:
    picture, document = await drawn(outgoing.picture), await drawn(outgoing.document)
    files = [file for file in (picture, document) if file]
    caption = outgoing.text if files and length(outgoing.text) <= MessageLimit.CAPTION_LENGTH else ""
    pages = [] if caption else as_pages(outgoing.text, MessageLimit.MAX_TEXT_LENGTH)
    number = None
    for n, page in enumerate(pages, 1):
        below = keyboard(outgoing) if n == len(pages) and not files else None
        number = await bot.say(outgoing.to, page, below)
    for n, file in enumerate(files, 1):
        below = keyboard(outgoing) if n == len(files) else None
        kind = "photo" if file is picture else "document"
        upload = InputFile(file.content, filename=file.name)
        number = await bot.attach(outgoing.to, kind, upload, caption if n == 1 else "", below)
    if outgoing.asks_contact and outgoing.buttons:
        # One message cannot carry both kinds of button.
        number = await bot.say(outgoing.to, "👇", inline(outgoing.buttons))
    if number is None:
        raise MessageRefused("empty")
    if outgoing.press and outgoing.press.buttons is not None:
        await _leave_only(bot, outgoing.to, outgoing.press.message_id, outgoing.press.buttons)
    return Sent(str(number))


async def _leave_only(bot: RawBot, chat: str, message_id: int, buttons: Rows) -> None:
    with suppress(TelegramError):
        await bot.leave_only(chat, message_id, inline(buttons))


async def _show_menu(bot: RawBot, outgoing: Outgoing) -> None:
    with suppress(TelegramError):
        await bot.set_my_commands(outgoing.menu, scope=BotCommandScopeChat(outgoing.to))


def _fits_one_message(text: str) -> bool:
    return length(text) <= MessageLimit.MAX_TEXT_LENGTH
