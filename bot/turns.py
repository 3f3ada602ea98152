"""One message's turn: who speaks, what it means, the answer, the inbox mark. All or nothing of it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import NamedTuple

import structlog

from bot.channels.contract import Channel, Incoming
from bot.clock import Clock
from bot.pressing import press_answered
from content.letter import Letter
from content.words.catalogue import tongue
from handlers import switchboard
from handlers.group import in_a_group
from handlers.turn import Document, House, Turn, Word
from handlers.who_speaks import who_speaks
from storage import addresses, answers, inbox, outbox, suspects
from storage.claimed import Claimed
from storage.database import Transaction
from storage.inbox import Received
from storage.outbox import Destination

# For how long an answer to (channel, recipient) belongs to the process that gave it; None where it waits.
LeaseFor = Callable[[str, str], timedelta | None]

log = structlog.get_logger()


class Heard(NamedTuple):
    """A message as its door reads it: no word of a person where `said` is None, `fault` where it cannot."""

    received: Received
    said: Incoming | None = None
    fault: str = ""


class Turns:
    """Without `lease_for` every answer waits in the outbox."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        house: House,
        clock: Clock,
        lease_for: LeaseFor | None = None,
    ) -> None:
        self._channels = channels
        self.house = house
        self._clock = clock
        self._lease_for = lease_for

    def read(self, received: Received) -> Heard:
        if received.payload is None:
            log.error("seal_broken", inbox=received.id)
            return Heard(received, fault="seal_broken")
        try:
            return Heard(received, self._channels[received.channel].read(received.payload))
        except Exception as error:
            # Unreadable, or something a door did not think of: either way nothing behind it waits.
            log.warning("unreadable", inbox=received.id, error=type(error).__name__)
            return Heard(received, fault="unreadable")

    async def take(self, tx: Transaction, heard: Heard) -> Claimed | None:
        """The answer, where there is a lease for it: to be carried once all this is committed."""
        if heard.fault:
            await inbox.mark_dead(tx, self._clock.now(), heard.received, heard.fault)
            return None
        return await self._answer(tx, heard.received, heard.said) if heard.said else None

    async def _answer(self, tx: Transaction, received: Received, incoming: Incoming) -> Claimed | None:
        if incoming.group:
            await self._answer_group(tx, received, incoming)
            return None
        if incoming.kind == "other" and incoming.text in ("blocked", "unblocked"):
            await self._note_door(tx, incoming)
            return None
        turn = await self._turn(tx, received, incoming)
        letter = await switchboard.answer(turn)
        return await self._promise(turn, incoming, letter) if letter else None

    async def _turn(self, tx: Transaction, received: Received, incoming: Incoming) -> Turn:
        word = Word(
            id=received.id,
            channel=incoming.channel,
            address=incoming.address,
            text=incoming.text,
            token=incoming.token,
            own_contact=incoming.own_contact,
            shared_a_contact=incoming.kind == "contact",
            document=_document(incoming),
        )
        actor = await who_speaks(tx, word)
        spoken = tongue(actor.person.language if actor else self.house.language)
        return Turn(tx, self._clock.now(), self.house, word, spoken, actor)

    async def _promise(self, turn: Turn, incoming: Incoming, letter: Letter) -> Claimed | None:
        if turn.is_stranger and turn.by_sms:
            await self._promise_once_a_day(turn, letter)
            return None
        word, actor = turn.word, None if turn.is_stranger else turn.actor
        destination = Destination(
            word.channel, word.address, actor.id if actor else None, actor.address.id if actor else None
        )
        press = await press_answered(turn, incoming.press) if incoming.press else None
        lease = self._lease_for(word.channel, word.address) if self._lease_for else None
        return await answers.promise(turn.tx, turn.now, destination, letter, word.id, press, lease)

    async def _promise_once_a_day(self, turn: Turn, letter: Letter) -> None:
        """A stranger's number gets one answer once a day: two machines would write to each other for ever."""
        day = turn.now.astimezone(turn.house.zone).date()
        said = turn.tx.vault.code_hash(letter.sms or letter.chat).hex()
        key = f"stranger:{turn.tx.blind('sms', turn.word.address).hex()}:{day}:{said}"
        await outbox.promise(turn.tx, turn.now, Destination("sms", turn.word.address), letter, "reply", key)

    async def _answer_group(self, tx: Transaction, received: Received, incoming: Incoming) -> None:
        """In a group others read along: whoever speaks to us is told where to go, and nothing else."""
        letter = in_a_group(self.house, incoming.text)
        if letter:
            destination, key = Destination("telegram", incoming.chat), f"{received.id}:group"
            await outbox.promise(tx, self._clock.now(), destination, letter, "reply", key)

    async def _note_door(self, tx: Transaction, incoming: Incoming) -> None:
        """Whoever blocks the chat, or writes STOP, has shut that one address; another still works."""
        address = await addresses.behind(tx, incoming.channel, incoming.address)
        if address and incoming.text == "blocked":
            reason = "refused_by_person" if incoming.channel == "sms" else "chat_blocked"
            await addresses.suspend(tx, self._clock.now(), address.id, reason)
        elif address:
            await suspects.proven(tx, self._clock.now(), address.id)


def _document(incoming: Incoming) -> Document | None:
    if incoming.kind != "document":
        return None
    return Document(incoming.file_id, incoming.file_name, incoming.file_size)
