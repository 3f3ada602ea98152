"""联系记录: a call, visit or message, noted in two taps; it counts as contact. (S4)"""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import cast

from content.act import Act
from content.letter import Choice, Letter
from content.rules.names import masked
from content.rules.office import understand_office
from content.words import standing as words
from handlers import member_file
from handlers.contact_noted import more_words, not_reached, noted
from handlers.next_step import away_until
from handlers.task_opened import said_in
from handlers.turn import Turn
from handlers.which_member import which_member
from storage import contacts, members, tasks
from storage.contacts import Kind
from storage.files import Member

LONGEST = 500
A_SECOND_TAP = timedelta(minutes=2)
_OFFERED = 3


async def note(turn: Turn, act: Act) -> Letter:
    """First tap: what it was. By name too: 记 张三 打过电话."""
    if act.about.get("id"):
        member = await members.find(turn.tx, turn.viewer, act.about["id"])
        words_said = act.about.get("words", "")
        return (
            _how_was_it(turn, member, act.about["kind"], words_said) if member else member_file.nobody(turn)
        )
    if not act.text.strip():
        return await _ask_whom(turn)
    name, kind, said = _said(turn, act)
    found = await members.called(turn.tx, turn.viewer, name)
    if not found:
        return member_file.nobody(turn)
    if len(found) > 1:
        return await which_member(turn, turn.say("记在谁名下？"), found, "note", kind=kind, words=said)
    return _how_was_it(turn, found[0], kind, said)


async def note_contact(turn: Turn, act: Act) -> Letter:
    """Second tap: how it was. Nobody reached is in the register, but is no contact."""
    member = await members.find(turn.tx, turn.viewer, act.about["id"])
    if member is None:
        return member_file.nobody(turn)
    kind, outcome = cast(Kind, act.about["kind"]), act.about["outcome"]
    said = act.about.get("words", "")
    if outcome == "not_reached":
        if not await _is_second_tap(turn, member, "not_reached"):
            await contacts.tried(turn.tx, turn.now, member, turn.actor.id, said)
        return not_reached(turn, member)
    if not await _is_second_tap(turn, member, kind):
        until = away_until(turn, member)
        kept = _in_words(turn, outcome, said)
        await contacts.heard(turn.tx, turn.now, member, kind, "voice", turn.actor.id, kept, until)
    told = await _told_as_well(turn, member, kind)
    if said:
        return _with(noted(turn, member), told)
    about = {"id": member.id, "outcome": outcome, "verbatim": "1"}
    awaits = Act(intent="note_words", about=about)
    await turn.ask(awaits)
    return _with(noted(turn, member, *more_words(turn, outcome)), told)


async def _told_as_well(turn: Turn, member: Member, kind: Kind) -> Letter | None:
    """What was to be told to them by voice: the same call may have done that too."""
    found = [one for one in await tasks.open_of_member(turn.tx, turn.viewer, member.id) if one.kind == "tell"]
    if not found:
        return None
    titles = [(await said_in(turn, one)).called for one in found[:_OFFERED]]
    labels = [turn.say("讲到了")] if len(titles) == 1 else titles
    rows = tuple(
        (turn.choice(label, "close_task", id=one.id, outcome=kind, noted="1"),)
        for label, one in zip(labels, found, strict=False)
    )
    if turn.by_sms:
        # A 1 that was sent twice says nothing of what was told.
        rows = ((turn.choice(turn.say("还没讲"), "keep_task_open", id=found[0].id),), *rows)
    said = turn.say("{titles}还没转告到。这次讲到了，点一下：", titles=turn.say("、").join(titles))
    return Letter(chat=said, sms=turn.say("还有要转告的，也讲到了吗？"), choices=rows)


def _with(letter: Letter, more: Letter | None) -> Letter:
    if more is None:
        return letter
    sms = (letter.sms or letter.chat).partition("。")[0] + "。" + more.sms
    both = letter._replace(chat="\n".join([letter.chat, more.chat]), choices=more.choices + letter.choices)
    return both._replace(sms=sms)


async def _ask_whom(turn: Turn) -> Letter:
    awaits = Act(intent="note", about={"asked": "whom", "verbatim": "1"})
    await turn.ask(awaits)
    return Letter(chat=turn.say("和谁联系过？写姓名和方式就行，比如“石远 打过电话”。"))


def _said(turn: Turn, act: Act) -> tuple[str, str, str]:
    """Name, kind and what was talked about; an answer to 和谁联系过 is read as if 记 stood before it."""
    read = understand_office(f"记 {act.text}") if act.about.get("asked") else act
    if read is None or read.intent != "note":
        return act.text.strip(), "call", ""
    return read.text.strip(), read.kind or "call", _as_written(turn, read.about.get("words", ""))


def _as_written(turn: Turn, words: str) -> str:
    """The words with the full-width signs they were typed with, which reading them made narrow."""
    tail = turn.word.text.strip()[-len(words) :] if words else ""
    return tail if unicodedata.normalize("NFKC", tail) == words else words


def _how_was_it(turn: Turn, member: Member, kind: str, said: str = "") -> Letter:
    def outcome(label: str, result: str) -> Choice:
        about = {"id": member.id, "kind": kind, "outcome": result, "words": said[:LONGEST]}
        return Choice(label, Act(intent="note_contact", about=about))

    return Letter(
        chat=turn.say("{kind} · {name}：怎么样？", kind=words.contact(turn.tongue, kind), name=member.name),
        sms=turn.say("{kind}{who}：怎么样？", kind=words.contact(turn.tongue, kind), who=masked(member.name)),
        choices=(
            (
                outcome(turn.say("平安"), "well"),
                outcome(turn.say("有困难"), "trouble"),
                outcome(turn.say("没联系上"), "not_reached"),
            ),
        ),
    )


async def _is_second_tap(turn: Turn, member: Member, kind: Kind) -> bool:
    """A cheap phone sends one tap twice: that was still one call."""
    latest = next(iter(await contacts.latest(turn.tx, turn.viewer, member.id, limit=1)), None)
    return (
        latest is not None
        and (latest.by_id, latest.kind) == (turn.actor.id, kind)
        and turn.now - latest.at < A_SECOND_TAP
    )


def _in_words(turn: Turn, outcome: str, said: str) -> str:
    """What the register keeps: trouble stays trouble, whatever else was said."""
    if outcome != "trouble":
        return said
    return turn.say("有困难，{words}", words=said) if said else turn.say("有困难")
