"""A message read from the outside in: is it for us, is it one word, what does each clause tell?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import zip_longest

from content.act import Act
from content.rules.understanding.address import change_address
from content.rules.understanding.clauses import Clause, clauses
from content.rules.understanding.deaf import is_not_for_us
from content.rules.understanding.further import told_further
from content.rules.understanding.job import change_job
from content.rules.understanding.plain import joined, plain, without_quotes
from content.rules.understanding.replies import one_word
from content.rules.understanding.services import service
from content.rules.understanding.signs import check_in, sign_of_life
from content.rules.understanding.silence_ahead import quiet
from content.rules.understanding.stopping import not_me, resume, stop
from content.rules.understanding.talk import opinion, question
from content.rules.understanding.telephone import change_phone
from content.rules.understanding.travel import come_home, depart
from content.rules.understanding.trouble import trouble

UNKNOWN = (Act(intent="unknown"),)
_ANSWERS = frozenset({"yes", "no", "ack"})
_MOST_ACTS = 4


def understand(text: str, as_of: date, options: Sequence[str] = ()) -> tuple[Act, ...]:
    """What the member means, at least one act; `unknown` rather than a guess.

    `as_of` is the day the message was written, `options` the labels of the choices last shown.
    """
    written = plain(text)
    whole = one_word(joined(written), options)
    if whole:
        return (whole,)
    said = without_quotes(written)
    if is_not_for_us(said):
        return UNKNOWN
    stranger = not_me(said)
    return (stranger,) if stranger else (_of_clauses(said, as_of) or UNKNOWN)


def _of_clauses(said: str, as_of: date) -> tuple[Act, ...]:
    told = clauses(said)
    news = _merged(_news(told, said, as_of))
    if news:
        return _settled(news)
    for meaning in (_talk, _signs, _answers):
        acts = _merged(meaning(told, said))
        if acts:
            return acts[:1]
    return ()


def _news(told: tuple[Clause, ...], said: str, as_of: date) -> Iterator[Act]:
    """What was told, in the order it was told; trouble first, for it cannot wait."""
    yield from _found(trouble(told))
    for clause, following in zip_longest(told, told[1:]):
        orders = tuple(_found(check_in(clause), stop(clause.text), resume(clause.text)))
        yield from orders
        if not orders and not opinion(clause):
            yield from _found(service(clause))
        yield from _moves(clause, following)
        yield from _found(change_phone(clause, said))
        yield from _found(
            quiet(clause, said, as_of), depart(clause, said, as_of), come_home(clause, said, as_of)
        )


def _moves(clause: Clause, following: Clause | None) -> Iterator[Act]:
    """A new home or a new job; where it is may stand in the clause behind: 换地方住了,现在在义乌."""
    for act in _found(change_address(clause), change_job(clause)):
        more = following.text if following and following.is_news else ""
        yield told_further(act, more)


def _talk(told: tuple[Clause, ...], said: str) -> Iterator[Act]:
    for clause in told:
        yield from _found(opinion(clause), question(clause, "?" in said))


def _signs(told: tuple[Clause, ...], said: str) -> Iterator[Act]:
    for clause in told:
        yield from _found(sign_of_life(clause))


def _answers(told: tuple[Clause, ...], said: str) -> Iterator[Act]:
    """好的,知道了: every clause an answer; thanks and 收到 outweigh a 好的 that only leads in."""
    acts = [one_word(clause.text, ()) for clause in told]
    if "?" not in said and acts and all(act and act.intent in _ANSWERS for act in acts):
        yield from sorted((act for act in acts if act), key=lambda act: act.intent != "ack")


def _found(*acts: Act | None) -> Iterator[Act]:
    return (act for act in acts if act)


def _merged(acts: Iterable[Act]) -> tuple[Act, ...]:
    """One act an intent; a later clause fills in what the first left out."""
    merged: dict[str, Act] = {}
    for act in acts:
        merged[act.intent] = _filled(merged[act.intent], act) if act.intent in merged else act
    return tuple(merged.values())[:_MOST_ACTS]


def _filled(first: Act, later: Act) -> Act:
    if first.place or later.place:
        first, later = _unless_settled(first), _unless_settled(later)
    missing = {f.name: getattr(later, f.name) for f in fields(Act) if not getattr(first, f.name)}
    return replace(first, **missing)


def _unless_settled(act: Act) -> Act:
    return replace(act, ambiguous="", options=()) if act.ambiguous == "place" else act


def _settled(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """What one clause seems to tell twice is told once."""
    kept = acts
    for rule in _RULES:
        kept = rule(kept)
    return kept


def _one_move(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """换到富士康 is a job, 搬到昆山 a home; 后天去嘉兴进厂 a departure and no new job."""
    told = {act.intent for act in acts}
    dropped: set[str] = set()
    if "depart" in told:
        dropped |= {"change_job"}
    if "return" in told:
        dropped |= {"change_address"}
    if "quiet" in told:
        dropped |= {"return"}
    return tuple(act for act in acts if act.intent not in dropped)


def _help_alone(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """In trouble the rest of the message is the story of the trouble, unless it is a sign of life."""
    helps = tuple(act for act in acts if act.intent == "help")
    return tuple(act for act in acts if act.intent in ("help", "check_in")) if helps else acts


_RULES: tuple[Callable[[tuple[Act, ...]], tuple[Act, ...]], ...] = (_one_move, _help_alone)
