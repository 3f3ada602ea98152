"""The door to Telegram: starts, asks for what was said, says what we have to say, and shuts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from telegram.error import BadRequest, TelegramError

from bot.channels.contract import Incoming, MessageRefused, Outgoing, SendingFailed, Sent, TryLater
from bot.channels.telegram.failures import failure_of, named_failures
from bot.channels.telegram.paced import one_letter
from bot.channels.telegram.pacing import Pacer
from bot.channels.telegram.raw_bot import RawBot
from bot.channels.telegram.reading import ASKED_FOR, read_update
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.sending import deliver

# Seconds. A proxy out of China may take many to connect; aiohttp counts connecting into `pool`.
_CONNECT, _POOL, _ANSWER = 20.0, 30.0, 30.0
_CONNECTIONS = 100
# So many updates at a time by webhook: those that wait for one commit share it.
_AT_ONCE = 40

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram brings updates to, and what it then shows in X-Telegram-Bot-Api-Secret-Token."""

    url: str
    secret: str


class Telegram:
    """A `Channel`, one letter at a time. Without `webhook` it is polled by `updates`.

    `patience` for an answer is in seconds.
    """

    most_at_once = 1
    # Its pacer knows which chat was meant.
    rests_as_one = False

    def __init__(
        self,
        token: str,
        api: str,
        webhook: Webhook | None = None,
        *,
        patience: float = _ANSWER,
        pacer: Pacer | None = None,
    ) -> None:
        # The library reads this at each RetryAfter, and warns on stderr where it is not set.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        self._webhook = webhook
        # A third of a second's worth under a pacer: what is called off meanwhile has to stop within one, and
        # a busy machine needs some of that to hear of it.
        self.side_by_side = max(2, int(pacer.rate / 3)) if pacer else _CONNECTIONS
        self._username = ""
        # Asking for updates has its own connections: a campaign must not leave a cry for help waiting.
        self._to_ask, self._to_say = _request(api, 2, patience), _request(api, _CONNECTIONS, patience)
        self._bot = RawBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._to_say,
            get_updates_request=self._to_ask,
            pacer=pacer,
        )

    async def start(self) -> str:
        """Our own @name, once the token is accepted and updates come the way we want. TryLater where not.

        Nothing that waits at Telegram is dropped: it was said while we were down.
        """
        with _only_later():
            await self._bot.initialize()
            await (self._take_by_webhook(self._webhook) if self._webhook else self._give_up_webhook())
        self._username = self._bot.username
        return self._username

    async def _take_by_webhook(self, webhook: Webhook) -> None:
        try:
            await self._bot.set_webhook(
                webhook.url,
                secret_token=webhook.secret,
                allowed_updates=ASKED_FOR,
                max_connections=_AT_ONCE,
                drop_pending_updates=False,
            )
        except BadRequest as error:
            # Telegram's words are about the address alone: no such host, no https, a port it does not use.
            log.warning("webhook_refused", said=error.message)
            raise TryLater("webhook_refused") from error

    async def _give_up_webhook(self) -> None:
        await self._bot.delete_webhook(drop_pending_updates=False)

    @property
    def username(self) -> str:
        """Our own @name, empty before the first `start` that worked."""
        return self._username

    async def updates(self, offset: int, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109
        """What was said since, as raw JSON, within `timeout` seconds. TryLater where the way is blocked.

        Asking from `offset` on tells Telegram that everything before it is safe with us, and it forgets it.
        """
        with _only_later():
            return await self._bot.raw_updates(offset, timeout)

    def read(self, raw: Mapping[str, Any]) -> Incoming | None:
        return read_update(raw, self._username)

    async def send_batch(self, letters: Sequence[Outgoing]) -> list[Sent | SendingFailed]:
        raise NotImplementedError("Telegram takes one letter at a time")

    async def send(self, outgoing: Outgoing) -> Sent:
        with named_failures(), one_letter(outgoing.can_wait):
            return await deliver(self._bot, outgoing)

    async def download(self, file_id: str, limit: int) -> bytes:
        with named_failures():
            try:
                file = await self._bot.get_file(file_id)
            except BadRequest as error:
                too_big = "too big" in error.message.lower()
                raise MessageRefused("file_too_large" if too_big else "file_gone") from error
            if (file.file_size or 0) > limit:
                raise MessageRefused("file_too_large")
            content = bytes(await file.download_as_bytearray())
        if len(content) > limit:
            raise MessageRefused("file_too_large")
        return content

    async def close(self) -> None:
        await self._to_ask.shutdown()
        await self._to_say.shutdown()


@contextmanager
def _only_later() -> Iterator[None]:
    """A question that failed may be asked again: it changes nothing over there."""
    try:
        yield
    except TelegramError as error:
        failure = failure_of(error)
        raise TryLater(failure.reason, failure.after if isinstance(failure, TryLater) else None) from error


def _request(api: str, connections: int, patience: float) -> AiohttpRequest:
    return AiohttpRequest(api, connections, patience, connect=_CONNECT, pool=_POOL)
