"""Messages in, answers promised.

What comes from outside is in the inbox before anybody is told that it arrived. A turn then takes it
from there: what it changes, the answer to it and the inbox mark are committed together or not at all.
Many turns share a commit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

import structlog

from bot.channels.contract import Channel
from bot.clock import Clock
from bot.gathering import Gathering
from bot.together import take_together
from bot.turns import Heard, Turns
from content.letter import Letter
from content.words.catalogue import tongue
from handlers.turn import House
from storage import inbox, outbox
from storage.claimed import Claimed
from storage.database import Database, Transaction
from storage.inbox import Payload, Raw, Received
from storage.outbox import Destination
from storage.trouble import will_pass

ATTEMPTS = 3
# So many turns share a commit, and their answers wait for the last of them.
TOGETHER = 100
# Beyond so many messages the rest is read from the inbox again, when its turn comes.
MOST_AT_HAND = 1000

log = structlog.get_logger()


# Door, outcome (done, dead or failed), and how long it was in the inbox.
Counted = Callable[[str, str, timedelta], None]


def _nobody_counts(_door: str, _outcome: str, _waited: timedelta) -> None:
    """Where nobody watches, as in the tests."""


class Carrier(Protocol):
    """Whoever sends: an answer that they can take at once need not be looked for in the outbox first."""

    def lease_for(self, channel: str, recipient: str) -> timedelta | None: ...

    def carry(self, answers: Sequence[Claimed]) -> None: ...


class Intake:
    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        house: House,
        clock: Clock,
        counted: Counted = _nobody_counts,
        carrier: Carrier | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._counted = counted
        self._carrier = carrier
        self.turns = Turns(channels, house, clock, carrier.lease_for if carrier else None)
        self._inbox = Gathering(self._keep_all)
        self._at_hand: dict[str, Payload] = {}
        self._did_more = False
        # Whether, after the last turns, more may wait: whatever comes later rings by itself.
        self.has_more = True

    async def keep(self, raws: Sequence[Raw]) -> None:
        """Commit what came to the inbox; only then may it be acknowledged. A repeat is passed over."""
        await self._inbox.write(raws)

    def id_without_one(self, payload: Payload) -> str:
        """An id for a message whose gateway gives none, by which a repeat of it is known.

        Where it does not say either when it was sent, under `ts`, the same words again count as a repeat
        within the hour: next month's check-in has the same words and must not be lost. Keyed: a plain
        hash of a number falls.
        """
        hour = "" if payload.get("ts") else self._clock.now().strftime("%Y-%m-%dT%H")
        said = json.dumps([payload, hour], sort_keys=True)
        return self._database.vault.blind("inbound", said).hex()

    async def take_turns(self, most: int = TOGETHER) -> int:
        """Work the inbox off, oldest first; how many turns were taken, 0 when it is empty.

        All in one transaction, since the disk is synced once for each. Where that fails they are taken
        one by one: it costs nobody but the one at fault.
        """
        waiting: list[Received] = []
        self.has_more = True
        try:
            async with self._database.writing() as tx:
                waiting = await inbox.next_new(tx, most, self._at_hand)
                taken, answers = await take_together(tx, self.turns, waiting)
                did_more = tx.desk.has_more
                await inbox.mark_done(tx, self._clock.now(), [one.received for one in taken if not one.fault])
        except Exception as error:
            await self._take_one_by_one(waiting, error)
        else:
            self._did_more |= did_more
            self.has_more = len(waiting) == most or len(taken) < len(waiting)
            self._end(taken, answers)
            return len(taken)
        return len(waiting)

    def did_more(self) -> bool:
        """Whether, since this was last asked, a turn wrote more than its contact and its answer: then
        something may have been planned for this very moment.
        """
        did_more, self._did_more = self._did_more, False
        return did_more

    async def _keep_all(self, brought: Sequence[Sequence[Raw]]) -> None:
        async with self._database.writing() as tx:
            kept = await inbox.keep(tx, self._clock.now(), [raw for raws in brought for raw in raws])
        if len(self._at_hand) < MOST_AT_HAND:
            self._at_hand |= kept

    def _end(self, taken: Sequence[Heard], answers: Sequence[Claimed]) -> None:
        """What follows once their turns are committed."""
        if self._carrier:
            self._carrier.carry(answers)
        for heard in taken:
            self._at_hand.pop(heard.received.id, None)
            self._count(heard.received, "dead" if heard.fault else "done")
        if not taken:
            # Repeats lie at hand as well, and no turn ever comes for them: an empty inbox needs none of it.
            self._at_hand.clear()

    async def _take_one_by_one(self, waiting: Sequence[Received], error: Exception) -> None:
        if not waiting or will_pass(error):
            # Nothing is wrong with the message: counted against it, a full disk would end it as a dead one.
            raise error
        if len(waiting) == 1:
            self._count(waiting[0], "failed")
            await self._put_off(waiting[0], error)
            return
        log.warning("taken_one_by_one", messages=len(waiting), error=type(error).__name__)
        for _ in waiting:
            await self.take_turns(most=1)

    def _count(self, received: Received, outcome: str) -> None:
        self._counted(received.channel, outcome, self._clock.now() - received.received_at)

    async def _put_off(self, received: Received, error: Exception) -> None:
        """The turn left nothing behind. After a few attempts the message is put aside, its sender told."""
        log.error("turn_failed", inbox=received.id, exc_info=error)
        async with self._database.writing() as tx:
            if await inbox.note_failure(tx, received) < ATTEMPTS:
                return
            await inbox.mark_dead(tx, self._clock.now(), received, type(error).__name__)
            await self._apologise(tx, received)

    async def _apologise(self, tx: Transaction, received: Received) -> None:
        incoming = self.turns.read(received).said
        if incoming is None or incoming.group:
            return
        said = tongue(self.turns.house.language).say(
            "刚才那条没有办成，是我们这边出了问题。请过一会儿再发，急事请打电话。"
        )
        destination = Destination(incoming.channel, incoming.address)
        key = f"{received.id}:sorry"
        await outbox.promise(tx, self._clock.now(), destination, Letter(chat=said), "reply", key)
