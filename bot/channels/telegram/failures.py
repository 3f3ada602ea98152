"""What Telegram's refusals mean for the message, the address and the next try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.contract import AddressFailed, MessageRefused, OutcomeUnknown, SendingFailed, TryLater
from bot.channels.wire import never_left

# Telegram tells these apart by words alone (the description of a 400 or 403); in lower case, first wins.
_OF_THE_ADDRESS = (
    ("user is deactivated", "account_deleted"),
    ("bot was blocked", "chat_blocked"),
    ("can't initiate conversation", "chat_not_started"),
    ("chat not found", "chat_not_found"),
    ("user not found", "chat_not_found"),
    ("peer_id_invalid", "chat_not_found"),
    ("chat_write_forbidden", "chat_closed"),
    ("not enough rights to send", "chat_closed"),
)


@contextmanager
def named_failures() -> Iterator[None]:
    """Whatever the library raises inside comes out as one of the contract's failures."""
    try:
        yield
    except TelegramError as error:
        raise failure_of(error) from error


def failure_of(error: TelegramError) -> SendingFailed:
    if isinstance(error, RetryAfter):
        return TryLater("too_many", wait_asked_for(error))
    if isinstance(error, Forbidden):
        return AddressFailed(_address_reason(error) or "chat_blocked")
    if isinstance(error, ChatMigrated):
        return AddressFailed("chat_moved")
    if isinstance(error, BadRequest):
        return _refused(error)
    if isinstance(error, InvalidToken):
        return TryLater("bot_token")
    if isinstance(error, Conflict):
        return TryLater("another_poller")
    if isinstance(error, NetworkError):
        return _on_the_way(error)
    return OutcomeUnknown("answer_unreadable")


def _refused(error: BadRequest) -> SendingFailed:
    reason = _address_reason(error)
    return AddressFailed(reason) if reason else MessageRefused("message_refused")


def _on_the_way(error: NetworkError) -> SendingFailed:
    if not _is_of_the_wire(error):
        too_large = "too large" in error.message.lower()
        return MessageRefused("too_large") if too_large else TryLater("server_error")
    return TryLater("not_connected") if never_left(error) else OutcomeUnknown("no_answer")


def _is_of_the_wire(error: NetworkError) -> bool:
    """False where the server did answer, with a status that is no success."""
    return error.__cause__ is not None and not isinstance(error.__cause__, TelegramError)


def _address_reason(error: TelegramError) -> str:
    said = error.message.lower()
    return next((reason for words, reason in _OF_THE_ADDRESS if words in said), "")


def wait_asked_for(error: RetryAfter) -> timedelta:
    # A timedelta since the door set PTB_TIMEDELTA (door.py), seconds without it.
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
