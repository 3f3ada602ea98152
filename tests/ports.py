"""Ports for programs that tests start, stop and start again."""

from __future__ import annotations

import atexit
from contextlib import ExitStack

from bot.sandbox.kept_port import kept_port

_KEPT = ExitStack()
atexit.register(_KEPT.close)


def free_port() -> int:
    """A port that nobody else is given until the tests end."""
    return _KEPT.enter_context(kept_port())
