"""A request to Alibaba Cloud's interface in the "RPC" style, signed; its answer, or what its "no" means."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC
from urllib.parse import urlencode

import httpx

from bot.channels.contract import OutcomeUnknown
from bot.channels.gateways.aliyun_signing import authorization, sha256
from bot.channels.gateways.asking import Key, Said, ask, refusal
from bot.channels.wire import transport_to
from bot.clock import Clock

ENDPOINT = "https://dysmsapi.aliyuncs.com"
_VERSION = "2017-05-25"
_FORM = "application/x-www-form-urlencoded"


class AliyunApi:
    """`nonce` gives no word twice: the company refuses a request whose nonce it has seen.

    `patience` for an answer is in seconds.
    """

    def __init__(
        self,
        key: Key,
        clock: Clock,
        endpoint: str = ENDPOINT,
        *,
        nonce: Callable[[], str] = secrets.token_hex,
        patience: float = 30.0,
    ) -> None:
        self._key = key
        self._clock = clock
        self._url = httpx.URL(endpoint).join("/")
        self._nonce = nonce
        self._http = httpx.AsyncClient(transport=transport_to(endpoint), timeout=patience)

    async def ask(self, action: str, query: Mapping[str, str], form: Mapping[str, str] | None = None) -> Said:
        """What stands behind its "OK". Raises a SendingFailed, by the table of receipts, for its "no"."""
        body = urlencode(form).encode() if form else b""
        url = f"{self._url}?{urlencode(query)}"
        said = await ask(self._http, url, self._headers(action, query, body), body)
        code = str(said.get("Code") or "")
        if not code:
            raise OutcomeUnknown("answer_unreadable")
        if code != "OK":
            raise refusal("aliyun", code)
        return said

    async def close(self) -> None:
        await self._http.aclose()

    def _headers(self, action: str, query: Mapping[str, str], body: bytes) -> dict[str, str]:
        headers = {
            "host": self._url.netloc.decode(),
            "accept": "application/json",
            "x-acs-action": action,
            "x-acs-version": _VERSION,
            "x-acs-date": self._clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": self._nonce(),
            "x-acs-content-sha256": sha256(body),
        } | ({"content-type": _FORM} if body else {})
        signature = authorization(self._key, "POST", "/", query, headers, headers["x-acs-content-sha256"])
        return headers | {"authorization": signature}
