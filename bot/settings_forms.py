"""The forms a setting's value can have. What does not fit is a ValueError without words."""

from __future__ import annotations

import re
import socket
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, SecretStr

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


def _fits(word: SecretStr, pattern: str) -> SecretStr:
    if word.get_secret_value() and not re.fullmatch(pattern, word.get_secret_value()):
        raise ValueError
    return word


def _signature(name: str) -> str:
    if name and not re.fullmatch("【[^【】]{2,20}】", name):
        raise ValueError
    return name


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


def _upper(word: object) -> object:
    return word.upper() if isinstance(word, str) else word


DatabaseUrl = Annotated[str, AfterValidator(_async_form)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Token = Annotated[SecretStr, AfterValidator(_token)]
Unguessable = Annotated[SecretStr, AfterValidator(_unguessable)]
Signature = Annotated[str, AfterValidator(_signature)]
Host = Annotated[str, AfterValidator(_host)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
UPPER = BeforeValidator(_upper)
