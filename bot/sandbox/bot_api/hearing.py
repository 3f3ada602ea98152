"""getUpdates and the webhook: the two ways in which a bot hears."""

from __future__ import annotations

import asyncio

from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.refusals import another_poller, bad_request, webhook_is_set
from bot.sandbox.telegram_side import TelegramSide
from bot.sandbox.updates import Webhook

LONGEST_POLL = 50


class Poll:
    """One long poll at a time: whoever comes later sends the one before away, as Telegram does."""

    def __init__(self, side: TelegramSide) -> None:
        self._side = side
        self._latest = 0
        self._waiting = 0

    async def get_updates(self, parameters: Parameters) -> list[Json]:
        """Updates since `offset`, at once if there are any, else within `timeout` seconds of real time."""
        if self._side.updates.webhook:
            raise webhook_is_set()
        self._side.updates.want(parameters.structure("allowed_updates"))
        mine = self._latest = self._latest + 1
        if self._waiting:
            self._side.changes.ring()
        self._waiting += 1
        try:
            async with asyncio.timeout(min(parameters.number("timeout"), LONGEST_POLL)):
                return await self._wait(parameters, mine)
        except TimeoutError:
            return []
        finally:
            self._waiting -= 1

    async def _wait(self, parameters: Parameters, mine: int) -> list[Json]:
        offset, limit = parameters.number("offset"), parameters.number("limit", 100)
        while True:
            version = self._side.changes.version
            if mine != self._latest:
                raise another_poller()
            updates = self._side.updates.since(offset, min(max(limit, 1), 100))
            if updates or self._side.changes.closed:
                return updates
            await self._side.changes.after(version)


def set_webhook(side: TelegramSide, parameters: Parameters) -> bool:
    """Takes http too, which Telegram does not: the program listens on loopback here."""
    url = parameters.text("url")
    if url and not url.startswith(("http://", "https://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    side.updates.want(parameters.structure("allowed_updates"))
    _forget_pending(side, parameters)
    webhook = Webhook(url, parameters.text("secret_token"), parameters.number("max_connections", 40))
    side.updates.listen_at(webhook if url else None)
    return True


def delete_webhook(side: TelegramSide, parameters: Parameters) -> bool:
    _forget_pending(side, parameters)
    side.updates.listen_at(None)
    return True


def get_webhook_info(side: TelegramSide, parameters: Parameters) -> Json:
    webhook, pending = side.updates.webhook, len(side.updates.waiting)
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": pending,
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
    if side.updates.allowed:
        info["allowed_updates"] = list(side.updates.allowed)
    return info


def _forget_pending(side: TelegramSide, parameters: Parameters) -> None:
    if parameters.flag("drop_pending_updates"):
        side.updates.waiting.clear()
