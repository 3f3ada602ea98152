"""One message in, one transaction, one answer promised.

What comes from outside is in the inbox before anybody is told that it arrived. A turn then takes it
from there: what it changes, the answer to it and the inbox mark are committed together or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import structlog

from bot.channels.contract import Channel, Incoming
from bot.clock import Clock
from bot.pressing import press_answered
from content.letter import Letter
from content.words.catalogue import tongue
from handlers import switchboard
from handlers.group import in_a_group
from handlers.turn import Document, House, Turn, Word, actor_at, address_used, with_actor
from storage import addresses, inbox, outbox
from storage.database import Database, Transaction
from storage.inbox import Raw, Received
from storage.outbox import Destination

ATTEMPTS = 3

log = structlog.get_logger()


class Intake:
    def __init__(
        self, database: Database, channels: Mapping[str, Channel], house: House, clock: Clock
    ) -> None:
        self._database = database
        self._channels = channels
        self.house = house
        self._clock = clock

    async def keep(self, raws: Sequence[Raw]) -> int:
        """Commit what came to the inbox; only then may it be acknowledged. How many were new."""
        async with self._database.writing() as tx:
            return await inbox.keep(tx, self._clock.now(), raws)

    def id_without_one(self, sender: str, words: str, at: str) -> str:
        """An id for a message whose gateway gives none, by which a repeat of it is known.

        Where no time is told either, the same words again count as a repeat within the hour: next
        month's check-in has the same words and must not be lost. Keyed: a plain hash of a number falls.
        """
        when = at or self._clock.now().strftime("%Y-%m-%dT%H")
        return self._database.vault.blind("inbound", json.dumps([sender, words, when])).hex()

    async def take_turns(self, most: int = 20) -> int:
        """Work the inbox off, oldest first; how many turns were taken, 0 when it is empty."""
        for taken in range(most):
            if not await self._take_turn():
                return taken
        return most

    async def _take_turn(self) -> bool:
        received: Received | None = None
        try:
            async with self._database.writing() as tx:
                received = next(iter(await inbox.next_new(tx)), None)
                if received is None:
                    return False
                await self._settle(tx, received)
        except Exception as error:
            if received is None:
                raise
            await self._put_off(received, error)
        return True

    async def _settle(self, tx: Transaction, received: Received) -> None:
        if received.payload is None:
            log.error("seal_broken", inbox=received.id)
            await inbox.mark_dead(tx, self._clock.now(), received, "seal_broken")
            return
        try:
            incoming = self._channels[received.channel].read(received.payload)
        except Exception as error:
            # Unreadable, or something a door did not think of: either way nothing behind it waits.
            log.warning("unreadable", inbox=received.id, error=type(error).__name__)
            await inbox.mark_dead(tx, self._clock.now(), received, "unreadable")
            return
        if incoming:
            await self._answer(tx, received, incoming)
        await inbox.mark_done(tx, self._clock.now(), received)

    async def _answer(self, tx: Transaction, received: Received, incoming: Incoming) -> None:
        if incoming.group:
            await self._answer_group(tx, received, incoming)
        elif incoming.kind == "other" and incoming.text in ("blocked", "unblocked"):
            await self._note_door(tx, incoming)
        else:
            turn = await self._turn(tx, received, incoming)
            letter = await switchboard.answer(turn)
            if letter:
                await self._promise(turn, incoming, letter)

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
        turn = Turn(tx, self._clock.now(), self.house, word, tongue(self.house.language))
        address = await address_used(tx, word)
        return with_actor(turn, await actor_at(tx, address)) if address else turn

    async def _promise(self, turn: Turn, incoming: Incoming, letter: Letter) -> None:
        """A stranger's number gets one answer once a day: two machines would write to each other for ever."""
        word, key = turn.word, f"{turn.word.id}{outbox.ANSWER}"
        if turn.is_stranger and turn.by_sms:
            day = turn.now.astimezone(turn.house.zone).date()
            said = turn.tx.vault.code_hash(letter.sms or letter.chat).hex()
            key = f"stranger:{turn.tx.vault.blind('sms', word.address).hex()}:{day}:{said}"
        person = None if turn.is_stranger else turn.actor
        destination = Destination(
            word.channel, word.address, person.id if person else None, person.address.id if person else None
        )
        press = await press_answered(turn, incoming.press) if incoming.press else None
        await outbox.promise(turn.tx, turn.now, destination, letter, "reply", key, press=press)

    async def _answer_group(self, tx: Transaction, received: Received, incoming: Incoming) -> None:
        """In a group others read along: whoever speaks to us is told where to go, and nothing else."""
        letter = in_a_group(self.house, incoming.text)
        if letter:
            destination, key = Destination("telegram", incoming.chat), f"{received.id}:group"
            await outbox.promise(tx, self._clock.now(), destination, letter, "reply", key)

    async def _note_door(self, tx: Transaction, incoming: Incoming) -> None:
        """Whoever blocks the chat has shut that one address; their number still works."""
        address = await addresses.behind(tx, incoming.channel, incoming.address)
        if address and incoming.text == "blocked":
            await addresses.suspend(tx, self._clock.now(), address.id, "chat_blocked")
        elif address:
            await addresses.revive(tx, address.id)

    async def _put_off(self, received: Received, error: Exception) -> None:
        """The turn left nothing behind. After a few attempts the message is put aside, its sender told."""
        log.error("turn_failed", inbox=received.id, exc_info=error)
        async with self._database.writing() as tx:
            if await inbox.note_failure(tx, received) < ATTEMPTS:
                return
            await inbox.mark_dead(tx, self._clock.now(), received, type(error).__name__)
            await self._apologise(tx, received)

    async def _apologise(self, tx: Transaction, received: Received) -> None:
        incoming = self._channels[received.channel].read(received.payload or {})
        if incoming is None or incoming.group:
            return
        said = tongue(self.house.language).say(
            "刚才那条没有办成，是我们这边出了问题。请过一会儿再发，急事请打电话。"
        )
        destination = Destination(incoming.channel, incoming.address)
        key = f"{received.id}:sorry"
        await outbox.promise(tx, self._clock.now(), destination, Letter(chat=said), "reply", key)


def _document(incoming: Incoming) -> Document | None:
    if incoming.kind != "document":
        return None
    return Document(incoming.file_id, incoming.file_name, incoming.file_size)
