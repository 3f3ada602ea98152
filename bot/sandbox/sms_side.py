"""What the mobile network would hold: each phone's thread of text messages, and who is switched off."""

from __future__ import annotations

import smsutil

from bot.clock import Clock
from bot.sandbox.changes import Changes
from bot.sandbox.phones import Phone, ShortMessage


class SmsSide:
    def __init__(self, clock: Clock, changes: Changes) -> None:
        self.clock, self.changes = clock, changes
        self.threads: dict[int, list[ShortMessage]] = {}
        self.off: set[int] = set()
        self.dead: set[int] = set()
        self._phones: dict[str, Phone] = {}
        self._count = 0

    def connect(self, phone: Phone) -> None:
        self._phones[_digits(phone.number)] = phone
        self.threads[phone.id] = []

    def phone_at(self, number: str) -> Phone | None:
        """Whose number that is, written with its country code or as at home; None for nobody's."""
        digits = _digits(number)
        return self._phones.get(digits) or self._phones.get("86" + digits)

    def put(
        self, phone: Phone, from_program: bool, body: str, *, ucs2: bool = False, most_parts: int = 255
    ) -> ShortMessage:
        """A new text message in a phone's thread, split as the network splits it."""
        parts, fits_gsm = _split(body, ucs2, most_parts)
        message = ShortMessage(
            id=self.new_id(),
            from_program=from_program,
            body="".join(parts),
            at=self.clock.now(),
            parts=parts,
            encoding="GSM-7" if fits_gsm else "UCS-2",
        )
        self.threads[phone.id].append(message)
        self.changes.ring()
        return message

    def begin_after(self, past: int) -> None:
        self._count += past

    def new_id(self) -> str:
        self._count += 1
        return f"5a7d0c1e-0000-4000-8000-{self._count:012}"


def _digits(number: str) -> str:
    digits = "".join(sign for sign in number if sign in "0123456789")
    return digits.removeprefix("00")


def _split(body: str, ucs2: bool, most_parts: int) -> tuple[list[str], bool]:
    fits_gsm = not ucs2 and smsutil.is_valid_gsm(body)
    split = smsutil.gsm_split(body) if fits_gsm else smsutil.unicode_split(body)
    return [part.content for part in split.parts][:most_parts], fits_gsm
