"""While a campaign goes out, its sender sees how far it is, in one message that is written anew. (S5)"""

from __future__ import annotations

from datetime import datetime

from content.letter import Letter
from content.rules.progress import Progress, is_worth_showing, may_be_shown_again
from content.words.catalogue import tongue
from content.words.progress import other_buttons
from storage import people, progress, progress_letter, standing_letter
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.outbox import Kind
from storage.progress import Shown

_OVER = ("finished", "cancelled")


async def show_progress(tx: Transaction, now: datetime) -> int:
    """How many messages were written or written anew."""
    done = 0
    for campaign, shown in await progress.watched(tx):
        if _is_its_turn(now, campaign, shown):
            done += await _show(tx, now, campaign, shown)
    return done


def _is_its_turn(now: datetime, campaign: Campaign, shown: Shown | None) -> bool:
    if shown is None:
        return campaign.sent_at is not None and is_worth_showing(now, campaign.sent_at)
    return campaign.state in _OVER or may_be_shown_again(now, shown.shown_at, shown.whole)


async def _show(tx: Transaction, now: datetime, campaign: Campaign, shown: Shown | None) -> bool:
    assert campaign.made_by is not None
    found = await progress_letter.progress_of(tx, now, campaign)
    language = await people.language_of(tx, campaign.made_by)
    letter = await progress_letter.written(tx, now, language, campaign, found)
    if shown is None:
        return await _put_up(tx, now, campaign, language, letter, found)
    if shown.said == _in_few_signs(campaign, found) and campaign.state not in _OVER:
        await progress.note(tx, campaign.id, now, shown.said, found.whole)
        return False
    return await _rewrite(tx, now, campaign, shown, letter, found)


async def _put_up(
    tx: Transaction, now: datetime, campaign: Campaign, language: str, letter: Letter, found: Progress
) -> bool:
    """Whoever has only SMS hears of it once, at its end."""
    others = other_buttons(tongue(language), campaign.id, campaign.state)
    key = f"{campaign.id}:progress"
    # Whoever means the night is awake in it.
    kind: Kind = "reply" if campaign.at_any_hour else "notice"
    made = await standing_letter.put_up(tx, now, campaign.made_by or "", letter, others, kind, key)
    await progress.begin(tx, now, campaign.id, made or "")
    if made is None:
        await progress.end(tx, now, campaign.id)
        return False
    await progress.note(tx, campaign.id, now, _in_few_signs(campaign, found), found.whole)
    return True


async def _rewrite(
    tx: Transaction, now: datetime, campaign: Campaign, shown: Shown, letter: Letter, found: Progress
) -> bool:
    rewritten = await standing_letter.rewrite(tx, now, shown.letter_id, letter)
    if rewritten is False:
        return False
    await progress.note(tx, campaign.id, now, _in_few_signs(campaign, found), found.whole)
    if rewritten is None or campaign.state in _OVER:
        await progress.end(tx, now, campaign.id)
    return bool(rewritten)


def _in_few_signs(campaign: Campaign, found: Progress) -> str:
    shown = (campaign.state, found.gone, found.whole, found.delivered, found.answered, found.failed)
    return " ".join(map(str, (*shown, found.asleep, found.minutes_left)))
