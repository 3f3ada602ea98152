"""The one shape of every SMS company: how its gateway takes a message and tells us what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import parse_qsl

from bot.channels.contract import Incoming, Receipt, Sent


class Gateway(Protocol):
    async def send(self, number: str, text: str, reference: str) -> Sent:
        """Hands over the whole `text`, signature included, for an E.164 `number`; else SendingFailed."""
        ...

    def what_repeats(self, params: Mapping[str, str]) -> tuple[str, str, str]:
        """What a message that is brought again has in common with the first time, where it has no id.

        Its sender, its words, and when the network took it: empty where the gateway does not tell.
        """
        ...

    def read_inbound(self, params: Mapping[str, str]) -> Incoming | None:
        """A message somebody sent us; None from an operator's short code; else Unreadable."""
        ...

    def read_receipt(self, params: Mapping[str, str]) -> Receipt:
        """What became of one of our messages; Unreadable where it does not say."""
        ...

    async def close(self) -> None: ...


def as_params(query: str) -> dict[str, str]:
    """The fields of a query string, bytes that are no UTF-8 kept for whoever knows their charset.

    A web framework's own reading puts a replacement sign there, and the member's words are gone.
    """
    return dict(parse_qsl(query, keep_blank_values=True, errors="surrogateescape"))
