"""The door to Telegram: starts, asks for what was said, says what we have to say, and shuts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.contract import Incoming, MessageRefused, Outgoing, Sent, TryLater
from bot.channels.telegram.failures import failure_of, named_failures
from bot.channels.telegram.paced import PacedBot, one_letter
from bot.channels.telegram.pacing import Pacer
from bot.channels.telegram.reading import ASKED_FOR, read_update
from bot.channels.telegram.sending import deliver
from bot.channels.wire import transport_to

# Seconds. A proxy out of China may take many to connect; aiohttp counts connecting into `pool`.
_CONNECT, _POOL, _ANSWER = 20.0, 30.0, 30.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram brings updates to, and what it then shows in X-Telegram-Bot-Api-Secret-Token."""

    url: str
    secret: str


class Telegram:
    """A `Channel`. Without `webhook` it is polled by `updates`. `patience` for an answer is in seconds."""

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
        self._username = ""
        # Asking for updates has its own connections: a campaign must not leave a cry for help waiting.
        self._to_ask, self._to_say = _request(api, 2, patience), _request(api, 100, patience)
        self._bot = _RawBot(
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
            await self._choose_way_in()
        self._username = self._bot.username
        return self._username

    async def _choose_way_in(self) -> None:
        if self._webhook is None:
            await self._bot.delete_webhook(drop_pending_updates=False)
            return
        await self._bot.set_webhook(
            self._webhook.url,
            secret_token=self._webhook.secret,
            allowed_updates=ASKED_FOR,
            drop_pending_updates=False,
        )

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


class _RawBot(PacedBot):
    async def raw_updates(self, offset: int, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109
        """As they came. `Bot.get_updates` parses them all and, when one fails, gives none, for ever."""
        asked = {"offset": offset, "timeout": timeout, "allowed_updates": list(ASKED_FOR)}
        answer = await self._post("getUpdates", asked, read_timeout=timeout + _ANSWER)
        if not isinstance(answer, list):
            raise TryLater("answer_unreadable")
        return answer


@contextmanager
def _only_later() -> Iterator[None]:
    """A question that failed may be asked again: it changes nothing over there."""
    try:
        yield
    except TelegramError as error:
        failure = failure_of(error)
        raise TryLater(failure.reason, failure.after if isinstance(failure, TryLater) else None) from error


def _request(api: str, connections: int, patience: float) -> HTTPXRequest:
    return HTTPXRequest(
        connect_timeout=_CONNECT,
        pool_timeout=_POOL,
        read_timeout=patience,
        httpx_kwargs={"transport": transport_to(api, connections)},
    )
