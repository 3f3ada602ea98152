"""只发柳湾村, 不发给石远: the audience in the sender's own words."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.audience import EVERYBODY, NOBODY_YET, Audience
from content.rules.audience_words import parted
from handlers.campaign import drafted, which
from handlers.campaign.preview import preview_letter
from handlers.campaign.whom_meant import Told, meant, told_by
from handlers.turn import Turn
from storage import audience, drafts
from storage.drafts import Draft

# More than so many are no list of people any more.
MOST = 200


async def only_for(turn: Turn, act: Act) -> Letter:
    """For these alone; whoever was left out stays left out, unless they are named or it is for all."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    asked = await _aim(turn, draft, told_by(act))
    if asked or drafted.is_empty(draft):
        return asked or await which.next_step(turn, await drafted.again(turn, draft))
    return await preview_letter(turn, await drafted.again(turn, draft))


async def not_for(turn: Turn, act: Act) -> Letter:
    """Without these, whoever they are at this moment."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    told = told_by(act)
    without = await _left_out(turn, draft, told, told.words)
    if isinstance(without, Letter):
        return without
    await drafts.aim(turn.tx, draft, _without(draft.audience, without))
    return await preview_letter(turn, await drafted.again(turn, draft))


async def begin_for(turn: Turn, draft: Draft, words: str) -> Letter | None:
    """Whom a new draft is for, as it was ordered; as long as that has to be asked it is for nobody."""
    if not words:
        return None
    await drafts.aim(turn.tx, draft, NOBODY_YET)
    return await _aim(turn, await drafted.again(turn, draft), Told("only_for", words, {}))


async def _aim(turn: Turn, draft: Draft, told: Told) -> Letter | None:
    """A letter where something has to be asked first: until then nothing of it is taken down."""
    whom, but_not = parted(told.words)
    without = await _left_out(turn, draft, told, but_not) if but_not else []
    if isinstance(without, Letter):
        return without
    found = await meant(turn, draft, told, whom)
    if isinstance(found, Letter):
        return found
    stay_out = () if found == EVERYBODY else (one for one in draft.audience.but_not if one not in found.only)
    await drafts.aim(turn.tx, draft, _without(found._replace(but_not=tuple(stay_out)), without))
    return None


async def _left_out(turn: Turn, draft: Draft, told: Told, text: str) -> list[str] | Letter:
    found = await meant(turn, draft, told, text)
    if isinstance(found, Letter):
        return found
    without = await _as_people(turn, found)
    if len(without) > MOST:
        return Letter(chat=turn.say("这样要去掉 {n} 人以上，请改写“只发……”，写要发给谁。", n=MOST))
    return without


def _without(whom: Audience, without: list[str]) -> Audience:
    return whom._replace(but_not=tuple(dict.fromkeys((*whom.but_not, *without))))


async def _as_people(turn: Turn, found: Audience) -> list[str]:
    if found.only and found == Audience(only=found.only, also_at_home=found.also_at_home):
        return list(found.only)
    page = await audience.page(turn.tx, turn.viewer, found, turn.now, turn.actor.id, limit=MOST + 1)
    return [member.id for member, _, _ in page]
