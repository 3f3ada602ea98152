"""The draft that is being made: whose it is, what it is called, and what it will say."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta

from content.act import Act
from content.lessons.library import all_lessons
from content.letter import Letter
from content.rules.links import has_link
from content.words.campaign_letter import campaign_letter
from content.words.catalogue import N_
from content.words.lesson_letter import lesson_title
from handlers import menu
from handlers.campaign import shown
from handlers.turn import Turn
from storage import drafts
from storage.drafts import Draft

KINDS = {"notice": N_("通知"), "greeting": N_("祝福"), "reminder": N_("提醒"), "lesson": N_("课")}


async def own(turn: Turn, act: Act) -> Draft | None:
    """The one that the button is about, else the one shown or begun last; of this person alone."""
    if draft_id := act.about.get("draft"):
        return await _own(turn, draft_id)
    seen = await _own(turn, await shown.draft_shown(turn))
    if seen and seen.state == "draft":
        return seen
    newest = await drafts.unfinished(turn.tx, turn.actor.id, limit=1)
    waiting = newest or await drafts.unfinished(turn.tx, turn.actor.id, limit=1, states=("waiting",))
    return waiting[0] if waiting else None


async def _own(turn: Turn, draft_id: str) -> Draft | None:
    found = await drafts.by_id(turn.tx, draft_id) if draft_id else None
    return found if found and found.campaign.made_by == turn.actor.id else None


async def on_the_desk(turn: Turn, act: Act) -> Draft | Letter:
    """The same where it can still be changed; else what to say instead."""
    draft = await own(turn, act)
    if draft is None:
        return none_begun(turn)
    return draft if draft.state == "draft" else settled(turn, draft)


async def again(turn: Turn, draft: Draft) -> Draft:
    """As it is now, after what this turn has changed."""
    found = await drafts.by_id(turn.tx, draft.id)
    if found is None:
        raise LookupError("a draft is never thrown away")
    return found


def none_begun(turn: Turn) -> Letter:
    return Letter(
        chat=turn.say("现在没有在写的。要发，请写“发课 防骗”或“发通知 明天停水”这样。"),
        sms=turn.say("没有在写的。请写“发课 防骗”或“发通知 内容”。"),
        choices=menu.for_office(turn),
    )


def settled(turn: Turn, draft: Draft) -> Letter:
    """It left the writing desk: nothing about it changes any more from here."""
    if draft.state == "waiting":
        take_back = turn.choice(turn.say("撤回"), "take_back_draft", draft=draft.id)
        said = turn.say("{what}正等人同意，没有改。要改，请先撤回。", what=called(turn, draft))
        return Letter(chat=said, choices=((take_back,),))
    if draft.campaign.cancelled:
        said = turn.say("这一条已经取消，没有改。要发请重新写。")
    else:
        said = turn.say("这一条已经定下，没有改。")
    return Letter(chat=said, choices=menu.for_office(turn))


def called(turn: Turn, draft: Draft) -> str:
    """《手机防骗四不要》, or what kind it is."""
    lesson = all_lessons().get(draft.campaign.slug)
    if lesson:
        return turn.say("《{title}》", title=lesson_title(turn.tongue, lesson))
    return turn.say(KINDS[draft.campaign.kind])


def letter_in(draft: Draft, language: str) -> Letter:
    """What somebody who reads this language gets."""
    found = campaign_letter(draft.id, draft.campaign.slug, draft.words, language)
    return found or Letter(chat="")


def is_empty(draft: Draft) -> bool:
    return not draft.campaign.slug and not draft.words.get("zh")


def leads_out(draft: Draft) -> bool:
    return any(has_link(said) for said in draft.words.values())


def version(draft: Draft) -> str:
    """What was shown and confirmed: other words, people or hours are another version."""
    one = draft.campaign
    when = "" if draft.at_once else one.planned_for.isoformat()
    said = [
        sorted(draft.words.items()),
        one.slug,
        one.audience.to_json(),
        when,
        one.at_any_hour,
        one.expires_at,
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def end_of_day(turn: Turn, moment: datetime) -> datetime:
    """A greeting belongs to its day."""
    day = moment.astimezone(turn.house.zone).date() + timedelta(days=1)
    return datetime.combine(day, time(), turn.house.zone)


def expiry(turn: Turn, draft: Draft, when: datetime) -> datetime | None:
    """When it is over if it goes out at `when`: a greeting with its day, unless another end was said."""
    ends = draft.campaign.expires_at
    if ends and draft.campaign.kind == "greeting" and ends == end_of_day(turn, draft.campaign.planned_for):
        return end_of_day(turn, when)
    return ends
