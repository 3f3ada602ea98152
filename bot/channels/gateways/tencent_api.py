"""A request to Tencent Cloud's interface 3.0, signed; its answer, or what its "no" means."""

from __future__ import annotations

import json
from collections.abc import Mapping

import httpx

from bot.channels.contract import OutcomeUnknown
from bot.channels.gateways.asking import Key, Said, ask, refusal
from bot.channels.gateways.tencent_signing import authorization
from bot.channels.wire import transport_to
from bot.clock import Clock

ENDPOINT = "https://sms.tencentcloudapi.com"
REGION = "ap-guangzhou"
_SERVICE, _VERSION = "sms", "2021-01-11"
_CONTENT = "application/json"


class TencentApi:
    """`region` is where the request is worked off; the phones may be anywhere. `patience` is in seconds."""

    def __init__(
        self,
        key: Key,
        clock: Clock,
        endpoint: str = ENDPOINT,
        region: str = REGION,
        *,
        patience: float = 30.0,
    ) -> None:
        self._key = key
        self._clock = clock
        self._url = httpx.URL(endpoint).join("/")
        self._region = region
        self._http = httpx.AsyncClient(transport=transport_to(endpoint), timeout=patience)

    async def ask(self, action: str, asked: Mapping[str, object]) -> Said:
        """What its `Response` holds. Raises a SendingFailed, by the table of receipts, for its "no"."""
        body = json.dumps(asked).encode()
        said = (await ask(self._http, str(self._url), self._headers(action, body), body)).get("Response")
        if not isinstance(said, dict):
            raise OutcomeUnknown("answer_unreadable")
        error = said.get("Error")
        if isinstance(error, dict):
            raise refusal("tencent", str(error.get("Code", "")))
        return said

    async def close(self) -> None:
        await self._http.aclose()

    def _headers(self, action: str, body: bytes) -> dict[str, str]:
        now, host = self._clock.now(), self._url.netloc.decode()
        return {
            "Host": host,
            "Content-Type": _CONTENT,
            "X-TC-Action": action,
            "X-TC-Version": _VERSION,
            "X-TC-Timestamp": str(int(now.timestamp())),
            "X-TC-Region": self._region,
            "X-TC-Language": "zh-CN",
            "Authorization": authorization(self._key, _SERVICE, host, _CONTENT, body, now),
        }
