"""The library's requests, carried by aiohttp itself: over httpx they cost three times as much.

httpx's pool looks through all its connections for each request; see docs/performance.md.
"""

from __future__ import annotations

from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.channels.wire import session_to

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class AiohttpRequest(BaseRequest):
    """`patience` for an answer, and to connect and to wait for a free connection, are in seconds."""

    def __init__(self, api: str, connections: int, patience: float, connect: float, pool: float) -> None:
        self._api = api
        self._connections = connections
        self._patience, self._connect, self._pool = patience, connect, pool
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._patience

    async def initialize(self) -> None:
        """Nothing to do: the session opens with the first request, in the loop that makes it."""

    async def shutdown(self) -> None:
        if self._session:
            await self._session.close()
        self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """By orjson. What it refuses (half an emoji, bytes that are no UTF-8) the library still reads."""
        try:
            return orjson.loads(payload)
        except orjson.JSONDecodeError:
            return BaseRequest.parse_json_payload(payload)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. What failed on the way is raised with aiohttp's own error as its cause."""
        if self._session is None:
            self._session = session_to(self._api, self._connections)
        wait = self._patience if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        # aiohttp counts connecting into `connect`, which begins with waiting for a free connection.
        timeout = aiohttp.ClientTimeout(connect=self._pool, sock_connect=self._connect, sock_read=wait)
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error


def _form(request_data: RequestData) -> str:
    """What is no text goes in as JSON. A text in Chinese is written five times as fast as by urllib."""
    fields = {
        name: value if isinstance(value, str) else orjson.dumps(value).decode()
        for name, value in request_data.parameters.items()
    }
    return URL.build(query=fields).raw_query_string


def _body(request_data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if request_data is None:
        return None, {}
    if not request_data.contains_files:
        return _form(request_data).encode(), _FORM
    # As it is: a Chinese file name would come out in percent signs on the secretary's phone.
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, {}
