"""Which of the answers offered last a bare number, a yes or a no picks."""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from storage.choices import Offered

_AGREEING = frozenset({"join", "send_it", "number_answers", "disown", "pass_on", "leave"})


def picked(acts: Sequence[Act], asked: Sequence[Offered] | None) -> Act | None:
    """The offered act; `expired` where the question is over; None where the words answer none.

    A yes picks the first answer where that agrees to something, a no the other one of two.
    """
    if len(acts) > 1 or acts[0].intent not in ("choice", "yes", "no") or asked is None:
        return None
    if not asked:
        return Act(intent="expired")
    if acts[0].intent == "choice":
        return next((offered.act for offered in asked if offered.n == acts[0].n), None)
    first, *others = asked
    if not _agrees(first.act):
        return None
    if acts[0].intent == "yes":
        return first.act
    return others[0].act if len(others) == 1 else Act(intent="drop")


def _agrees(act: Act) -> bool:
    return act.intent.startswith("keep_") or act.intent in _AGREEING
