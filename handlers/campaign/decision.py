"""同意 and 退回: the second person's word, taken once, and never for what they wrote themselves."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.roles import Role
from handlers import menu
from handlers.campaign import drafted
from handlers.campaign.approval_letters import (
    put_to_somebody,
    tell_agreed,
    tell_agreed_after_its_day,
    tell_agreed_too_late,
    tell_returned,
    to_answer,
)
from handlers.campaign.foreseen import foreseen
from handlers.lesson_time import is_over
from handlers.turn import Turn
from storage import audience, drafts, offices, people
from storage.drafts import Draft

MAY_AGREE: tuple[Role, ...] = ("secretary", "committee")
_LONGEST_REASON = 200
# Signs of a text that leave room for the answers beside it.
_PIECE = 45


async def approve_campaign(turn: Turn, act: Act) -> Letter:
    draft = await _to_decide(turn, act)
    if isinstance(draft, Letter):
        return draft
    if draft.campaign.expires_at and draft.campaign.expires_at <= turn.now:
        return await _agreed_after_its_day(turn, draft)
    if not draft.at_once and is_over(turn, draft.campaign.planned_for):
        return await _agreed_too_late(turn, draft)
    when = turn.now if draft.at_once else max(draft.campaign.planned_for, turn.now)
    ends = drafted.expiry(turn, draft, when)
    if not await drafts.step(
        turn.tx, draft.id, ("waiting",), state="planned", planned_for=when, expires_at=ends, **_by(turn)
    ):
        return _over(turn, await drafted.again(turn, draft))
    await tell_agreed(turn, await drafted.again(turn, draft))
    said = (
        turn.say("好，您同意了，正在发出。") if when <= turn.now else turn.say("好，您同意了，到时间就发。")
    )
    return Letter(chat=said, choices=menu.for_office(turn))


async def return_campaign(turn: Turn, act: Act) -> Letter:
    """退回 asks why; whoever wrote it hears the reason, and has it on the desk again."""
    draft = await _to_decide(turn, act)
    if isinstance(draft, Letter):
        return draft
    if not act.text.strip():
        await turn.ask(act._replace(about={**act.about, "verbatim": "words"}))
        return Letter(chat=turn.say("为什么退回？写一句，我转告发的人。"))
    if not await drafts.step(turn.tx, draft.id, ("waiting",), state="draft"):
        return _over(turn, await drafted.again(turn, draft))
    await tell_returned(turn, draft, act.text.strip()[:_LONGEST_REASON])
    return Letter(chat=turn.say("好，退回了，原因已经转告。"), choices=menu.for_office(turn))


async def read_campaign(turn: Turn, act: Act) -> Letter:
    """All the words, on an old phone a piece at a time: nobody agrees to what they could not read."""
    draft = await _to_decide(turn, act)
    if isinstance(draft, Letter):
        return draft
    words, start = "\n".join(draft.words.values()), int(act.about.get("from", "0"))
    on = str(start + _PIECE)
    if not turn.by_sms or start + _PIECE >= len(words):
        return Letter(chat=words, sms=words[start:], choices=(to_answer(turn, draft),))
    following = turn.choice(turn.say("下一段"), "read_campaign", **{**act.about, "from": on})
    return Letter(chat=words, sms=words[start : start + _PIECE], choices=((following,),))


async def _to_decide(turn: Turn, act: Act) -> Draft | Letter:
    """What waits for this person's word, as it was when it was put to them; else why there is none."""
    draft = await drafts.by_id(turn.tx, act.about.get("campaign", ""))
    sender_id = draft.campaign.made_by if draft else None
    if draft is None or sender_id is None:
        return Letter(chat=turn.say("没有要您同意的这一条。"))
    if sender_id == turn.actor.id:
        return Letter(chat=turn.say("自己写的，要请别人同意。"), choices=menu.for_office(turn))
    viewer = await offices.viewer_of(turn.tx, sender_id)
    path = await audience.unit_above_all(turn.tx, viewer, draft.audience, turn.now, sender_id)
    theirs = [one for one in turn.actor.offices if one.role in MAY_AGREE and path.startswith(one.unit_path)]
    if not theirs:
        return Letter(chat=turn.say("没有要您同意的这一条。"))
    if draft.state != "waiting":
        return _over(turn, draft)
    if act.about.get("seen") != drafted.version(draft):
        seen = await foreseen(turn, draft, viewer, sender_id)
        return await put_to_somebody(turn, draft, seen, viewer, await people.name_of(turn.tx, sender_id))
    return draft


def _over(turn: Turn, draft: Draft) -> Letter:
    if draft.campaign.cancelled:
        said = turn.say("发的人已经取消了，不用再看。")
    elif draft.state == "draft":
        said = turn.say("这一条已经退回或撤回，改好了会再请您看。")
    else:
        said = turn.say("这一条已经有人同意了，不用再看。")
    return Letter(chat=said, choices=menu.for_office(turn))


async def _agreed_after_its_day(turn: Turn, draft: Draft) -> Letter:
    """A greeting that comes on the next day is none."""
    if not await drafts.step(turn.tx, draft.id, ("waiting",), state="draft", **_by(turn)):
        return _over(turn, await drafted.again(turn, draft))
    await tell_agreed_after_its_day(turn, draft)
    what = drafted.called(turn, draft)
    return Letter(
        chat=turn.say("{what}的日子已经过了，没有发。我告诉了发的人，要发得重新定时间。", what=what),
        sms=turn.say("{what}的日子已过，没有发，已告诉发的人。", what=what),
        choices=menu.for_office(turn),
    )


async def _agreed_too_late(turn: Turn, draft: Draft) -> Letter:
    if not await drafts.step(turn.tx, draft.id, ("waiting",), state="draft", **_by(turn)):
        return _over(turn, await drafted.again(turn, draft))
    await tell_agreed_too_late(turn, draft)
    told = turn.say("您同意了。定的时间已经过了，我请发的人重新定时间。")
    return Letter(chat=told, choices=menu.for_office(turn))


def _by(turn: Turn) -> dict[str, object]:
    return {"approved_by": turn.actor.id, "approved_at": turn.now}
