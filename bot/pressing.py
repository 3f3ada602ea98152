"""What becomes of the buttons under a message once one of them was pressed: looking stays, deciding goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.contract import Press
from content.act import Act
from content.rules.looking import is_looking
from handlers.turn import Turn
from storage import answering


async def press_answered(turn: Turn, press: Press) -> dict[str, Any]:
    """The press as it is kept with its answer: `buttons` are those to leave, None to leave all alone."""
    address_index = turn.tx.blind(turn.word.channel, turn.word.address)
    acts = await answering.beside(turn.tx, turn.now, address_index, turn.word.token)
    pressed = acts.get(turn.word.token)
    only_looked = pressed is not None and is_looking(pressed)
    return {
        "id": press.id,
        "message_id": press.message_id,
        "buttons": None if only_looked else _that_look(press, acts),
    }


def _that_look(press: Press, acts: Mapping[str, Act]) -> list[list[tuple[str, str]]]:
    rows = [
        [(b.label, b.token) for b in row if b.token in acts and is_looking(acts[b.token])]
        for row in press.buttons or ()
    ]
    return [row for row in rows if row]
