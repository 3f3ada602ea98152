"""试发: the very letter, to oneself first and then to a few others, marked and outside the account."""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.words.catalogue import tongue
from handlers import menu
from handlers.campaign import drafted
from handlers.turn import Turn
from handlers.which_member import which_member
from storage import members, outbox, people, post
from storage.drafts import Draft
from storage.outbox import Kind

MOST = 5
_ONESELF = ("", "自己", "我", "我自己", "本人", "me", "myself")


async def try_draft(turn: Turn, act: Act) -> Letter:
    """To oneself, by one's own first door."""
    draft = await _to_be_tried(turn, act)
    if isinstance(draft, Letter):
        return draft
    return await _try(turn, draft, turn.actor.id, turn.say("您自己"))


async def try_with(turn: Turn, act: Act) -> Letter:
    """试发给 石远: to somebody of those in sight; without a name to oneself."""
    if act.text.strip() in _ONESELF and not act.about.get("id"):
        return await try_draft(turn, act)
    draft = await _to_be_tried(turn, act)
    if isinstance(draft, Letter):
        return draft
    if member_id := act.about.get("id"):
        found = [one] if (one := await members.find(turn.tx, turn.viewer, member_id)) else []
    else:
        found = await members.called(turn.tx, turn.viewer, act.text.strip())
    if len(found) > 1:
        head = turn.say("叫这个名字的有 {n} 人，您说的是哪一位？", n=len(found))
        return await which_member(turn, head, found, "try_with", draft=draft.id)
    if not found:
        return Letter(chat=turn.say("您负责的范围里没有这个人。请核对姓名。"))
    if not found[0].joined or found[0].stopped:
        return Letter(chat=turn.say("这位没加入或停收了，请换一位试。"), choices=menu.for_office(turn))
    return await _try(turn, draft, found[0].id, found[0].name)


async def trial_answer(turn: Turn, _act: Act) -> Letter:
    """What is tried is not part of any account."""
    return Letter(chat=turn.say("收到。这是试发，答案不计。"), choices=menu.own(turn))


async def _to_be_tried(turn: Turn, act: Act) -> Draft | Letter:
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    return drafted.none_begun(turn) if drafted.is_empty(draft) else draft


async def _try(turn: Turn, draft: Draft, person_id: str, name: str) -> Letter:
    cause = f"trial:{draft.id}"
    tried = await outbox.caused_by(turn.tx, cause)
    if person_id not in tried and len(tried) >= MOST:
        return _enough(turn, draft)
    letter = trial_letter(turn, draft, await people.language_of(turn.tx, person_id))
    kind: Kind = "lesson" if draft.campaign.slug else "campaign"
    key = f"{cause}:{drafted.version(draft)}:{person_id}"
    own = person_id == turn.actor.id
    if not await post.tell(turn.tx, turn.now, person_id, letter, kind, key, cause, awaited=own):
        return Letter(chat=turn.say("试发不出去：没有能收的号码。请换一位试。"), choices=_back(turn, draft))
    # 确认 after it means the draft, and is heard as "let me see it and confirm".
    await turn.ask(Act(intent="preview_draft", about={"draft": draft.id}))
    left = MOST - len({*tried, person_id})
    return Letter(
        chat=turn.say(
            "试发给{name}了，带【试发】字样。没问题就回预览确认；还可以再试 {n} 个人，写“试发 姓名”。",
            name=name,
            n=left,
        ),
        sms=turn.say("试发了。没问题就回1看预览再确认；还可试{n}人，写“试发 姓名”。", n=left),
        choices=_back(turn, draft),
    )


def trial_letter(turn: Turn, draft: Draft, language: str) -> Letter:
    """The same words and answers; but an answer counts for nothing."""
    said, t = drafted.letter_in(draft, language), tongue(language)
    answers = tuple(
        tuple(Choice(choice.label, Act(intent="trial_answer")) for choice in row) for row in said.choices
    )
    words = t.say("【试发】{words}", words=said.chat)
    sms = t.say("【试发】{words}", words=said.sms) if said.sms else ""
    return said._replace(chat=words, sms=sms, choices=answers)


def _enough(turn: Turn, draft: Draft) -> Letter:
    return Letter(
        chat=turn.say("已经试发给 {n} 个人，够了。没问题就回到预览确认。", n=MOST), choices=_back(turn, draft)
    )


def _back(turn: Turn, draft: Draft) -> tuple[tuple[Choice, ...], ...]:
    return ((turn.choice(turn.say("看预览"), "preview_draft", draft=draft.id),),)
