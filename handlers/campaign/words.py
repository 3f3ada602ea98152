"""发通知, 发祝福, 发提醒: the sender's own words, in Chinese and, where somebody reads it, in English."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.office import understand_office
from content.rules.roles import may
from handlers import otherwise
from handlers.campaign import drafted, whom_in_words
from handlers.campaign.preview import preview_letter
from handlers.turn import Turn
from storage import drafts
from storage.campaigns import Order

# Ten texts of 67 signs: whoever has more to say says it better in a lesson, or on paper.
LONGEST = 600
# The first signs tell whether it was to be a notice.
_ENOUGH = 100


async def send_notice(turn: Turn, act: Act) -> Letter:
    """One line is enough: 给昆山的建筑工人发通知 明天停水. Without words they are asked for."""
    ends = drafted.end_of_day(turn, turn.now) if act.kind == "greeting" else None
    kind = {"greeting": "greeting", "reminder": "reminder"}.get(act.kind, "notice")
    order = Order(kind=kind, expires_at=ends)  # type: ignore[arg-type]
    draft = await drafts.begin(turn.tx, turn.now, turn.actor.id, order)
    to = act.about.get("to", "")
    asked = await whom_in_words.begin_for(turn, draft, to)
    draft = await drafted.again(turn, draft)
    if act.text:
        written = await _write(turn, draft, act.text)
        return asked or written
    return asked or await _ask_for_words(turn, draft)


async def draft_words(turn: Turn, act: Act) -> Letter:
    """The words that were asked for; the button alone asks for others."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    return await (_write(turn, draft, act.text) if act.text.strip() else _ask_for_words(turn, draft))


async def draft_english(turn: Turn, act: Act) -> Letter:
    """英文: …, of the words that are being made."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter) or draft.campaign.slug:
        return draft if isinstance(draft, Letter) else drafted.none_begun(turn)
    if not act.text.strip():
        await turn.ask(Act(intent="draft_english", about={"draft": draft.id, "verbatim": "words"}))
        return Letter(chat=turn.say("英文怎么写？直接发来就行。"))
    if len(act.text) > 2 * LONGEST:
        return too_long(turn, len(act.text), 2 * LONGEST)
    await drafts.write(turn.tx, draft, {**draft.words, "en": act.text.strip()})
    return await preview_letter(turn, await drafted.again(turn, draft))


async def cannot_be_read(turn: Turn, act: Act) -> Letter:
    """More than any message may be: of somebody who writes to many it is told how much is too much."""
    begun = understand_office(turn.word.text[:_ENOUGH]) if may(turn.actor.roles, "liaison") else None
    if asked := act.about.get("asked"):
        await turn.ask(Act.from_json(asked))
        return too_long(turn, act.n)
    if begun and begun.intent == "send_notice":
        return too_long(turn, act.n)
    return await otherwise.too_long(turn, act)


def too_long(turn: Turn, n: int, most: int = LONGEST) -> Letter:
    """Of ten thousand signs none is kept: half a notice is worse than one that is asked for again."""
    return Letter(
        chat=turn.say(
            "太长了：{n} 字，最多 {most} 字，没有存。请删短再发来；长的内容可以分几条。", n=n, most=most
        ),
        sms=turn.say("太长了：{n}字，最多{most}字，没有存。请删短再发。", n=n, most=most),
    )


async def _write(turn: Turn, draft: drafts.Draft, words: str) -> Letter:
    if len(words) > LONGEST:
        await _await_words(turn, draft)
        return too_long(turn, len(words))
    await drafts.write(turn.tx, draft, {**draft.words, "zh": words.strip()})
    return await preview_letter(turn, await drafted.again(turn, draft))


async def _ask_for_words(turn: Turn, draft: drafts.Draft) -> Letter:
    await _await_words(turn, draft)
    what = drafted.called(turn, draft)
    return Letter(
        chat=turn.say(
            "{what}写什么？直接发来就行，最多 {most} 字。发出去之前先给您看。", what=what, most=LONGEST
        ),
        sms=turn.say("{what}写什么？直接回，发之前先给您看。", what=what),
    )


async def _await_words(turn: Turn, draft: drafts.Draft) -> None:
    changes = {} if drafted.is_empty(draft) else {"changes": "1"}
    await turn.ask(Act(intent="draft_words", about={"draft": draft.id, "verbatim": "words", **changes}))
