"""An attempt to send, whose every end has a name."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from bot.channels.contract import Channel, OutcomeUnknown, SendingFailed, Sent, cut_off
from bot.envelope import outgoing_of
from storage.claimed import Claimed

log = structlog.get_logger()


async def send_safely(channel: Channel, claimed: Claimed) -> Sent | SendingFailed:
    """How it ended. Whoever cuts it off hears that, too: nothing that may have left is sent again unasked."""
    try:
        return await channel.send(outgoing_of(claimed))
    except SendingFailed as failure:
        return failure
    except asyncio.CancelledError as told:
        return cut_off(told)
    except Exception as error:
        # A fault of ours, and whether it left before or after it nobody can say.
        log.error("sending_broke", outbox=claimed.id, channel=claimed.channel, exc_info=error)
        return OutcomeUnknown("our_fault")


async def send_batch_safely(channel: Channel, together: Sequence[Claimed]) -> list[Sent | SendingFailed]:
    """The same for letters that read the same: the first one is put together, the others are its copies."""
    try:
        first = outgoing_of(together[0])
        alike = [first._replace(to=claimed.recipient, reference=claimed.id) for claimed in together]
        return await channel.send_batch(alike)
    except asyncio.CancelledError as told:
        return [cut_off(told) for _ in together]
    except Exception as error:
        log.error("sending_broke", letters=len(together), channel=together[0].channel, exc_info=error)
        return [OutcomeUnknown("our_fault") for _ in together]
