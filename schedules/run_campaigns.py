"""Campaigns whose time has come go out, page by page, each letter by its reader's own door. (S5, S24)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from content.lessons.library import all_lessons
from content.letter import Letter
from content.rules.hours import next_allowed
from content.rules.ladder import CHAT_PATIENCE, SMS_PATIENCE
from content.rules.zones import zones_named
from content.words.catalogue import tongue
from storage import campaign_life, feeding, holidays, listing, offices, people, post, units
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.holidays import Holidays
from storage.viewer import Viewer, the_programme

# Whoever writes to us meanwhile waits for one page at most: a few hundredths of a second.
_LISTED_AT_ONCE = 5000
_FED_AT_ONCE = 2000
# So many letters wait in the outbox at any time, for all campaigns together.
AHEAD = 4000


async def run_campaigns(tx: Transaction, now: datetime) -> int:
    """One page of work; how much it was. Call until there is none."""
    if started := await _start_what_is_due(tx, now):
        return started
    running = await campaign_life.in_state(tx, "running")
    return await _list(tx, now, running) or await _feed(tx, now, running) or await _finish(tx, now, running)


async def _start_what_is_due(tx: Transaction, now: datetime) -> int:
    due = await campaign_life.due(tx, now)
    for campaign in due:
        if campaign.slug and campaign.slug not in all_lessons():
            await _call_off(tx, now, campaign)
        else:
            await campaign_life.start(tx, now, campaign)
    return len(due)


async def _call_off(tx: Transaction, now: datetime, campaign: Campaign) -> None:
    """The lesson was taken off the shelf after it was planned: its sender hears of it, the others go out."""
    await campaign_life.cancel(tx, now, campaign)
    if campaign.made_by is None:
        return
    said = tongue(await people.language_of(tx, campaign.made_by)).say(
        "有一课已经撤下，没有发出。请换一课再发。"
    )
    await post.tell(tx, now, campaign.made_by, Letter(chat=said), "notice", f"{campaign.id}:called_off")


async def _list(tx: Transaction, now: datetime, running: Sequence[Campaign]) -> int:
    for campaign in running:
        if campaign.listed_at:
            continue
        whole, viewer = await _as_seen_by_its_sender(tx, campaign)
        await listing.list_next(tx, now, viewer, whole, _LISTED_AT_ONCE)
        return 1
    return 0


async def _as_seen_by_its_sender(tx: Transaction, campaign: Campaign) -> tuple[Campaign, Viewer]:
    """Whom it is for as it is now, and not as it was when it was planned."""
    if campaign.made_by is not None:
        return campaign, await offices.viewer_of(tx, campaign.made_by)
    unit = await units.by_id(tx, campaign.unit_id or "")
    audience = campaign.audience._replace(units=campaign.audience.units or (unit.path,))
    return campaign._replace(audience=audience), the_programme()


async def _feed(tx: Transaction, now: datetime, running: Sequence[Campaign]) -> int:
    """Each campaign in turn gets a page, of those whose readers are awake."""
    if not running:
        return 0
    off = await holidays.known(tx)
    room = AHEAD - await feeding.in_the_outbox(tx, AHEAD)
    fed = 0
    for campaign in running:
        # By whole pages: a few letters cost as much to write as hundreds.
        if room - fed >= _FED_AT_ONCE:
            fed += await _feed_one(tx, now, campaign, off, _FED_AT_ONCE)
    return fed


async def _feed_one(tx: Transaction, now: datetime, campaign: Campaign, off: Holidays, page: int) -> int:
    for zone in await feeding.waiting_zones(tx, campaign.id):
        if campaign.at_any_hour or next_allowed(now, zones_named(zone), holidays=off) <= now:
            return await feeding.feed(tx, now, campaign, zone, page, _PATIENCE)
    return 0


async def _finish(tx: Transaction, now: datetime, running: Sequence[Campaign]) -> int:
    done = 0
    for campaign in running:
        if await campaign_life.is_all_out(tx, campaign.id):
            done += await campaign_life.finish(tx, now, campaign.id)
    return done


_PATIENCE = feeding.Patience(CHAT_PATIENCE, SMS_PATIENCE)
