"""确认: what was shown is planned, or waits for a second person. The same button again plans nothing more."""

from __future__ import annotations

from datetime import datetime

from content.act import Act
from content.letter import Letter
from handlers import menu, otherwise
from handlers.campaign import approval, drafted
from handlers.campaign.approval_rule import why_approved
from handlers.campaign.foreseen import foreseen
from handlers.campaign.preview import preview_letter
from handlers.campaign.when import ask_when
from handlers.lesson_time import is_over, spelled
from handlers.turn import Turn
from storage import drafts
from storage.drafts import Draft


async def send_it(turn: Turn, act: Act) -> Letter:
    draft = await drafted.own(turn, act)
    if draft is None:
        return drafted.none_begun(turn)
    if draft.state == "waiting":
        return approval.still_waits(turn, draft)
    if draft.campaign.cancelled:
        return drafted.settled(turn, draft)
    if draft.state != "draft":
        return on_its_way(turn, draft)
    if is_over(turn, datetime.fromisoformat(act.about["at"])):
        return await ask_when(turn, draft, turn.say("刚才选的时间已经过了，还没有发。"))
    if act.about.get("seen") != drafted.version(draft):
        return await preview_letter(turn, draft, turn.say("后来改过，还没有发，请再看一眼："))
    return await _confirmed(turn, draft)


async def drop_draft(turn: Turn, act: Act) -> Letter:
    """Thrown away before it was anything."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    await drafts.step(turn.tx, draft.id, ("draft",), state="dropped", ended_at=turn.now)
    if drafted.is_empty(draft):
        return await otherwise.drop(turn, act)
    return Letter(chat=turn.say("好，不发了。要发别的，重新写就行。"), choices=menu.for_office(turn))


async def _confirmed(turn: Turn, draft: Draft) -> Letter:
    seen = await foreseen(turn, draft, turn.viewer, turn.actor.id)
    if not seen.reached:
        return await preview_letter(turn, draft)
    if why := why_approved(turn, draft, seen):
        return await approval.ask(turn, draft, seen, why)
    ends = drafted.expiry(turn, draft, seen.when)
    await drafts.step(turn.tx, draft.id, ("draft",), state="planned", planned_for=seen.when, expires_at=ends)
    return on_its_way(turn, await drafted.again(turn, draft))


def on_its_way(turn: Turn, draft: Draft) -> Letter:
    when, what = draft.campaign.planned_for, drafted.called(turn, draft)
    watch = turn.choice(turn.say("看回执"), "lesson_report", campaign=draft.id)
    if when <= turn.now:
        return Letter(
            chat=turn.say("{what}正在发出。", what=what),
            sms=turn.say("正在发出。"),
            choices=((watch,),),
        )
    # Calling off never stands first: whoever sends their 1 twice by SMS would call off what they confirmed.
    label = turn.say("取消这次发课") if draft.campaign.slug else turn.say("取消这次发送")
    call_off = turn.choice(label, "cancel_lesson", campaign=draft.id)
    return Letter(
        chat=turn.say("排好了：{when} 发{what}。", when=spelled(turn, when), what=what),
        sms=turn.say("排好了，{when}发。", when=spelled(turn, when)),
        choices=((watch, call_off),),
    )
