"""Taking up what the outbox promised: leased to one process, opened, ready to be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import case, update

from storage.among import among
from storage.campaign_letters import CampaignLetters
from storage.claimed import Claimed
from storage.database import Transaction
from storage.due_letters import DueLetter, due_letters
from storage.holidays import Calendar
from storage.opened import recipient_in, words_in
from storage.outbox import BULK, outbox
from storage.putting_aside import give_up, without_what_is_put_aside
from storage.vault import SealBroken, Vault


class Taken(NamedTuple):
    """Leased, and still sealed: they are opened while others use the writer, some at a time."""

    letters: Sequence[DueLetter]
    said: CampaignLetters
    vault: Vault
    lease_until: datetime

    def pages(self, size: int) -> Iterator[Taken]:
        for start in range(0, len(self.letters), size):
            yield self._replace(letters=self.letters[start : start + size])

    def opened(self) -> tuple[list[Claimed], list[NotToBeSent]]:
        """Ready to be sent; one that does not open must not keep all others waiting."""
        opened = [_opened(self, letter) for letter in self.letters]
        ready = [one for one in opened if isinstance(one, Claimed)]
        return ready, [one for one in opened if isinstance(one, NotToBeSent)]


class NotToBeSent(NamedTuple):
    letter: DueLetter
    why: str


async def claim(
    tx: Transaction, now: datetime, lease: timedelta, limit: int = 50, channel: str = "", **wanted: Any
) -> list[Claimed]:
    """`take`, opened at once, and rid of what does not open."""
    ready, broken = (await take(tx, now, lease, limit, channel, **wanted)).opened()
    await leave_off(tx, now, broken)
    return ready


async def take(
    tx: Transaction,
    now: datetime,
    lease: timedelta,
    limit: int,
    channel: str,
    *,
    calendar: Calendar | None = None,
    from_priority: int = 0,
    to_priority: int = BULK,
) -> Taken:
    """Take promises that are due, or whose lease ran out with its process, for `lease` from now.

    Those of one channel, or of all where it is empty. The lease is committed before anything is sent, so
    a crash is followed by one more attempt and never by silence; but not by a third copy. `calendar`
    remembers the holidays from one claim to the next.
    """
    due = await due_letters(tx, now, limit, channel, from_priority, to_priority)
    due = await without_what_is_put_aside(tx, now, due, calendar or Calendar())
    said = CampaignLetters(tx)
    if due:
        await _lease(tx, [letter.id for letter in due], now + lease)
        await said.read(
            {(one.campaign_id, one.language) for one in due if one.letter is None and one.campaign_id}
        )
    return Taken(due, said, tx.vault, now + lease)


async def leave_off(tx: Transaction, now: datetime, broken: Sequence[NotToBeSent]) -> None:
    """Whoever it was for goes to the next step."""
    for letter, why in broken:
        await give_up(tx, now, letter, why)


async def _lease(tx: Transaction, ids: Sequence[str], until: datetime) -> None:
    """One whose lease ran out may have arrived without our knowing."""
    again = outbox.c.unsure + case((outbox.c.state == "sending", 1), else_=0)
    await tx.conn.execute(
        update(outbox)
        .where(among(tx, outbox.c.id, ids))
        .values(
            state="sending",
            lease_until=until,
            leased_by=tx.leases_as,
            attempts=outbox.c.attempts + 1,
            unsure=again,
        )
    )


def _opened(taken: Taken, letter: DueLetter) -> Claimed | NotToBeSent:
    try:
        words = words_in(taken.vault, taken.said, letter)
        recipient = recipient_in(taken.vault, letter)
    except SealBroken:
        return NotToBeSent(letter, "seal_broken")
    if words is None:
        return NotToBeSent(letter, "off_the_shelf")
    return Claimed(
        letter.id,
        letter.person_id,
        letter.address_id,
        letter.channel,
        recipient,
        words,
        letter.kind,
        letter.attempts + 1,
        taken.lease_until,
        letter.campaign_id,
        letter.unsure + (letter.state == "sending"),
    )
