"""中文 / English: each reads in their own language."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.words.catalogue import tongue
from handlers import menu
from handlers.turn import Turn
from storage import people


async def language(turn: Turn, act: Act) -> Letter:
    """Asked in both languages; the whole answer is in the one that was chosen."""
    chosen = act.about.get("code", "")
    if chosen not in ("zh", "en"):
        return Letter(
            chat="请选择语言 / Choose a language",
            choices=(
                (turn.choice("中文", "language", code="zh"), turn.choice("English", "language", code="en")),
            ),
        )
    await people.choose_language(turn.tx, turn.actor.id, chosen)
    return await menu.menu(turn._replace(tongue=tongue(chosen)), act)
