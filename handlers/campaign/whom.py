"""改对象: one screen that rewrites itself, what is chosen in a sentence and how many that are."""

from __future__ import annotations

from collections.abc import Mapping

from content.act import Act
from content.letter import Choice, Letter, Rows
from content.rules.audience import EVERYBODY
from content.words.catalogue import N_
from handlers.campaign import drafted
from handlers.campaign.spelled_whom import spelled
from handlers.turn import Turn
from storage import audience, drafts
from storage.drafts import Draft

_BY: Mapping[str, str] = {
    "units": N_("按支部"),
    "places": N_("按地方"),
    "trades": N_("按行业"),
    "standings": N_("按状态"),
}


async def draft_whom(turn: Turn, act: Act) -> Letter:
    """`all` takes back every narrowing."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    if act.about.get("all"):
        await drafts.aim(turn.tx, draft, EVERYBODY)
        draft = await drafted.again(turn, draft)
    await turn.ask(Act(intent="only_for", about={"draft": draft.id, "verbatim": "1"}))
    return Letter(
        chat=await so_far(turn, draft),
        sms=turn.say("写发给谁：“只发柳湾村”“只发昆山”“不发给 姓名”，或“只发全部”。"),
        choices=() if turn.by_sms else await _ways_to_narrow(turn, draft),
        rewrites=bool(turn.word.token),
    )


async def so_far(turn: Turn, draft: Draft) -> str:
    found = await audience.shares(turn.tx, turn.viewer, draft.audience, turn.now, turn.actor.id)
    n = sum(share.n for share in found)
    whom = await spelled(turn, draft.audience, turn.viewer)
    return turn.say(
        "发给：{whom}，共 {n} 人。\n点按钮来挑，也可以直接写，比如“只发柳湾村”“不发给张三”。", whom=whom, n=n
    )


async def _ways_to_narrow(turn: Turn, draft: Draft) -> Rows:
    def to(label: str, intent: str, **about: str) -> Choice:
        return turn.choice(label, intent, draft=draft.id, **about)

    by = [to(turn.say(label), "draft_by", by=kind) for kind, label in _BY.items()]
    languages = await audience.counted(turn.tx, turn.viewer, EVERYBODY, turn.now, "languages", turn.actor.id)
    more = (to(turn.say("按语言"), "draft_by", by="languages"),) if len(languages) > 1 else ()
    return (
        tuple(by[:2]),
        tuple(by[2:]),
        (
            to(turn.say("挑人"), "draft_people", picks="only"),
            to(turn.say("去掉几个人"), "draft_people", picks="but_not"),
        ),
        (to(turn.say("全部"), "draft_whom", all="1"), *more),
        (to(turn.say("好了，看预览"), "preview_draft"),),
    )
