"""A message that meant several things: what can be said is said at once, questions are asked one by one."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from functools import reduce

from content.act import Act
from content.letter import Choice, Letter
from content.words import short
from handlers.turn import Turn
from storage import dialogues

Handle = Callable[[Turn, Act], Awaitable[Letter]]

# These read back or ask. A yes to two questions at once would be a yes to one of them nobody saw.
ASKS = frozenset({"change_address", "depart", "return", "change_job", "change_phone", "quiet", "not_me"})
_THEN = "then"
_FIRST_SENTENCE = re.compile(r".*?(?:。|\.(?= )|$)", re.S)


async def answer_each(turn: Turn, acts: Sequence[Act], handle: Handle) -> Letter:
    """One letter for all. What waits behind a question is asked after its answer."""
    queue = sorted((one for act in acts for one in _unpacked(act)), key=lambda act: act.intent in ASKS)
    letters: list[Letter] = []
    for place, act in enumerate(queue, 1):
        letter = await handle(turn, act)
        waiting = queue[place:]
        if act.intent in ASKS and waiting:
            letters.append(await _with_waiting(turn, letter, waiting))
            break
        letters.append(letter)
    return _together(turn, letters)


def _unpacked(act: Act) -> list[Act]:
    """The act itself, and those that waited for it to be settled."""
    about = dict(act.about)
    waiting = about.pop(_THEN, None)
    if waiting is None:
        return [act]
    return [act._replace(about=about), *(Act.from_json(one) for one in json.loads(waiting))]


async def _with_waiting(turn: Turn, letter: Letter, waiting: Sequence[Act]) -> Letter:
    """The question, whose answers lead on to what waits: by button, by number or in one's own words."""
    packed = json.dumps([act.to_json() for act in waiting], ensure_ascii=False)

    def leading_on(act: Act) -> Act:
        return act._replace(about={**act.about, _THEN: packed})

    awaited = await dialogues.awaited(turn.tx, turn.now, turn.actor.id, turn.word.channel)
    if awaited:
        await turn.ask(leading_on(awaited))
    rows = tuple(
        tuple(Choice(choice.label, leading_on(choice.act)) for choice in row) for row in letter.choices
    )
    return letter._replace(choices=rows)


def _together(turn: Turn, letters: Sequence[Letter]) -> Letter:
    """All is said, the last question is asked; by SMS in one message, if need be without the details."""
    *before, last = letters
    if not before:
        return last
    said = [letter.sms or letter.chat for letter in letters]
    asking = last if last.choices else before[-1]
    whole = last._replace(
        chat="\n\n".join(letter.chat for letter in letters),
        sms=_run_on(turn, said),
        choices=asking.choices,
        chosen_by=asking.chosen_by,
        menu=last.menu or before[-1].menu,
    )
    if short.fits(whole):
        return whole
    brief = whole._replace(sms=_run_on(turn, [*map(_first_sentence, said[:-1]), said[-1]]))
    return brief if short.fits(brief) else whole._replace(sms=said[-1])


def _run_on(turn: Turn, said: Sequence[str]) -> str:
    """One after the other, with a space between where the language has one."""
    return reduce(lambda one, another: turn.say("{one}{another}", one=one, another=another), said)


def _first_sentence(words: str) -> str:
    found = _FIRST_SENTENCE.match(words)
    return found[0] if found else words
