"""The door for whoever has an old phone: a letter as text messages, whatever company carries them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import smsutil

from bot.channels.contract import AddressFailed, Incoming, MessageRefused, Outgoing, Sent
from bot.channels.gateways.contract import Gateway
from content.rules.phones import as_e164, takes_sms
from content.words.short import ways_to_answer

# Old phones show a box for these, and each costs two signs of seventy.
_PICTOGRAMS = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]")


class Sms:
    """A `Channel`. `signature` is the registered name, as 【联动】: operators drop a message without one."""

    def __init__(self, gateway: Gateway, signature: str) -> None:
        self._gateway = gateway
        self._signature = signature

    async def send(self, outgoing: Outgoing) -> Sent:
        number = as_e164(outgoing.to)
        if number is None:
            raise AddressFailed("no_such_number")
        if not takes_sms(number):
            raise AddressFailed("landline")
        return await self._gateway.send(number, sms_text(outgoing, self._signature), outgoing.reference)

    def read(self, raw: Mapping[str, Any]) -> Incoming | None:
        return self._gateway.read_inbound(raw)

    async def download(self, file_id: str, limit: int) -> bytes:
        raise MessageRefused("no_files_by_sms")

    async def close(self) -> None:
        await self._gateway.close()


def sms_text(outgoing: Outgoing, signature: str) -> str:
    """What the phone will show, and what is counted and paid: signature, words, and how to choose.

    The n-th button, row by row, is chosen by sending back n.
    """
    words = _PICTOGRAMS.sub("", outgoing.text).strip()
    return signature + "\n".join(part for part in (words, _ways_to_answer(outgoing, words)) if part)


def parts_of(text: str) -> int:
    """How many messages the network makes of it, each paid for: 70 signs of Chinese, 67 where several."""
    return len(smsutil.split(text).parts)


def _ways_to_answer(outgoing: Outgoing, words: str) -> str:
    labels = [_PICTOGRAMS.sub("", button.label).strip() for row in outgoing.buttons for button in row]
    return ways_to_answer(words, labels, outgoing.chosen_by)
