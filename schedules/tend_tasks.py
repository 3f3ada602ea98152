"""Tasks for humans find their owner, who hears of them by day; what nobody saw to goes one up. (S4, S6)"""

from __future__ import annotations

from datetime import datetime

from content.rules.ladder import A_TASK_MAY_TAKE, TOGETHER
from content.words.catalogue import tongue
from content.words.task_news import LISTED, Told, task_news
from schedules.climb_ladder import give_to_who_is_nearest
from schedules.offer_new_number import offer_new_number
from schedules.readers import has_only_sms
from storage import campaigns, people, post, progress_letter, suspects, task_owners
from storage import task_news as news_of
from storage.database import Transaction
from storage.outbox import Kind
from storage.task_news import News
from storage.task_owners import InCharge, Ownerless
from storage.viewer import the_programme

_AT_ONCE = 200


async def tend_tasks(tx: Transaction, now: datetime) -> int:
    """One page of work; how much it was. Call until there is none."""
    return await _look_after_numbers(tx, now) or await _hand_up(tx, now) or await _tell(tx, now)


async def _look_after_numbers(tx: Transaction, now: datetime) -> int:
    """Those that have rested are tried again; those that failed twice are somebody's to look into."""
    done = await suspects.wake_the_rested(tx, now)
    done += await offer_new_number(tx, now)
    if opened := await suspects.open_tasks(tx, now, now + A_TASK_MAY_TAKE):
        await give_to_who_is_nearest(tx, now)
    return done + opened


async def _hand_up(tx: Transaction, now: datetime) -> int:
    found = await task_owners.overdue(tx, now, _AT_ONCE)
    in_charge = await task_owners.in_charge(tx) if found else {}
    by_owner: dict[str | None, list[str]] = {}
    for one in found:
        by_owner.setdefault(_next_above(in_charge, one), []).append(one.id)
    for owner, task_ids in by_owner.items():
        if owner is None:
            await task_owners.leave_with(tx, task_ids, now + A_TASK_MAY_TAKE)
        else:
            await task_owners.give(tx, now, owner, task_ids, now + A_TASK_MAY_TAKE, raised=True)
    return len(found)


def _next_above(in_charge: InCharge, one: Ownerless) -> str | None:
    return task_owners.nearest(in_charge, one.unit_path, [one.member_id, one.owner_id])


async def _tell(tx: Transaction, now: datetime) -> int:
    found = await news_of.untold(tx, now - TOGETHER)
    for news in found:
        await _tell_one(tx, now, news)
        await news_of.told(tx, now, news)
    return len(found)


async def _tell_one(tx: Transaction, now: datetime, news: News) -> None:
    """However many people it is about, one letter."""
    first = await news_of.first_of(tx, the_programme(), news, LISTED)
    if not first:
        return
    campaign = await campaigns.by_id(tx, news.campaign_id) if news.campaign_id else None
    t = tongue(await people.language_of(tx, news.owner_id))
    by_sms = await has_only_sms(tx, news.owner_id)
    told = Told(news.kind, news.n, campaign.slug if campaign else "", news.raised, news.tried)
    if campaign:
        title = await progress_letter.title_of(tx, t, campaign)
        by_sms_title = await progress_letter.title_of(tx, t, campaign, in_short=True)
        told = told._replace(title=title, title_by_sms=by_sms_title)
    letter = task_news(t, told, first, by_sms)
    key = f"tasks:{news.owner_id}:{news.kind}:{news.campaign_id}:{int(news.tried)}:{now.isoformat()}"
    # What was meant to wake people may wake those who are to tell them.
    kind: Kind = "urgent" if campaign and campaign.at_any_hour else "notice"
    await post.tell(tx, now, news.owner_id, letter, kind, key)
