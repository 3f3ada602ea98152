"""Other sides that behave badly, over real sockets: each takes the whole request, then does as told."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

HANG_UP = b""
SILENCE = None


@dataclass
class Peer:
    """`says` is the bytes it answers with; empty: it hangs up; None: it never answers."""

    says: bytes | None
    url: str = ""
    heads: list[str] = field(default_factory=list)
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        await reader.readexactly(_length(head))
        if self.says is SILENCE:
            await self._over.wait()
        else:
            writer.write(self.says)
        writer.close()


def http(status: str, body: str, *headers: str) -> bytes:
    content = body.encode()
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + content


@asynccontextmanager
async def peer(says: bytes | None) -> AsyncIterator[Peer]:
    one = Peer(says)
    server = await asyncio.start_server(one.meet, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield one
    finally:
        one._over.set()
        server.close()
        await server.wait_closed()


def nobody() -> str:
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def _length(head: str) -> int:
    lines = (line.partition(":") for line in head.lower().splitlines())
    return sum(int(value) for name, _, value in lines if name == "content-length")
