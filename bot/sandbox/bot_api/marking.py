"""What the three ways of marking text up have in common."""

from __future__ import annotations

from typing import Any

from bot.sandbox.bot_api.wire import units

__all__ = ["Json", "MarkedBadly", "Marking", "units"]

Json = dict[str, Any]


class MarkedBadly(ValueError):
    """The text does not keep to the marking it names; the message is Telegram's."""


class Marking:
    """Reads `text` from `at`; `shown` and `entities` are what has been read so far."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.shown: list[str] = []
        self.offset = 0
        self.entities: list[Json] = []

    def show(self, words: str) -> None:
        self.shown.append(words)
        self.offset += units(words)

    def sees(self, words: str) -> bool:
        return self.text.startswith(words, self.at)

    def byte_offset(self, at: int) -> int:
        return len(self.text[:at].encode())

    def mark(self, kind: str, since: int, **more: str) -> None:
        if self.offset > since:
            entity: Json = {"type": kind, "offset": since, "length": self.offset - since}
            self.entities.append(entity | {name: value for name, value in more.items() if value})

    def link(self, since: int, url: str) -> None:
        """A link to a web page or to a user; what is neither stays plain text."""
        if url.startswith("tg://user?id="):
            user = {"id": int(url.removeprefix("tg://user?id=") or 0), "is_bot": False, "first_name": ""}
            self.mark("text_mention", since)
            if self.entities and self.entities[-1]["type"] == "text_mention":
                self.entities[-1]["user"] = user
        elif checked := checked_link(url):
            self.mark("text_link", since, url=checked)

    def done(self) -> tuple[str, list[Json]]:
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.shown), ordered


def checked_link(url: str) -> str:
    """With its scheme, and a slash after a bare host, as Telegram writes it; empty where it is no link."""
    if url.startswith("tg://"):
        return url
    scheme, found, rest = url.partition("://")
    if not found:
        scheme, rest = "http", url
    host, slash, path = rest.partition("/")
    if scheme.lower() not in ("http", "https") or not _is_host(host):
        return ""
    return f"{scheme.lower()}://{host}/{path}" if slash or "?" not in host else f"{scheme.lower()}://{rest}"


def _is_host(host: str) -> bool:
    name = host.partition("?")[0].partition("#")[0].rpartition("@")[2].partition(":")[0]
    return bool(name) and ("." in name.strip(".") or name == "localhost") and " " not in host
