"""What was asked last, and what an answer to it means: the other side of `choices.offer`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, func, select, tuple_

from content.act import Act
from content.letter import ChosenBy
from content.words.campaign_letter import campaign_letter
from storage.campaigns import campaigns
from storage.choices import QUESTION, choices
from storage.database import Transaction
from storage.people import people
from storage.vault import SealBroken

BUTTON_HOLDS_FOR = timedelta(days=30)
NUMBER_HOLDS_FOR = timedelta(days=1)
# Whoever was offered more since then has other things in mind.
_LATELY = 200


class Offered(NamedTuple):
    """`is_answered`: a number or a word has picked it before. `label` is what was read beside it."""

    token: str
    person_id: str | None
    n: int
    act: Act
    offered_at: datetime
    is_answered: bool
    label: str = ""


class Asked(NamedTuple):
    """A question with its answers. Of two to one address the later one has the greater `nth`."""

    offered: list[Offered]
    at: datetime
    nth: int
    is_open: bool

    @property
    def is_answered(self) -> bool:
        return any(offered.is_answered for offered in self.offered)


async def last_asked(
    tx: Transaction, now: datetime, address_index: bytes, chosen_by: ChosenBy = "number"
) -> Asked | None:
    """The last question to this address that is answered this way; None where none was asked.

    A bare number answers it for a day. A letter can mean nothing else, and does as long as a button.
    """
    rows = tx.desk.seen("choices", (address_index, chosen_by))
    if rows is None:
        rows = list(await tx.conn.execute(last_to([address_index], chosen_by)))
    if not rows:
        return None
    first = rows[0]
    holds_for = BUTTON_HOLDS_FOR if chosen_by == "letter" else NUMBER_HOLDS_FOR
    # Two processes may have counted to the same number at once: answers of two letters are not one question.
    same = [row for row in rows if row.outbox_id == first.outbox_id]
    offered = [one for row in same for one in _all_offered(tx, row)]
    return Asked(offered, first.offered_at, first.nth, first.offered_at > now - holds_for)


async def pressed(tx: Transaction, now: datetime, address_index: bytes, token: str) -> Offered | None:
    """What the button meant that this address pressed; None for one that it was never shown."""
    beside = await _beside(tx, now, address_index, token)
    return next((offered for offered in beside if offered.token == token), None)


async def offered_lately(tx: Transaction, now: datetime, address_index: bytes, person_id: str) -> list[Act]:
    """What was offered to this person at this address and can still be pressed, newest first."""
    query = select(choices).where(
        choices.c.address_index == address_index,
        choices.c.person_id == person_id,
        choices.c.campaign_id.is_(None),
        choices.c.offered_at > now - BUTTON_HOLDS_FOR,
    )
    rows = await tx.conn.execute(query.order_by(choices.c.nth.desc(), choices.c.n).limit(_LATELY))
    return [_offered(tx, row).act for row in rows]


async def beside(tx: Transaction, now: datetime, address_index: bytes, token: str) -> dict[str, Act]:
    """Token and act of each button of the message that `token` hangs under, itself among them."""
    return {one.token: one.act for one in await _beside(tx, now, address_index, token)}


def last_to(address_indexes: Sequence[bytes], chosen_by: ChosenBy) -> Select[tuple[object, ...]]:
    """The answers to the last question to each of these addresses, in their order."""
    newest = (
        select(choices.c.address_index, func.max(choices.c.nth))
        .where(choices.c.address_index.in_(address_indexes), choices.c.chosen_by == chosen_by)
        .group_by(choices.c.address_index)
    )
    return _ASKED.where(tuple_(choices.c.address_index, choices.c.nth).in_(newest)).order_by(
        choices.c.outbox_id, choices.c.n
    )


_ASKED = (
    select(choices, campaigns.c.slug, people.c.language)
    .outerjoin(campaigns, campaigns.c.id == choices.c.campaign_id)
    .outerjoin(people, people.c.id == choices.c.person_id)
)


async def _beside(tx: Transaction, now: datetime, address_index: bytes, token: str) -> list[Offered]:
    """All that was offered beside what this token means, in its order; [] for one never shown here."""
    letter_id = token.rpartition(".")[0]
    of_the_same = select(choices.c.outbox_id).where(
        choices.c.token.in_([token, letter_id + QUESTION]),
        choices.c.address_index == address_index,
        choices.c.offered_at > now - BUTTON_HOLDS_FOR,
    )
    query = _ASKED.where(choices.c.outbox_id == of_the_same.limit(1).scalar_subquery())
    rows = await tx.conn.execute(query.order_by(choices.c.n))
    return [offered for row in rows for offered in _all_offered(tx, row)]


def _all_offered(tx: Transaction, row: Row[Any]) -> list[Offered]:
    """The answer in a row, or all those of a campaign's question."""
    if row.campaign_id is None:
        return [_offered(tx, row)]
    lesson = campaign_letter(row.campaign_id, row.slug, {}, row.language or "zh")
    offered = [choice for answers in lesson.answers for choice in answers] if lesson else []
    return [
        Offered(
            token=f"{row.outbox_id}.{n}",
            person_id=row.person_id,
            n=n,
            act=choice.act,
            offered_at=row.offered_at,
            is_answered=row.answered_at is not None,
            label=choice.label,
        )
        for n, choice in enumerate(offered, start=1)
    ]


def _offered(tx: Transaction, row: Row[tuple[object, ...]]) -> Offered:
    try:
        label, act_told = json.loads(tx.open(row.act, row.token, "choices.act"))
        act = Act.from_json(act_told)
    except SealBroken:
        label, act = "", Act(intent="expired")
    return Offered(
        token=row.token,
        person_id=row.person_id,
        n=row.n,
        act=act,
        offered_at=row.offered_at,
        is_answered=row.answered_at is not None,
        label=label,
    )
