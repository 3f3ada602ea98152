"""Above so many, or with a link: a second person is asked to agree before anything goes out."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from handlers.campaign import drafted
from handlers.campaign.approval_letters import in_their_language, tell_taken_back
from handlers.campaign.decision import MAY_AGREE
from handlers.campaign.foreseen import Foreseen
from handlers.turn import Turn
from storage import audience, drafts, offices
from storage.drafts import Draft


async def ask(turn: Turn, draft: Draft, seen: Foreseen, why: str) -> Letter:
    """Put it to those nearest above all whom it is for; where there is nobody else, say whom to ask."""
    asked = await _nearest_above(turn, draft)
    if not asked:
        return _nobody_else(turn, draft, why)
    ends = drafted.expiry(turn, draft, seen.when)
    put = await drafts.step(
        turn.tx, draft.id, ("draft",), state="waiting", planned_for=seen.when, expires_at=ends
    )
    waiting = await drafted.again(turn, draft)
    if not put:
        return still_waits(turn, waiting)
    for person_id in asked:
        await turn.tell(person_id, await in_their_language(turn, waiting, seen, person_id), mark="agree")
    return still_waits(turn, waiting)


def still_waits(turn: Turn, draft: Draft) -> Letter:
    what = drafted.called(turn, draft)
    take_back = turn.choice(turn.say("撤回"), "take_back_draft", draft=draft.id)
    return Letter(
        chat=turn.say("{what}已经送去请人同意。同意了就发，结果会告诉您。要改可以撤回。", what=what),
        sms=turn.say("已送去请人同意，同意了就发，会告诉您。"),
        choices=((take_back,),),
    )


async def take_back_draft(turn: Turn, act: Act) -> Letter:
    """Its sender wants to change it: what was put to somebody is void, and they hear it."""
    draft = await drafted.own(turn, act)
    if draft is None:
        return drafted.none_begun(turn)
    if not await drafts.step(turn.tx, draft.id, ("waiting",), state="draft"):
        return drafted.settled(turn, await drafted.again(turn, draft))
    for person_id in await _nearest_above(turn, draft):
        await tell_taken_back(turn, draft, person_id)
    look = turn.choice(turn.say("看一看，改一改"), "preview_draft", draft=draft.id)
    return Letter(chat=turn.say("撤回了，还没有发。"), choices=((look,),))


async def _nearest_above(turn: Turn, draft: Draft) -> list[str]:
    """Those who are asked; of some audiences there is nobody."""
    path = await audience.unit_above_all(turn.tx, turn.viewer, draft.audience, turn.now, turn.actor.id)
    others = await offices.others_above(turn.tx, path, MAY_AGREE, turn.actor.id)
    return next(iter(others.values()), [])


def _nobody_else(turn: Turn, draft: Draft, why: str) -> Letter:
    look = turn.choice(turn.say("看一看，改一改"), "preview_draft", draft=draft.id)
    return Letter(
        chat=turn.say(
            "还没有发：{why}，要另一位书记或党委同意，可是没有别人能同意。请上级党委来发，或请管理员给另一位书记授职务；"
            "也可以去掉网址，或少发一些人。",
            why=why,
        ),
        sms=turn.say("没有发：{why}，要别人同意，可没有别人能同意。请找上级党委或管理员。", why=why),
        choices=((look,),) if not turn.by_sms else (),
    )
