"""A question to the SMS company about one letter: what became of it."""

from __future__ import annotations

import structlog

from bot.channels.contract import Receipt, SendingFailed
from bot.channels.gateways.contract import Gateway, Sought
from bot.channels.sms import sms_text
from bot.envelope import outgoing_of
from content.rules.receipts import meaning_of
from storage.settling import Unsettled

log = structlog.get_logger()


class CouldNotAsk(Exception):
    """The company was not there, or asked us to wait: it may well know, and is asked another time."""


class Inquiry:
    """`signature` and `suffix` as our door puts them around the words, by which a company may know it."""

    def __init__(self, gateway: Gateway, signature: str = "", suffix: str = "") -> None:
        self._gateway, self._signature, self._suffix = gateway, signature, suffix

    async def told_of(self, letter: Unsettled) -> Receipt | None:
        """What the company says; None where it knows nothing or may not be asked. Raises CouldNotAsk."""
        try:
            return await self.ask(letter)
        except SendingFailed as failure:
            log.warning("not_looked_up", gateway=self._gateway.name, reason=failure.reason)
            if meaning_of(failure.reason).then in ("later", "unclear"):
                raise CouldNotAsk from failure
        except Exception as error:
            log.error("not_looked_up", gateway=self._gateway.name, exc_info=error)
        # An account that lacks the right to ask would keep the letter for ever: it is as if nobody knew.
        return None

    async def ask(self, letter: Unsettled) -> Receipt | None:
        """What the company says. Raises SendingFailed where it could not be asked, now or ever."""
        words = self._words_of(letter)
        sought = Sought(letter.id, letter.provider_id, letter.recipient, letter.sent_at, words)
        return await self._gateway.look_up(sought)

    def _words_of(self, letter: Unsettled) -> str:
        if not letter.letter:
            return ""
        outgoing = outgoing_of(letter)
        return self._gateway.as_shown(sms_text(outgoing, self._signature, self._suffix), outgoing.topic)
