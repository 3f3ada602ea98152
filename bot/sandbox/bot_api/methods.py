"""What the sandbox plays of the Bot API, and what it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.sandbox.bot_api import (
    account,
    albums,
    commands,
    editing,
    forwarding,
    hearing,
    members,
    profile,
    sending,
)
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.telegram_side import TelegramSide

Method = Callable[[TelegramSide, Parameters], Any]

# In small letters: names are matched without regard to case, as Telegram matches them.
METHODS: dict[str, Method] = {
    "getme": account.get_me,
    "getchat": account.get_chat,
    "getfile": account.get_file,
    "answercallbackquery": account.answer_callback_query,
    "sendchataction": account.send_chat_action,
    "getchatmember": members.get_chat_member,
    "getchatmembercount": members.get_chat_member_count,
    "getchatadministrators": members.get_chat_administrators,
    "setmycommands": commands.set_my_commands,
    "getmycommands": commands.get_my_commands,
    "deletemycommands": commands.delete_my_commands,
    "getchatmenubutton": commands.get_chat_menu_button,
    "setchatmenubutton": commands.set_chat_menu_button,
    **profile.METHODS,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendmediagroup": albums.send_media_group,
    "forwardmessage": forwarding.forward_message,
    "copymessage": forwarding.copy_message,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "deletemessages": editing.delete_messages,
    "setwebhook": hearing.set_webhook,
    "deletewebhook": hearing.delete_webhook,
    "getwebhookinfo": hearing.get_webhook_info,
}


def is_telegrams(name: str) -> bool:
    """Whether Telegram has this method, which the sandbox does not play.

    The list is that of tdlib/telegram-bot-api and of aiogram.
    """
    return name in (Path(__file__).parent / "not_offered.txt").read_text("utf-8").split()
