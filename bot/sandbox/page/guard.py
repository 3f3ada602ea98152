"""Who may speak to the page: a browser on this machine, on this page, and nobody through it from elsewhere.

A page of any site can point its own name at 127.0.0.1 and so read what is served there (DNS
rebinding), and can post to any address; the Host and Origin headers tell both apart from our own.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _refusal(scope["method"], Headers(scope=scope))
        answer = PlainTextResponse(refusal, 403) if refusal else self._app
        await answer(scope, receive, _with_headers(send))


def _refusal(method: str, headers: Headers) -> str:
    host = headers.get("host", "")
    if _without_port(host) not in LOOPBACK:
        return "This page is for the machine it runs on: open it as http://127.0.0.1 or http://localhost."
    if method not in {"GET", "HEAD"} and headers.get("origin") != f"http://{host}":
        return "Only the page itself may do this."
    return ""


def _without_port(host: str) -> str:
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-cache")
        await send(message)

    return sending
