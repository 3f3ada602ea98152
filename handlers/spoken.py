"""Plain speech: of all that the words may be, the first that they are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from content.act import Act
from content.rules import absence
from content.rules.roles import may
from content.rules.understanding import understand
from handlers import heard_as, questions
from handlers.campaign import shown
from handlers.heard_as import LOOKS_UP, Said
from handlers.turn import Turn
from storage import dialogues

_ASKS_ANEW = LOOKS_UP | {"note", "send_lesson", "lesson_reports", "send_notice"}
# The answers of a preview.
_SETTLES_IT = frozenset({"send_it", "drop_draft"})


async def of(turn: Turn, text: str) -> tuple[Act, ...]:
    said = await _said(turn, text)
    for hears in _IN_THIS_ORDER:
        act = await hears(turn, said)
        if act:
            return (act,)
    return said.acts


async def end_older_numbers(turn: Turn, act: Act) -> None:
    """An office asks for somebody else: a number sent after it is meant for the new answer alone.

    Whatever comes after a preview, a voice message too, may have been meant to change it.
    """
    if not may(turn.actor.roles, "liaison") or act.intent in _SETTLES_IT:
        return
    if draft_id := await shown.previewed(turn):
        await shown.have_it_seen_again(turn, draft_id)
    elif act.intent in _ASKS_ANEW and not act.about.get("id"):
        await questions.end_numbers(turn)


async def _said(turn: Turn, text: str) -> Said:
    acts = understand(text, turn.today)
    if turn.actor.member and turn.actor.member.quiet_until:
        acts = absence.ended(acts, text)
    return Said(text, acts, await dialogues.awaited(turn.tx, turn.now, turn.actor.id, turn.word.channel))


_IN_THIS_ORDER: tuple[Callable[[Turn, Said], Awaitable[Act | None]], ...] = (
    heard_as.a_decision,
    heard_as.a_deed_taken_back,
    heard_as.an_answer_by_its_words,
    heard_as.a_button_of_the_desk,
    heard_as.a_key,
    heard_as.a_campaign_halted,
    heard_as.an_order_of_the_office,
    heard_as.a_code,
    heard_as.a_task_ended,
    heard_as.a_campaign_called_off,
    heard_as.half_a_time,
    heard_as.a_draft_settled,
    heard_as.a_change_of_mind,
    heard_as.an_all_clear,
    heard_as.an_answer_picked,
    heard_as.a_draft_confirmed,
    heard_as.an_answer_in_words,
    heard_as.a_correction,
    heard_as.a_language,
    heard_as.what_is_the_office_s,
)
