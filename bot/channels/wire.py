"""HTTP as our doors speak it: which way out to take, and whether a failed request had already left."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from aiohttp.connector import Connection
from httpx_aiohttp import AiohttpTransport

from bot.channels.contract import NeverLeft

_CONNECTIONS = 100
# Seconds that a connection may rest. Many servers hang up after five: whoever sends in that very moment
# never learns whether the message was taken.
_REST = 4.0

# Then it is asked again, whatever it said: a letter more it refuses, and nobody's cry waits for a week.
LONGEST_WAIT = timedelta(hours=1)


class ProxyNotSpoken(Exception):
    """环境里的代理不是 http 代理，请把 HTTPS_PROXY 改成 http://…
    the proxy named by the environment is not an http one: set HTTPS_PROXY to http://…"""


# The library names some of these after what it guesses: a connection that the other side dropped
# after our request comes out as httpx.ConnectTimeout. Believing that would send a lesson twice,
# so what lies below is asked.
_NEVER_LEFT_BELOW = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class OnceTransport(AiohttpTransport):
    """Sends a request once. aiohttp by itself sends a GET again when the connection drops after it was
    taken, and Kannel is spoken to by GET: the member would get the lesson twice and we would see one.
    """

    def get_client(self) -> aiohttp.ClientSession:
        most = self.limits.max_connections or 0
        connector = _Connector(ssl=self.ssl_context, limit=most, keepalive_timeout=_REST)
        # A request without a body has no type of content; Alibaba Cloud would want that header signed.
        session = aiohttp.ClientSession(
            connector=connector, request_class=_Request, skip_auto_headers=("Content-Type",)
        )
        session._retry_connection = False
        return session

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except aiohttp.ClientError as error:
            # The few the library forgot to name, as for an answer that is no HTTP at all.
            raise httpx.RemoteProtocolError(str(error)) from error


_leaves: ContextVar[Callable[[], None] | None] = ContextVar("leaves", default=None)


@contextmanager
def told_when_it_leaves(tell: Callable[[], None]) -> Iterator[None]:
    """`tell` is called before each request inside is written, after whoever asked for that further out.

    The next step is the socket.
    """
    further_out = _leaves.get()

    def tell_all() -> None:
        if further_out:
            further_out()
        tell()

    before = _leaves.set(tell_all if further_out else tell)
    try:
        yield
    finally:
        _leaves.reset(before)


def it_leaves() -> None:
    """A request is about to be written: for a door that speaks no HTTP, as those of the simulation do."""
    if tell := _leaves.get():
        tell()


class _Connector(aiohttp.TCPConnector):
    """Whoever is cancelled in here had no connection yet."""

    async def connect(self, *args: Any, **named: Any) -> Connection:
        try:
            connection = await super().connect(*args, **named)
        except asyncio.CancelledError:
            raise NeverLeft from None
        _writes_at_once(connection)
        return connection


def _writes_at_once(connection: Connection) -> None:
    """uvloop keeps what is written until all others had their turn. A kill in between leaves a letter that
    counts as one that left, and lies in our own memory.
    """
    transport = connection.transport
    if transport and transport.get_extra_info("sslcontext") is None:
        transport.set_write_buffer_limits(high=0)


class _Request(aiohttp.ClientRequest):
    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        if not self._body:
            self._tell()
        return await super().send(conn)

    async def write_bytes(self, *args: Any, **named: Any) -> None:
        """Head and body. In Python 3.11 its turn comes after that of a hundred others."""
        self._tell()
        await super().write_bytes(*args, **named)

    def _tell(self) -> None:
        it_leaves()


def transport_to(url: str) -> OnceTransport:
    """The way to the host of `url`: by the environment's proxy, which many in China need."""
    limits = httpx.Limits(max_connections=_CONNECTIONS)
    return OnceTransport(proxy=_proxy_to(url), limits=limits, trust_env=not _is_loopback(url))


def session_to(url: str, connections: int) -> aiohttp.ClientSession:
    """The same way without httpx, for the door that writes a thousand messages a second."""
    proxy = _proxy_to(url)
    return aiohttp.ClientSession(
        connector=_Connector(limit=connections, keepalive_timeout=_REST),
        request_class=_Request,
        cookie_jar=aiohttp.DummyCookieJar(),
        proxy=str(proxy.url) if proxy else None,
        proxy_auth=aiohttp.BasicAuth(*proxy.auth) if proxy and proxy.auth else None,
    )


def never_left(failure: BaseException) -> bool:
    """Whether the request certainly reached nobody, so that sending it again doubles nothing."""
    chain = list(_causes(failure))
    below = [error for error in chain if isinstance(error, aiohttp.ClientError)]
    if below:
        return any(isinstance(error, _NEVER_LEFT_BELOW) for error in below)
    return any(isinstance(error, _NEVER_LEFT) for error in chain)


def wait_asked_for(response: httpx.Response) -> timedelta | None:
    """How long the other side wants to be left alone: `Retry-After` in seconds, or as the time it ends."""
    asked = response.headers.get("retry-after", "")
    if not asked.isdecimal():
        return _until(asked, response.headers.get("date", ""))
    return min(timedelta(seconds=int(asked[:9])), LONGEST_WAIT)


def _until(ends: str, now: str) -> timedelta | None:
    """By their own clock: ours may be another."""
    try:
        wait = parsedate_to_datetime(ends) - parsedate_to_datetime(now)
    except (ValueError, TypeError):
        return None
    return min(max(wait, timedelta()), LONGEST_WAIT)


def _proxy_to(url: str) -> httpx.Proxy | None:
    split = urlsplit(url)
    if _is_loopback(url) or proxy_bypass(split.hostname or ""):
        return None
    proxies = getproxies()
    written = proxies.get(split.scheme) or proxies.get("all")
    if not written:
        return None
    address = written if "://" in written else f"http://{written}"
    if not address.startswith(("http://", "https://")):
        raise ProxyNotSpoken(ProxyNotSpoken.__doc__)
    return httpx.Proxy(address)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _causes(failure: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while failure is not None and failure not in chain:
        chain.append(failure)
        failure = failure.__cause__
    return chain
