"""同意, 退回 时间不对, in words: what waits for them is decided; of several it is asked which. (S24)"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Choice, Letter
from content.rules.deciding import is_agreed, reason_in
from content.words import short
from content.words.catalogue import N_
from handlers import menu, questions
from handlers.campaign import drafted
from handlers.campaign.decision import MAY_AGREE
from handlers.turn import Turn
from storage import answering, audience, drafts, offices
from storage.drafts import Draft

_LISTED = 5
_ROOM = 8
_WHICH = {"approve_campaign": N_("同意哪一条？"), "return_campaign": N_("退回哪一条？")}


async def decided(turn: Turn, text: str, awaited: Act | None) -> Act | None:
    """None where nothing waits for them, or the word is the answer to another question."""
    reason = reason_in(text)
    agrees = is_agreed(text)
    if not (agrees or reason is not None) or not _may_agree(turn):
        return None
    if awaited and not (agrees and awaited.intent == "return_campaign"):
        return None
    if await questions.waits_for_a_yes(turn):
        return None
    waiting = await _waiting(turn)
    if not waiting:
        return None
    intent = "approve_campaign" if agrees else "return_campaign"
    if len(waiting) > 1:
        return Act(intent="decide_which", text=reason or "", about={"step": intent})
    return await _decision(turn, intent, waiting[0], reason or "")


async def decide_which(turn: Turn, act: Act) -> Letter:
    """One row for each that waits, by its first words."""
    waiting = await _waiting(turn)
    if not waiting:
        return Letter(chat=turn.say("现在没有等您同意的。"), choices=menu.for_office(turn))
    step = act.about["step"]
    ways = [Choice(_label(turn, one), await _decision(turn, step, one, act.text)) for one in waiting]
    letter = Letter(chat=turn.say(_WHICH[step]), choices=tuple((way,) for way in ways))
    return short.with_what_fits(letter) if turn.by_sms else letter


async def _decision(turn: Turn, intent: str, draft: Draft, reason: str) -> Act:
    """Of what was put to them here; what they have not read is shown first."""
    seen = await _shown_here(turn, draft)
    return Act(intent=intent, text=reason, about={"campaign": draft.id, "seen": seen})


async def _shown_here(turn: Turn, draft: Draft) -> str:
    index = turn.tx.blind(turn.word.channel, turn.word.address)
    version = drafted.version(draft)
    wanted = ("approve_campaign", draft.id, version)
    for act in await answering.offered_lately(turn.tx, turn.now, index, turn.actor.id):
        if (act.intent, act.about.get("campaign"), act.about.get("seen")) == wanted:
            return version
    return ""


async def _waiting(turn: Turn) -> Sequence[Draft]:
    """Those that this person may decide, oldest first."""
    found = [draft for draft in await drafts.waiting(turn.tx) if await _is_theirs(turn, draft)]
    return found[:_LISTED]


async def _is_theirs(turn: Turn, draft: Draft) -> bool:
    sender_id = draft.campaign.made_by
    if sender_id is None or sender_id == turn.actor.id:
        return False
    viewer = await offices.viewer_of(turn.tx, sender_id)
    path = await audience.unit_above_all(turn.tx, viewer, draft.audience, turn.now, sender_id)
    return any(path.startswith(one.unit_path) for one in turn.actor.offices if one.role in MAY_AGREE)


def _may_agree(turn: Turn) -> bool:
    return any(office.role in MAY_AGREE for office in turn.actor.offices)


def _label(turn: Turn, draft: Draft) -> str:
    what, words = drafted.called(turn, draft), draft.words.get("zh", "")
    if not words:
        return what
    return turn.say("{what}：{words}", what=what, words=short.shortened(words, _ROOM))
