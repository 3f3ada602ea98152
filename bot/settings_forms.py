"""The forms a setting's value can have. What does not fit is a ValueError without words."""

from __future__ import annotations

import re
import socket
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, SecretStr

from bot.callers import networks_of
from content.rules.phones import as_e164, takes_sms

_ASYNC_FORMS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


def _async_form(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in _ASYNC_FORMS:
        raise ValueError
    return f"{_ASYNC_FORMS[scheme]}://{rest}"


def _web_address(url: str) -> str:
    split = urlsplit(url)
    if url and (split.scheme not in ("http", "https") or not split.hostname):
        raise ValueError
    return url.rstrip("/")


def _token(token: SecretStr) -> SecretStr:
    return _fits(token, r"\d+:[A-Za-z0-9_-]+")


def _unguessable(word: SecretStr) -> SecretStr:
    # Telegram's rule for its secret (Bot API, setWebhook), which is also what a path holds unquoted.
    return _fits(word, r"[A-Za-z0-9_-]{16,128}")


def _digits(number: str) -> str:
    if number and not re.fullmatch(r"\d{1,20}", number):
        raise ValueError
    return number


def _fits(word: SecretStr, pattern: str) -> SecretStr:
    if word.get_secret_value() and not re.fullmatch(pattern, word.get_secret_value()):
        raise ValueError
    return word


def _signature(name: str) -> str:
    if name and not re.fullmatch("【[^【】]{2,20}】", name):
        raise ValueError
    return name


def _twilio_account(sid: str) -> str:
    if sid and not re.fullmatch("AC[0-9a-fA-F]{32}", sid):
        raise ValueError
    return sid


def _twilio_sender(sender: str) -> str:
    """A number, a short code, a Messaging Service, or a name of up to eleven letters."""
    if sender and not re.fullmatch(r"\+\d{8,15}|\d{3,8}|MG[0-9a-fA-F]{32}|[A-Za-z0-9 ]{2,11}", sender):
        raise ValueError
    return sender


def _whom_to_tell(written: str) -> str:
    if not all(map(way_to, written.split(","))) and written:
        raise ValueError
    return written


def way_to(written: str) -> tuple[str, str] | None:
    """("sms", E.164) of a mobile number, ("telegram", id) of a chat's number; None for anything else.

    A chat's number that looks like a mobile's at home is taken for one: write a minus or a plus to tell.
    """
    plain = written.strip()
    number = None if plain.startswith("-") else as_e164(plain)
    if number and takes_sms(number) and (plain.startswith("+") or number == f"+86{plain}"):
        return "sms", number
    return ("telegram", plain) if re.fullmatch(r"-?[1-9]\d{4,15}", plain) else None


def _suffix(words: str) -> str:
    if len(words) > 20 or "\n" in words:
        raise ValueError
    return words.strip()


def _host(host: str) -> str:
    """Something to listen at: a name that resolves, or the address of one of our network cards."""
    try:
        socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise ValueError from None
    return host


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError
    return name


def _networks(written: str) -> str:
    networks_of(written)
    return written


def _upper(word: object) -> object:
    return word.upper() if isinstance(word, str) else word


DatabaseUrl = Annotated[str, AfterValidator(_async_form)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Token = Annotated[SecretStr, AfterValidator(_token)]
Unguessable = Annotated[SecretStr, AfterValidator(_unguessable)]
Digits = Annotated[str, AfterValidator(_digits)]
Signature = Annotated[str, AfterValidator(_signature)]
TwilioAccount = Annotated[str, AfterValidator(_twilio_account)]
TwilioSender = Annotated[str, AfterValidator(_twilio_sender)]
WhomToTell = Annotated[str, AfterValidator(_whom_to_tell)]
Suffix = Annotated[str, AfterValidator(_suffix)]
Host = Annotated[str, AfterValidator(_host)]
Networks = Annotated[str, AfterValidator(_networks)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
UPPER = BeforeValidator(_upper)
