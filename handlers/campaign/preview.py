"""What a sender reads before anything goes out: the words, to whom, by which door, at what price, when."""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter, Rows
from content.words import short
from handlers import menu
from handlers.campaign import drafted, which
from handlers.campaign.approval_rule import why_approved
from handlers.campaign.foreseen import Foreseen, foreseen
from handlers.campaign.preview_lines import in_short, preview_lines, resting
from handlers.turn import Turn
from storage import audience
from storage.drafts import Draft

_FIRST = 3


async def preview_draft(turn: Turn, act: Act) -> Letter:
    """The draft as it stands, in the place of whatever screen the button stood under."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    first = turn.say("还没有发，请再看一眼：") if act.about.get("again") else ""
    return await preview_letter(turn, draft, first, rewrites=bool(turn.word.token) and not first)


async def preview_letter(turn: Turn, draft: Draft, first: str = "", rewrites: bool = False) -> Letter:
    """To confirm, to change or to drop; where it would reach nobody there is nothing to confirm."""
    if drafted.is_empty(draft):
        return await which.next_step(turn, draft)
    seen = await foreseen(turn, draft, turn.viewer, turn.actor.id)
    if not seen.reached:
        return _to_nobody(turn, draft, seen)
    page = await audience.page(turn.tx, turn.viewer, draft.audience, turn.now, turn.actor.id, limit=_FIRST)
    names = [member.name for member, _, _ in page]
    lines = await preview_lines(turn, draft, seen, turn.viewer, names)
    if why := why_approved(turn, draft, seen):
        lines.append(turn.say("{why}，要另一位书记或党委同意后才发。", why=why))
    if turn.by_sms:
        return await _by_sms(turn, draft, seen, first)
    return Letter(
        chat="\n".join([*([first] if first else []), *lines]),
        choices=_rows(turn, draft, seen),
        rewrites=rewrites,
    )


def _decide(turn: Turn, draft: Draft, seen: Foreseen) -> tuple[Choice, ...]:
    about = {"draft": draft.id, "at": seen.when.isoformat(), "seen": drafted.version(draft)}
    confirm = Choice(turn.say("确认"), Act(intent="send_it", about=about))
    return confirm, turn.choice(turn.say("取消"), "drop_draft", draft=draft.id)


def _rows(turn: Turn, draft: Draft, seen: Foreseen) -> Rows:
    def to(label: str, intent: str, **about: str) -> Choice:
        return turn.choice(label, intent, draft=draft.id, **about)

    rows = [
        _decide(turn, draft, seen),
        (to(turn.say("改对象"), "draft_whom"), to(turn.say("改时间"), "plan_lesson")),
        (to(turn.say("试发给自己"), "try_draft"), to(turn.say("看名单"), "draft_people")),
    ]
    if at_night := _at_night(turn, draft, seen):
        rows.append(at_night)
    if draft.words:
        rows.append((to(turn.say("改文字"), "draft_words"),))
        if seen.english:
            rows[-1] += (to(turn.say("写英文版"), "draft_english"),)
    return tuple(rows)


async def _by_sms(turn: Turn, draft: Draft, seen: Foreseen, first: str) -> Letter:
    """As much of it as one message holds; that somebody rests is said before the price."""
    figures, rests = await in_short(turn, draft, seen, turn.viewer), await resting(turn, seen)
    brief = turn.say(
        "发给{n}人，发不到{nowhere}人，短信{parts}条。",
        n=seen.reached,
        nowhere=seen.nowhere,
        parts=seen.parts,
    )
    changes = turn.say("可回“改对象”“改时间”。")
    answers = (*_decide(turn, draft, seen), *_at_night(turn, draft, seen))
    ways = [Letter(chat=said, choices=(answers,)) for said in _said(first, figures, brief, rests, changes)]
    return next((letter for letter in ways if short.fits(letter)), ways[-1])


def _said(first: str, figures: str, brief: str, rests: str, changes: str) -> list[str]:
    whole, short_one = figures + rests, brief + rests
    if first:
        return [first + whole, first + figures, whole, first + short_one, short_one, brief]
    return [whole + changes, whole, short_one, brief]


def _at_night(turn: Turn, draft: Draft, seen: Foreseen) -> tuple[Choice, ...]:
    """Only for a notice, which may be urgent: everything else lets people sleep."""
    if not seen.later or draft.campaign.kind != "notice":
        return ()
    return (turn.choice(turn.say("夜里也发"), "wake_them", draft=draft.id),)


def _to_nobody(turn: Turn, draft: Draft, seen: Foreseen) -> Letter:
    change = turn.choice(turn.say("改对象"), "draft_whom", draft=draft.id)
    if draft.audience.unsettled:
        said = turn.say("还没定发给谁，不会发。请写“只发柳湾村”“只发 姓名”这样，或写“全部”。")
        return Letter(chat=said, choices=() if turn.by_sms else ((change,),))
    if not draft.audience.is_narrowed:
        said = turn.say("您负责的人里还没有谁能收到消息。请先请他们加入。")
        return Letter(chat=said, choices=menu.for_office(turn))
    said = turn.say("这样一个人也没有。请改一下发给谁。")
    if seen.all:
        said = turn.say("这些人里还没有谁能收到消息。请改发给别人，或先请他们加入。")
    return Letter(chat=said, choices=() if turn.by_sms else ((change,),))
