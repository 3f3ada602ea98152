"""After hours in which the program stood still: a notice that was meant for then asks first. (S24)

A lesson is as good a day later, and a greeting is over with its day: neither of them asks.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from content.act import Act
from content.letter import Choice, Letter
from content.words.catalogue import Tongue, tongue
from storage import campaign_life, hindered, people, post, progress_letter, senders
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.running import Stillness

# What was written in the morning is still meant at noon. After six hours the water is off, or the meeting is
# over: whoever is called to it then goes in vain, and to ask costs its sender one tap.
TOO_LATE = timedelta(hours=6)


async def ask_after_stillness(tx: Transaction, now: datetime, still: Stillness) -> int:
    """How many campaigns wait for their sender's word now."""
    too_long = still.ended - still.began >= TOO_LATE
    done = 0
    for campaign in await campaign_life.meant_for_then(
        tx, now, now - TOO_LATE, still.began if too_long else None
    ):
        if await campaign_life.pause(tx, campaign.id):
            await _ask(tx, now, campaign)
            done += 1
    return done


async def _ask(tx: Transaction, now: datetime, campaign: Campaign) -> None:
    """Of one that an operator made, the administrators are asked."""
    asked = [campaign.made_by] if campaign.made_by else await hindered.administrators(tx)
    for person_id in asked:
        t = tongue(await people.language_of(tx, person_id))
        letter = await _question(tx, now, t, campaign)
        key = f"{campaign.id}:stood_still:{person_id}:{now.isoformat()}"
        await post.tell(tx, now, person_id, letter, "notice", key)


async def _question(tx: Transaction, now: datetime, t: Tongue, campaign: Campaign) -> Letter:
    title = await progress_letter.title_of(tx, t, campaign)
    in_short = await progress_letter.title_of(tx, t, campaign, in_short=True)
    about = {"campaign": campaign.id}
    drop = Choice(t.say("不发了"), Act(intent="cancel_campaign", about=about))
    if campaign.sent_at is None:
        zone = ZoneInfo(await senders.clock_of(tx, campaign))
        at = campaign.planned_for.astimezone(zone)
        when = f"{t.day(at.date())} {t.time(campaign.planned_for, zone)}"
        return Letter(
            chat=t.say(
                "程序停了一阵。{title}原定 {when} 发，没有发成。现在还要发吗？", title=title, when=when
            ),
            sms=t.say("程序停过，{title}原定{when}，没发成。现在还要发吗？", title=in_short, when=when),
            choices=((Choice(t.say("照发"), Act(intent="resume_campaign", about=about)), drop),),
        )
    found = await progress_letter.progress_of(tx, now, campaign)
    return Letter(
        chat=t.say(
            "程序停了一阵。{title}发到一半停下了，还有 {n} 人没发。还要接着发吗？",
            title=title,
            n=found.waiting,
        ),
        sms=t.say("程序停过，{title}还有{n}人没发。还要接着发吗？", title=in_short, n=found.waiting),
        choices=((Choice(t.say("接着发"), Act(intent="resume_campaign", about=about)), drop),),
    )
