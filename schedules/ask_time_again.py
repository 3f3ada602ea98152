"""What nobody agreed to until its time was over goes back to its sender, who says another time. (S5, S24)"""

from __future__ import annotations

from datetime import datetime, timedelta

from content.act import Act
from content.letter import Choice, Letter
from content.words.catalogue import tongue
from storage import drafts, people, post
from storage.database import Transaction
from storage.drafts import Draft

# What was to go out at once may wait so long for a second person; what has a time, so long past it.
_AT_ONCE = timedelta(days=1)
_PAST_ITS_TIME = timedelta(hours=1)


async def ask_time_again(tx: Transaction, now: datetime) -> int:
    left = await drafts.left_waiting(tx, now - _PAST_ITS_TIME, now - _AT_ONCE)
    for draft in left:
        if await drafts.step(tx, draft.id, ("waiting",), state="draft"):
            await _tell(tx, now, draft)
    return len(left)


async def _tell(tx: Transaction, now: datetime, draft: Draft) -> None:
    sender = draft.campaign.made_by
    if sender is None:
        return
    t = tongue(await people.language_of(tx, sender))
    about = {"draft": draft.id}
    letter = Letter(
        chat=t.say(
            "您请人同意的那一条，到了时间还没有人同意，所以没有发。请再定时间，确认后会重新请人同意。"
        ),
        sms=t.say("您要发的那一条没人同意，时间过了，没有发。请重新定时间。"),
        choices=(
            (
                Choice(t.say("重新定时间"), Act(intent="plan_lesson", about=about)),
                Choice(t.say("看预览"), Act(intent="preview_draft", about=about)),
            ),
        ),
    )
    await post.tell(tx, now, sender, letter, "notice", f"{draft.id}:not_agreed:{now.isoformat()}")
