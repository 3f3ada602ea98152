"""暂停, 继续, 取消: a campaign is halted, goes on or is called off, by a button or in a word. (S5, S24)"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from content.act import Act
from content.letter import Choice, Letter
from content.words import short
from content.words.catalogue import N_
from content.words.progress import buttons
from handlers import campaign_unchanged, menu
from handlers.turn import Turn
from storage import campaign_life, campaigns, progress_letter, senders, stoppable
from storage.campaigns import Campaign, State

_SHOWN = 6
_BY_SMS = 3


async def pause_campaign(turn: Turn, act: Act) -> Letter:
    return await _halt(turn, act, _pause)


async def resume_campaign(turn: Turn, act: Act) -> Letter:
    return await _halt(turn, act, _resume)


async def cancel_campaign(turn: Turn, act: Act) -> Letter:
    """By its button at once. A bare word pauses it first, and the second one calls it off: it stays off."""
    return await _halt(turn, act, _cancel if "campaign" in act.about else _pause_first)


async def _halt(turn: Turn, act: Act, step: Step) -> Letter:
    """Of the campaign that the button names; of the only one there is, where none was named."""
    campaign = await meant(turn, act)
    if isinstance(campaign, Letter):
        return campaign
    if act.intent == "resume_campaign" and _is_over(turn, campaign):
        await campaign_life.cancel(turn.tx, turn.now, campaign)
        return await campaign_unchanged.past_its_end(turn, campaign)
    why_not = await campaign_unchanged.unchanged(turn, _intent(act), campaign)
    if not why_not:
        await step(turn, campaign)
    letter = await _as_it_is_now(turn, act, campaign)
    if why_not:
        return letter._replace(chat="\n".join([why_not, letter.chat]), sms=why_not)
    if step is _resume and (late := campaign_unchanged.past_its_hour(turn, campaign)):
        return letter._replace(chat=late, sms=late)
    return _asked_for_more(turn, letter) if step is _pause_first and campaign.state != "paused" else letter


def _intent(act: Act) -> str:
    return "pause_campaign" if act.intent == "halt_campaign" else act.intent


def _is_over(turn: Turn, campaign: Campaign) -> bool:
    ends = campaign.expires_at
    return campaign.state == "paused" and ends is not None and ends <= turn.now


async def meant(turn: Turn, act: Act) -> Campaign | Letter:
    """The one named; else the one it can be said of, a question which, or that there is none."""
    if campaign_id := act.about.get("campaign"):
        campaign = await campaigns.by_id(turn.tx, campaign_id)
        if campaign is None or not await senders.may_stop(turn.tx, campaign, turn.actor.id):
            return _not_yours(turn)
        return campaign
    found = await stoppable.in_a_word(turn.tx, turn.actor.id, _FROM[_intent(act)])
    if len(found) == 1:
        return found[0]
    return await _which(turn, act, found) if found else await _none(turn, _intent(act))


async def _as_it_is_now(turn: Turn, act: Act, before: Campaign) -> Letter:
    now = await campaigns.by_id(turn.tx, before.id)
    assert now is not None
    found = await progress_letter.progress_of(turn.tx, turn.now, now)
    letter = await progress_letter.written(turn.tx, turn.now, turn.tongue.code, now, found)
    return letter._replace(rewrites="here" in act.about, choices=_below(turn, now))


def _below(turn: Turn, campaign: Campaign) -> tuple[tuple[Choice, ...], ...]:
    """By SMS none: 继续 is a word, and a number would pick something else an hour later."""
    return () if turn.by_sms else buttons(turn.tongue, campaign.id, campaign.state)


async def _which(turn: Turn, act: Act, found: Sequence[Campaign]) -> Letter:
    shown = found[: _BY_SMS if turn.by_sms else _SHOWN]
    titles = [await progress_letter.title_of(turn.tx, turn.tongue, one, turn.by_sms) for one in shown]
    rows = tuple(
        (turn.choice(title, _intent(act), campaign=one.id),) for title, one in zip(titles, shown, strict=True)
    )
    letter = Letter(chat=turn.say(_ASKS[_intent(act)]), choices=rows)
    return short.with_what_fits(letter) if turn.by_sms else letter


async def _none(turn: Turn, intent: str) -> Letter:
    """And what became of the last one, where there was one lately."""
    said = turn.say(_NOTHING[intent]) + await campaign_unchanged.of_the_last(turn, intent)
    return Letter(chat=said, choices=menu.for_office(turn))


def _not_yours(turn: Turn) -> Letter:
    return Letter(
        chat=turn.say("这是别人发的，您停不了。请找发的人，或他的上级书记。"), choices=menu.for_office(turn)
    )


async def _pause(turn: Turn, campaign: Campaign) -> None:
    await campaign_life.pause(turn.tx, campaign.id)


async def _resume(turn: Turn, campaign: Campaign) -> None:
    await campaign_life.resume(turn.tx, campaign.id)


async def _cancel(turn: Turn, campaign: Campaign) -> None:
    await campaign_life.cancel(turn.tx, turn.now, campaign)


async def _pause_first(turn: Turn, campaign: Campaign) -> None:
    await (_cancel if campaign.state == "paused" else _pause)(turn, campaign)


def _asked_for_more(turn: Turn, letter: Letter) -> Letter:
    return letter._replace(
        chat="\n".join([letter.chat, turn.say("真要取消，请再写一次“取消”，或点下面的按钮。")]),
        sms=turn.say("先暂停了。真要取消，请再回“取消”；接着发，回“继续”。"),
    )


Step = Callable[[Turn, Campaign], Awaitable[None]]

_FROM: Mapping[str, tuple[State, ...]] = {
    "pause_campaign": ("running", "planned"),
    "resume_campaign": ("paused",),
    "cancel_campaign": ("running", "paused", "planned"),
}
_ASKS = {
    "pause_campaign": N_("暂停哪一个？"),
    "resume_campaign": N_("继续发哪一个？"),
    "cancel_campaign": N_("取消哪一个？没发的就不发了。"),
}
_NOTHING = {
    "pause_campaign": N_("现在没有正在发的。"),
    "resume_campaign": N_("没有暂停着的。"),
    "cancel_campaign": N_("现在没有正在发的。"),
}
