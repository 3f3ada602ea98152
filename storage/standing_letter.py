"""One letter in somebody's chat that is written anew as things move, and never sent a second time.

It keeps its row in the outbox, and the number the chat gave it stands there: so another process, or the
same one after a crash, goes on writing in the same message.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from content.act import Act
from content.letter import Choice, Letter, Rows
from storage import outbox, post
from storage.choices import Shown, choices, offer, with_tokens
from storage.database import Transaction
from storage.kept_letter import as_json, kept_letter
from storage.outbox import Kind

# It stands in their chat already, and the telephone makes no sound.
_SILENT = {"kind": "edit", "zone": ""}
_AT_REST = ("accepted", "delivered", "failed", "unknown")


async def put_up(
    tx: Transaction,
    now: datetime,
    person_id: str,
    letter: Letter,
    others: Rows,
    kind: Kind,
    idempotency_key: str,
) -> str | None:
    """Its id; None for whoever has no chat that works. `others` are buttons that it will show later on."""
    door = await post.best_door(tx, person_id)
    if door is None or door.channel != "telegram":
        return None
    made = await outbox.promise(tx, now, outbox.to(door), letter, kind, idempotency_key)
    if made is not None:
        index = tx.blind(door.channel, door.value)
        await offer(tx, now, made, index, person_id, with_tokens(others), letter.chosen_by)
    return made


async def rewrite(tx: Transaction, now: datetime, letter_id: str, letter: Letter) -> bool | None:
    """Have it say this from now on; False while its last words are still on their way.

    None where it went by SMS, because the chat was shut: there nothing is written anew.
    """
    rows = await tx.conn.execute(select(outbox.outbox).where(outbox.outbox.c.id == letter_id))
    row = rows.one()
    if row.channel != "telegram" or (row.state == "failed" and not row.provider_id):
        return None
    if row.state not in _AT_REST:
        return False
    said = kept_letter(letter._replace(in_place_of=row.provider_id or ""), await _buttons(tx, row, letter))
    again = {"state": "pending", "not_before": now, "attempts": 0, "unsure": 0, "reason": None} | _SILENT
    rewritten = await tx.conn.execute(
        update(outbox.outbox)
        .where(outbox.outbox.c.id == letter_id, outbox.outbox.c.state == row.state)
        .values(letter=tx.seal(as_json(said), letter_id, "outbox.letter"), **again)
    )
    return bool(rewritten.rowcount)


async def _buttons(tx: Transaction, row: Row[Any], letter: Letter) -> list[list[Shown]]:
    """With the tokens that they have had from the start: one pressed meanwhile still counts."""
    tokens = await _tokens(tx, row.id)
    return [
        [Shown(choice, tokens[choice.act.to_json()]) for choice in _known(choices_in_row, tokens)]
        for choices_in_row in letter.answers
    ]


def _known(row: tuple[Choice, ...], tokens: Mapping[str, str]) -> list[Choice]:
    return [choice for choice in row if choice.act.to_json() in tokens]


async def _tokens(tx: Transaction, letter_id: str) -> dict[str, str]:
    rows = await tx.conn.execute(select(choices).where(choices.c.outbox_id == letter_id))
    return {_act(tx, row).to_json(): row.token for row in rows}


def _act(tx: Transaction, row: Row[Any]) -> Act:
    _label, told = json.loads(tx.open(row.act, row.token, "choices.act"))
    return Act.from_json(told)
