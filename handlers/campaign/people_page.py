"""看名单, 挑人, 去掉几个人: all whom a draft is for, a page at a time, with who cannot be reached and why."""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Choice, Letter, Rows, in_rows
from content.rules.names import masked
from content.words import short
from content.words.catalogue import N_
from handlers.campaign import drafted
from handlers.campaign.preview_lines import WHY_NOT
from handlers.turn import Turn
from handlers.which_member import branches_apart, numbered
from storage import audience, drafts
from storage.drafts import Draft
from storage.files import Member

A_PAGE = 12
MOST = 200
_DOORS = {"telegram": N_("聊天"), "sms": N_("短信")}
_HEADS = {
    "": N_("发给这些人："),
    "only": N_("点名字挑人，再点一次就不要了："),
    "but_not": N_("点名字去掉，再点一次又加回来："),
}


async def draft_people(turn: Turn, act: Act) -> Letter:
    """`picks` is only, but_not, or empty for a page to read; `id` is the one that was tapped."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    if act.about.get("id"):
        draft = await _tapped(turn, draft, act.about["picks"], act.about["id"])
    return await _page(turn, draft, act)


async def _tapped(turn: Turn, draft: Draft, picks: str, person_id: str) -> Draft:
    these = getattr(draft.audience, picks)
    if person_id in these:
        these = tuple(one for one in these if one != person_id)
    elif len(these) < MOST:
        these = (*these, person_id)
    await drafts.aim(turn.tx, draft, draft.audience.having(picks, these))
    return await drafted.again(turn, draft)


async def _page(turn: Turn, draft: Draft, act: Act) -> Letter:
    picks, after = act.about.get("picks", ""), act.about.get("after", "")
    start = int(act.about.get("from", "0"))
    # Whoever was picked or left out is shown among the others, to be tapped again.
    of = draft.audience.having(picks, ()) if picks else draft.audience
    found = await audience.page(turn.tx, turn.viewer, of, turn.now, turn.actor.id, after, A_PAGE + 1)
    called = await branches_apart(turn, [member for member, _, _ in found])
    found = [(member, door, why) for member, (_, door, why) in zip(called, found, strict=True)]
    shown = list(enumerate(found[:A_PAGE], start + 1))
    marked = set(getattr(draft.audience, picks)) if picks else set()
    lines = [_line(turn, n, member, door, why, member.id in marked) for n, (member, door, why) in shown]
    here = {"draft": draft.id, "picks": picks, "after": after, "from": str(start)}
    taps = [
        turn.choice(_tick(member.id in marked, numbered(n, member)), "draft_people", **here, id=member.id)
        for n, (member, _, _) in shown
        if picks
    ]
    return Letter(
        chat="\n".join([turn.say(_HEADS[picks]), *lines] if lines else [turn.say("这里一个人也没有。")]),
        sms=_masked(turn, [member for member, _, _ in found[:A_PAGE]]),
        choices=() if turn.by_sms else (*in_rows(taps), *_ways_on(turn, draft, here, found, start)),
        rewrites=bool(turn.word.token),
    )


def _masked(turn: Turn, these: Sequence[Member]) -> str:
    """By SMS as many as there is room for, without their names: others may read along."""
    if not these:
        return turn.say("这里一个人也没有。")
    names = turn.say("、").join(masked(one.name) for one in these)
    room = short.room_beside(turn.say("{names}。不发给谁，写“不发给 姓名”。", names=""))
    return turn.say("{names}。不发给谁，写“不发给 姓名”。", names=short.shortened(names, room))


def _line(turn: Turn, n: int, member: Member, door: str, why: str, marked: bool) -> str:
    said = _DOORS[door] if door else WHY_NOT.get(why, WHY_NOT["no_address"])
    how = turn.say(said)
    line = turn.say("{n}. {name} · {unit} · {how}", n=n, name=member.name, unit=member.unit, how=how)
    return _tick(marked, line)


def _tick(marked: bool, label: str) -> str:
    return f"✓ {label}" if marked else label


def _ways_on(
    turn: Turn, draft: Draft, here: dict[str, str], found: list[tuple[Member, str, str]], start: int
) -> Rows:
    def page(label: str, after: str, first: int) -> Choice:
        return turn.choice(label, "draft_people", **{**here, "after": after, "from": str(first)})

    pages = [page(turn.say("回到开头"), "", 0)] if start else []
    if len(found) > A_PAGE:
        pages.append(page(turn.say("下一页"), found[A_PAGE - 1][0].id, start + A_PAGE))
    back = turn.choice(turn.say("好了，看预览"), "preview_draft", draft=draft.id)
    return (tuple(pages), (back,)) if pages else ((back,),)
