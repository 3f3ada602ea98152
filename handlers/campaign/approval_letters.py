"""What is written to the one who is to agree, and to the one who waits for it."""

from __future__ import annotations

from content.letter import Choice, Letter
from content.rules.names import masked
from content.words import short
from content.words.catalogue import tongue
from handlers.campaign import drafted
from handlers.campaign.foreseen import Foreseen
from handlers.campaign.preview_lines import preview_lines
from handlers.lesson_time import spelled, usual_hours
from handlers.turn import Turn
from storage import people
from storage.drafts import Draft
from storage.viewer import Viewer


async def in_their_language(turn: Turn, draft: Draft, seen: Foreseen, person_id: str) -> Letter:
    theirs = turn._replace(tongue=tongue(await people.language_of(turn.tx, person_id)))
    return await put_to_somebody(theirs, draft, seen, turn.viewer, turn.actor.person.name)


async def put_to_somebody(turn: Turn, draft: Draft, seen: Foreseen, viewer: Viewer, sender: str) -> Letter:
    answers = to_answer(turn, draft)
    read = turn.choice(turn.say("看全文"), "read_campaign", **answers[0].act.about)
    head = turn.say("{who}请您看一看，同意了才发：", who=sender)
    everybody = turn.say("{who}负责的全部外出党员", who=sender)
    said = draft.words.get("zh", "")
    labels = [choice.label for choice in (*answers, read)]
    words = short.shortened(said, short.room_beside(_asked(turn, draft, sender, "", seen), labels))
    return Letter(
        chat="\n".join([head, *await preview_lines(turn, draft, seen, viewer, (), everybody)]),
        sms=_asked(turn, draft, sender, words, seen),
        choices=((*answers, read) if words != said else answers,),
    )


def to_answer(turn: Turn, draft: Draft) -> tuple[Choice, ...]:
    about = {"campaign": draft.id, "seen": drafted.version(draft)}
    agree = turn.choice(turn.say("同意"), "approve_campaign", **about)
    return agree, turn.choice(turn.say("退回"), "return_campaign", **about)


async def tell_agreed(turn: Turn, draft: Draft) -> None:
    t = await _sender_s(turn, draft)
    who, what = turn.actor.person.name, drafted.called(t, draft)
    when = t.say("现在") if draft.campaign.planned_for <= turn.now else spelled(t, draft.campaign.planned_for)
    letter = Letter(
        chat=t.say("{who}同意了，{when}发{what}。", who=who, when=when, what=what),
        sms=t.say("{who}同意了，{when}发{what}。", who=masked(who), when=when, what=what),
        choices=((t.choice(t.say("看回执"), "lesson_report", campaign=draft.id),),),
    )
    await turn.tell(draft.campaign.made_by or "", letter, mark="agreed")


async def tell_agreed_too_late(turn: Turn, draft: Draft) -> None:
    """The words are agreed to; only the hour is to be said again."""
    t = await _sender_s(turn, draft)
    said = t.say("同意了，可是定的时间已经过了，还没有发。{what}什么时候发？", what=drafted.called(t, draft))
    sms = t.say("同意了，但时间已过，没有发。何时发？")
    letter = Letter(chat=said, sms=sms, choices=(tuple(await _hours_again(t, draft)),))
    await turn.tell(draft.campaign.made_by or "", letter, mark="agreed")


async def tell_agreed_after_its_day(turn: Turn, draft: Draft) -> None:
    t = await _sender_s(turn, draft)
    who, what = turn.actor.person.name, drafted.called(t, draft)
    letter = Letter(
        chat=t.say(
            "{who}同意了，可是{what}的日子已经过了，没有发。还要发，请重新定时间：", who=who, what=what
        ),
        sms=t.say("{who}同意了，但{what}的日子已过，没有发。何时发？", who=masked(who), what=what),
        choices=(tuple(await _hours_again(t, draft)),),
    )
    await turn.tell(draft.campaign.made_by or "", letter, mark="agreed")


async def tell_taken_back(turn: Turn, draft: Draft, person_id: str) -> None:
    """Whoever was asked need not look at it any more."""
    t = tongue(await people.language_of(turn.tx, person_id))
    who, what = turn.actor.person.name, drafted.called(turn._replace(tongue=t), draft)
    letter = Letter(
        chat=t.say("{who}撤回了请您看的{what}，不用再看。", who=who, what=what),
        sms=t.say("{who}撤回了请您看的{what}，不用再看。", who=masked(who), what=what),
    )
    await turn.tell(person_id, letter, mark="taken_back")


async def tell_returned(turn: Turn, draft: Draft, why: str) -> None:
    t = await _sender_s(turn, draft)
    who, what = turn.actor.person.name, drafted.called(t, draft)
    change = t.choice(t.say("看一看，改一改"), "preview_draft", draft=draft.id)
    brief = t.say("{who}退回了{what}：{why}", who=masked(who), what=what, why="")
    room = short.room_beside(brief, [change.label])
    letter = Letter(
        chat=t.say("{who}退回了{what}：{why}", who=who, what=what, why=why),
        sms=t.say("{who}退回了{what}：{why}", who=masked(who), what=what, why=short.shortened(why, room)),
        choices=((change,),),
    )
    await turn.tell(draft.campaign.made_by or "", letter, mark="returned")


def _asked(turn: Turn, draft: Draft, sender: str, words: str, seen: Foreseen) -> str:
    what = drafted.called(turn, draft)
    who, n = masked(sender), seen.reached
    if not draft.words:
        return turn.say("{who}请您同意发{what}给{n}人。", who=who, what=what, n=n)
    return turn.say("{who}请您同意发{what}给{n}人：{words}", who=who, what=what, n=n, words=words)


async def _hours_again(turn: Turn, draft: Draft) -> list[Choice]:
    """The next usual hours, for a draft whose own is over."""
    return [
        turn.choice(spelled(turn, at), "preview_lesson", draft=draft.id, at=at.isoformat())
        for at in await usual_hours(turn)
    ]


async def _sender_s(turn: Turn, draft: Draft) -> Turn:
    """The same turn in the language of whoever wrote it."""
    return turn._replace(tongue=tongue(await people.language_of(turn.tx, draft.campaign.made_by or "")))
