"""A port of loopback that stays ours until we listen on it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from bot.serving import LOOPBACK


@contextmanager
def kept_port() -> Iterator[int]:
    """Nobody is given this port while we hold it, and whoever knows its number may listen on it.

    A port that was free a moment ago is given away at once to any client that connects to somewhere.
    Bound with SO_REUSEADDR and not listened on, it can be bound once more, by its number only: socket(7).
    """
    with socket.socket() as keeper:
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        keeper.bind((LOOPBACK, 0))
        port: int = keeper.getsockname()[1]
        yield port
