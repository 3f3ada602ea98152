"""A message read from the outside in: is it for us, is it one word, what does each clause tell?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from content.act import Act
from content.rules.understanding.address import change_address, lives_now
from content.rules.understanding.clauses import Clause, clauses
from content.rules.understanding.deaf import is_not_for_us
from content.rules.understanding.further import told_further
from content.rules.understanding.job import change_job, works_now
from content.rules.understanding.plain import joined, plain, without_quotes
from content.rules.understanding.replies import one_word
from content.rules.understanding.services import service
from content.rules.understanding.settling import merged, told_once, unless_denied
from content.rules.understanding.signs import check_in, sign_of_life
from content.rules.understanding.silence_ahead import quiet
from content.rules.understanding.stopping import not_me, resume, stop
from content.rules.understanding.talk import opinion, question
from content.rules.understanding.telephone import change_phone
from content.rules.understanding.travel import come_home, depart
from content.rules.understanding.trouble import trouble

UNKNOWN = (Act(intent="unknown"),)
_ANSWERS = frozenset({"yes", "no", "ack"})


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
    news = unless_denied(merged(_news(told, said, as_of)), said)
    if news:
        return told_once(news)
    for meaning in (_talk, _signs, _answers):
        acts = merged(meaning(told, said))
        if acts:
            return acts[:1]
    return ()


def _news(told: tuple[Clause, ...], said: str, as_of: date) -> Iterator[Act]:
    """What was told, in the order it was told; trouble first, for it cannot wait."""
    yield from _found(trouble(told))
    moved = False
    for clause, following in zip_longest(told, told[1:]):
        orders = tuple(_found(check_in(clause), stop(clause.text), resume(clause.text)))
        yield from orders
        if not orders and not opinion(clause):
            yield from _found(service(clause))
        moves = tuple(_moves(clause, following)) or (tuple(_found(works_now(clause))) if moved else ())
        moved = moved or any(act.intent == "change_address" for act in moves)
        yield from moves
        yield from _found(change_phone(clause, said))
        yield from _found(
            quiet(clause, said, as_of), depart(clause, said, as_of), come_home(clause, said, as_of)
        )


def _moves(clause: Clause, following: Clause | None) -> Iterator[Act]:
    """A new home or a new job; where it is may stand in the clause behind: 换地方住了,现在在义乌."""
    if following and change_job(clause) and not change_address(clause):
        yield from _found(lives_now(following))
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
