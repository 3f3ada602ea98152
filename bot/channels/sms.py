"""The door for whoever has an old phone: a letter as text messages, whatever company carries them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.contract import (
    AddressFailed,
    Incoming,
    MessageRefused,
    Outgoing,
    SendingFailed,
    Sent,
    Unreadable,
)
from bot.channels.gateways.contract import ASIDE, Gateway, Text
from content.rules.phones import as_e164, takes_sms
from content.words.as_sent import as_sent, parts_of

__all__ = ["Sms", "parts_of", "sms_text"]

_CONNECTIONS = 50


class Sms:
    """A `Channel`. `signature` is the registered name, as 【联动】: operators drop a message without one.

    `suffix` says how to get no more, as 拒收请回复R: some of them want it under what goes to many.
    """

    rests_as_one = True

    def __init__(self, gateway: Gateway, signature: str, suffix: str = "") -> None:
        self._gateway = gateway
        self.side_by_side = _CONNECTIONS
        self._signature, self._suffix = signature, suffix

    async def send(self, outgoing: Outgoing) -> Sent:
        text = _text_or_why_not(outgoing, sms_text(outgoing, self._signature, self._suffix))
        if isinstance(text, SendingFailed):
            raise text
        return await self._gateway.send(text)

    @property
    def most_at_once(self) -> int:
        return self._gateway.most_at_once

    async def send_batch(self, letters: Sequence[Outgoing]) -> list[Sent | SendingFailed]:
        """Whose number takes no texts costs the others nothing."""
        words = sms_text(letters[0], self._signature, self._suffix)
        texts = [_text_or_why_not(letter, words) for letter in letters]
        sent = iter(await self._gateway.send_batch([text for text in texts if isinstance(text, Text)]))
        return [next(sent) if isinstance(text, Text) else text for text in texts]

    def read(self, raw: Mapping[str, Any]) -> Incoming | None:
        if ASIDE in raw:
            raise Unreadable("inbound")
        return self._gateway.read_inbound(raw)

    async def download(self, file_id: str, limit: int) -> bytes:
        raise MessageRefused("no_files_by_sms")

    async def close(self) -> None:
        await self._gateway.close()


def _text_or_why_not(outgoing: Outgoing, words: str) -> Text | SendingFailed:
    number = as_e164(outgoing.to)
    if number is None:
        return AddressFailed("no_such_number")
    if not takes_sms(number):
        return AddressFailed("landline")
    return Text(number, words, outgoing.reference, outgoing.topic)


def sms_text(outgoing: Outgoing, signature: str, suffix: str = "") -> str:
    """What the phone will show; the suffix stands under what goes to many, and under nothing else.

    The n-th button, row by row, is chosen by sending back n.
    """
    labels = [button.label for row in outgoing.buttons for button in row]
    closing = suffix if outgoing.to_many else ""
    return as_sent(outgoing.text, labels, outgoing.chosen_by, signature, closing)
