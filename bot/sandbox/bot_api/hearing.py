"""getUpdates and the webhook: the two ways in which a bot hears."""

from __future__ import annotations

import asyncio
import json
import re
import time

from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json, seconds
from bot.sandbox.bot_api.refusals import (
    Refused,
    another_poller,
    bad_request,
    webhook_is_set,
    webhook_took_over,
)
from bot.sandbox.bot_api.told import Told
from bot.sandbox.bot_api.webhook_address import checked_host
from bot.sandbox.telegram_side import TelegramSide
from bot.sandbox.updates import Webhook

LONGEST_POLL = 50
# Whoever hears 409 asks again at once: each but the first is kept waiting for so many seconds.
BETWEEN_CONFLICTS = 3.0
LARGEST_CERTIFICATE = 3 << 20
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


class Poll:
    """One long poll at a time: whoever comes later sends the one before away, as Telegram does."""

    def __init__(self, side: TelegramSide) -> None:
        self._side = side
        self._latest = 0
        self._waiting = 0
        self._next_conflict = 0.0

    async def get_updates(self, parameters: Parameters) -> list[Json]:
        """Updates since `offset`, at once if there are any, else within `timeout` seconds of real time."""
        if self._side.updates.webhook:
            raise await self._after_a_pause(webhook_is_set())
        self._side.updates.want(_kinds(parameters))
        mine = self._latest = self._latest + 1
        if self._waiting:
            self._side.changes.ring()
        self._waiting += 1
        try:
            async with asyncio.timeout(min(parameters.number("timeout"), LONGEST_POLL)):
                return await self._wait(parameters, mine)
        except TimeoutError:
            return []
        except Refused as conflict:
            raise await self._after_a_pause(conflict) from None
        finally:
            self._waiting -= 1

    async def _wait(self, parameters: Parameters, mine: int) -> list[Json]:
        offset, limit = parameters.number("offset"), parameters.number("limit", 100)
        while True:
            version = self._side.changes.version
            if self._side.updates.webhook:
                raise webhook_took_over()
            if mine != self._latest:
                raise another_poller()
            updates = self._side.updates.since(offset, min(max(limit, 1), 100))
            if updates or self._side.changes.closed:
                return updates
            await self._side.changes.after(version)

    async def _after_a_pause(self, conflict: Refused) -> Refused:
        now = time.monotonic()
        if now < self._next_conflict:
            await asyncio.sleep(BETWEEN_CONFLICTS)
        else:
            self._next_conflict = now + BETWEEN_CONFLICTS
        return conflict


def set_webhook(side: TelegramSide, parameters: Parameters) -> Told:
    """To an address on this machine by http too, and at any port, where the program listens."""
    url = parameters.text("url")
    if not url:
        return delete_webhook(side, parameters)
    wanted = _webhook(url, parameters)
    side.updates.want(_kinds(parameters))
    if wanted == side.updates.webhook and not parameters.flag("drop_pending_updates"):
        return Told(True, "Webhook is already set")
    _forget_pending(side, parameters)
    side.updates.listen_at(wanted)
    return Told(True, "Webhook was set")


def delete_webhook(side: TelegramSide, parameters: Parameters) -> Told:
    _forget_pending(side, parameters)
    was_set = side.updates.webhook is not None
    if was_set:
        side.updates.listen_at(None)
    return Told(True, "Webhook was deleted" if was_set else "Webhook is already deleted")


def get_webhook_info(side: TelegramSide, parameters: Parameters) -> Json:
    webhook, pending = side.updates.webhook, len(side.updates.waiting)
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": bool(webhook and webhook.has_certificate),
        "pending_update_count": pending,
    }
    if trouble := side.updates.trouble:
        info |= {"last_error_date": seconds(trouble.at), "last_error_message": trouble.why}
    if webhook:
        info |= {"max_connections": webhook.max_connections, "ip_address": webhook.ip_address or "<unknown>"}
    if side.updates.allowed:
        info["allowed_updates"] = list(side.updates.allowed)
    return info


def _webhook(url: str, parameters: Parameters) -> Webhook:
    ip_address = parameters.text("ip_address") or checked_host(url)
    secret = parameters.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = min(max(parameters.number("max_connections", 40), 1), 100)
    certificate = parameters.upload("certificate")
    if certificate and len(certificate.content) > LARGEST_CERTIFICATE:
        size = len(certificate.content)
        raise bad_request(f"certificate size is too big ({size} bytes)")
    return Webhook(url, secret, connections, ip_address, certificate is not None)


def _kinds(parameters: Parameters) -> list[str] | None:
    """What is no list of words is passed over, as with Telegram."""
    given = parameters.said.get("allowed_updates")
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            return None
    return [kind for kind in given if isinstance(kind, str)] if isinstance(given, list) else None


def _forget_pending(side: TelegramSide, parameters: Parameters) -> None:
    if parameters.flag("drop_pending_updates"):
        side.updates.waiting.clear()
