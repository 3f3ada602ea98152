"""Ways to the program that no honest phone takes by itself, and what is kept that no phone shows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from bot.sandbox.bot_api import wire
from bot.sandbox.telegram_side import Press
from storage import addresses, changes, contacts, invitations
from storage.changes import Change
from storage.contacts import Contact
from storage.viewer import the_programme
from tests.conversations.town import Speaker, Town


async def invited(town: Town, who: Speaker) -> str:
    """A fresh code for somebody, as their liaison hands it out."""
    async with town.writing() as tx:
        return await invitations.make(tx, town.clock.now(), who.id, None)


async def consents_of(town: Town, who: Speaker) -> set[tuple[str, str, str]]:
    """(kind, wording, door) of each consent that holds."""
    async with town.writing() as tx:
        rows = await tx.conn.execute(
            text("SELECT kind, wording, channel FROM consents WHERE person_id = :id AND ended_at IS NULL"),
            {"id": who.id},
        )
        return {(row.kind, row.wording, row.channel) for row in rows}


async def addresses_of(town: Town, who: Speaker) -> dict[str, bool]:
    """Each address in use, and whether it was verified."""
    async with town.writing() as tx:
        return {a.value: a.verified for a in await addresses.of_person(tx, who.id)}


async def history_of(town: Town, who: Speaker) -> list[Change]:
    """Newest first."""
    async with town.writing() as tx:
        return await changes.history(tx, the_programme(), who.id)


async def contacts_of(town: Town, who: Speaker) -> list[Contact]:
    """Newest first."""
    async with town.writing() as tx:
        return await contacts.latest(tx, the_programme(), who.id, limit=50)


async def sends_without_words(town: Town, who: Speaker, what: str) -> str:
    """A voice message or a sticker; what they then read."""
    message = town.world.telegram.put(town.world.private_chat(who.phone.id), who.phone.id)
    sent: dict[str, Any] = wire.message(town.world.telegram, message)
    sent.pop("text", None)
    town.world.telegram.updates.add("message", {**sent, what: {"file_id": "x", "file_unique_id": "x"}})
    return await who.reads()


async def presses_the_button_of(town: Town, thief: Speaker, owner: Speaker, label: str) -> str:
    """A press in one's own chat that carries the token of somebody else's button."""
    message, row, column = owner._button(label)
    own = town.world.chat(thief.phone.id)[-1]
    press_id = f"stolen-{own.id}"
    town.world.telegram.presses[press_id] = Press(own, thief.phone.id, town.clock.now())
    press = wire.callback_query(
        town.world.telegram, press_id, thief.phone, own, message.buttons[row][column].data
    )
    town.world.telegram.updates.add("callback_query", press)
    return await thief.reads()
