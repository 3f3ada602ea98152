"""HTTP as far as our own clients speak it, at next to no cost: for far sides that must not be measured."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterator


class Conversation(asyncio.Protocol, ABC):
    """One connection. Requests come one after the other; each goes to `take`, its path and its body."""

    def __init__(self) -> None:
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    @abstractmethod
    def take(self, path: bytes, body: bytes) -> None: ...

    def write(self, body: bytes, status: bytes = b"200 OK") -> None:
        """An answer in JSON; nothing where nobody is left to hear it."""
        if self._transport and not self._transport.is_closing():
            head = b"\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
            self._transport.write(b"HTTP/1.1 " + status + head + body)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        for path, body in self._requests():
            self.take(path, body)

    def _requests(self) -> Iterator[tuple[bytes, bytes]]:
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head, behind = self._buffer[:end], end + 4
            length = _length(head)
            if len(self._buffer) < behind + length:
                return
            body = self._buffer[behind : behind + length]
            self._buffer = self._buffer[behind + length :]
            yield head.split(b" ", 2)[1], body


def _length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
