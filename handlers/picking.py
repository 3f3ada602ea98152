"""Which of the answers offered last a bare number, a yes or a no picks."""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from storage.answering import Asked, Offered

_AGREEING = frozenset({"join", "send_it", "number_answers", "disown", "pass_on", "back", "leave"})
# Done twice they would be heard twice by somebody else, or stand twice in a register. What a file
# keeps is kept once by itself, and its handler says that it is kept.
_ONCE = _AGREEING | {"keep_phone", "note_contact", "remind", "invite"}
# A late 1 to a reminder is what the reminder asked for.
_NEVER_TOO_LATE = frozenset({"check_in", "help"})


def picked(acts: Sequence[Act], asked: Asked | None) -> Offered | Act | None:
    """The answer picked; `expired` where the question is over; None where the words answer none.

    A yes picks the first answer where that agrees to something, a no the other one of two.
    """
    if len(acts) > 1 or acts[0].intent not in ("choice", "yes", "no") or asked is None:
        return None
    if asked.is_open and (instead := _instead(asked)):
        return instead
    if acts[0].intent == "choice":
        return _numbered(acts[0].n, asked)
    if asked.is_answered and not asked.is_open:
        return Act(intent="answered_already")
    if not asked.is_open or _is_called_off(asked):
        return Act(intent="expired")
    first, *others = asked.offered
    if not agrees(first.act):
        return None
    if acts[0].intent == "yes":
        return _once(first)
    return others[0] if len(others) == 1 else Act(intent="drop")


def named(text: str, asked: Asked | None) -> Offered | Act | None:
    """The one answer of an open question whose own words were sent back."""
    if asked is None or not asked.is_open or _is_called_off(asked):
        return None
    said = text.strip().casefold()
    found = [offered for offered in asked.offered if said and offered.label.strip().casefold() == said]
    return _once(found[0]) if len(found) == 1 else None


def act_of(chosen: Offered | Act | None) -> Act | None:
    """What a stranger's pick means: nothing of theirs is marked as answered."""
    return chosen.act if isinstance(chosen, Offered) else chosen


def agrees(act: Act) -> bool:
    """Whether a yes means it."""
    return act.intent.startswith("keep_") or act.intent in _AGREEING


def _instead(asked: Asked) -> Act | None:
    """What any answer leads to where the numbers that stood there have ended."""
    first = asked.offered[0]
    return first.act if first.n == 0 and first.act.intent != "drop" else None


def _numbered(n: int, asked: Asked) -> Offered | Act | None:
    found = next((offered for offered in asked.offered if offered.n == n), None)
    if asked.is_open and not _is_called_off(asked):
        return _once(found) if found else None
    return found if found and found.act.intent in _NEVER_TOO_LATE else Act(intent="expired")


def _is_called_off(asked: Asked) -> bool:
    """算了 answered it: neither of its answers holds any more."""
    both = len(asked.offered) > 1 and all(offered.is_answered for offered in asked.offered)
    return both and agrees(asked.offered[0].act)


def _once(offered: Offered) -> Offered | Act:
    if offered.is_answered and offered.act.intent in _ONCE:
        return Act(intent="answered_already")
    return offered
