"""A letter sent to an other side that is no company: it is sent once, and how that ended has one name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.channels.contract import SendingFailed
from bot.channels.gateways.contract import Gateway, Text
from tests.bot.channels.peers import peer

TO = "+8613900139003"
WORDS = "【联动】清明前后来看您"
# A lesson, which has a template where a company takes nothing else.
LESSON = Text(TO, WORDS, "77", "stop-fraud")
# A company's gateway that takes this address for the company's.
Opens = Callable[[str], AbstractAsyncContextManager[Gateway]]


async def failed_once(says: bytes | None, opens: Opens, text: Text | None = None) -> SendingFailed:
    """How it failed where the other side says this, as in `Peer`; one request was made of it."""
    async with peer(says) as other, opens(other.url) as gateway:
        with pytest.raises(SendingFailed) as caught:
            await gateway.send(text or LESSON)
        assert len(other.heads) == 1
    return caught.value


async def assert_it_is(
    says: bytes | None, opens: Opens, kind: type[SendingFailed], reason: str, text: Text | None = None
) -> None:
    failure = await failed_once(says, opens, text)
    assert (type(failure), failure.reason) == (kind, reason)
