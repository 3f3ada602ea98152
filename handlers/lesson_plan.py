"""发课: which lesson, and when. From the first choice on there is a draft of it. (S5)

Nothing is sent here: the plan is a row, and the clock sends what has come due.
"""

from __future__ import annotations

from content.act import Act
from content.lessons.library import all_lessons
from content.letter import Letter
from handlers import lesson_by_night, lesson_choice, lesson_search, menu
from handlers.campaign import drafted, whom_in_words
from handlers.campaign.when import ask_when, take_time
from handlers.lesson_time import moment_meant
from handlers.turn import Turn
from storage import campaign_life, campaigns, drafts
from storage.campaigns import Order
from storage.drafts import Draft


async def choose_lesson(turn: Turn, act: Act) -> Letter:
    """The one lesson with a word in its title, else the list of them; a time behind the word is kept."""
    act = lesson_search.with_whom(turn, act)
    asked = lesson_search.sought(turn, act)
    only = lesson_search.only_one_titled(turn, asked)
    if only is None:
        return await lesson_choice.list_letter(turn, act, asked)
    return await (preview if asked.when else choose_time)(turn, lesson_choice.planned(only, asked.when, act))


async def choose_time(turn: Turn, act: Act) -> Letter:
    draft = await _draft(turn, act)
    if isinstance(draft, Letter):
        return draft
    if draft.state != "draft":
        return drafted.settled(turn, draft)
    if asked := await _for_whom(turn, draft, act):
        return asked
    return await ask_when(turn, draft, changes="draft" in act.about)


async def preview(turn: Turn, act: Act) -> Letter:
    """Whom it reaches by which door, before anything goes out."""
    draft = await _draft(turn, act)
    if isinstance(draft, Letter):
        return draft
    asked = await _for_whom(turn, draft, act)
    seen = await take_time(turn, act, await drafted.again(turn, draft))
    when = moment_meant(turn, act)
    if isinstance(when, str) or await lesson_by_night.is_unasked(turn, act, when):
        return seen
    return asked or seen


async def cancel(turn: Turn, act: Act) -> Letter:
    campaign = await campaigns.by_id(turn.tx, act.about["campaign"])
    if (
        campaign
        and campaign.made_by == turn.actor.id
        and await campaign_life.cancel(turn.tx, turn.now, campaign)
    ):
        said = turn.say("取消了，这一课不发了。") if campaign.slug else turn.say("取消了，这一条不发了。")
        return Letter(chat=said, choices=menu.for_office(turn))
    return Letter(chat=turn.say("这一课已经发出，取消不了。"), choices=menu.for_office(turn))


async def _draft(turn: Turn, act: Act) -> Draft | Letter:
    """The one that is being made, or a new one of the lesson that was chosen."""
    if act.about.get("draft"):
        return await drafted.own(turn, act) or drafted.none_begun(turn)
    slug = act.about.get("slug", "")
    if slug not in all_lessons():
        return await choose_lesson(turn, Act(intent="send_lesson"))
    return await drafts.begin(turn.tx, turn.now, turn.actor.id, Order(slug=slug))


async def _for_whom(turn: Turn, draft: Draft, act: Act) -> Letter | None:
    """Said with the order of a new draft; a letter where it has to be asked."""
    if act.about.get("draft"):
        return None
    return await whom_in_words.begin_for(turn, draft, act.about.get("to", ""))
