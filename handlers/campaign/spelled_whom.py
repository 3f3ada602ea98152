"""Whom a draft is for, in one sentence: 柳湾村党支部，在苏州昆山，建筑装修，不含石远."""

from __future__ import annotations

from collections.abc import Sequence

from content.rules.audience import Audience
from content.rules.names import masked
from content.rules.places import ABROAD, place_of
from content.words.catalogue import N_
from content.words.figures import TRADES
from content.words.standing import STANDINGS
from handlers.turn import Turn
from storage import members, unit_names
from storage.viewer import Viewer

_NAMED = 3
LANGUAGES = {"zh": N_("看中文的"), "en": N_("看英文的")}


async def spelled(turn: Turn, audience: Audience, viewer: Viewer, everybody: str = "") -> str:
    """For the reader of this turn, in the eyes of the one who sends it; all of them are `everybody`."""
    said = [
        await _units(turn, audience.units),
        turn.say("在{places}", places=turn.say("、").join(map(place_named, audience.places)))
        if audience.places
        else "",
        turn.say("、").join(turn.say(TRADES[trade]) for trade in audience.trades),  # type: ignore[index]
        turn.say("、").join(turn.say(STANDINGS[one]) for one in audience.standings),  # type: ignore[index]
        turn.say("、").join(turn.say(LANGUAGES[one]) for one in audience.languages),
        await _people(turn, audience.only, viewer),
    ]
    if audience.unsettled:
        return turn.say("还没定")
    everybody = everybody or (turn.say("全部") if turn.by_sms else turn.say("您负责的全部外出党员"))
    narrowed = turn.say("，").join(filter(None, said)) or everybody
    if not audience.but_not:
        return narrowed
    return turn.say(
        "{whom}，不含{people}", whom=narrowed, people=await _people(turn, audience.but_not, viewer)
    )


def place_named(prefix: str) -> str:
    """苏州昆山, 江苏: as people say it."""
    if prefix == ABROAD:
        return prefix
    place = place_of(prefix.ljust(6, "0"))
    return (place.short or place.name) if place else prefix


async def _units(turn: Turn, paths: Sequence[str]) -> str:
    called = await unit_names.told_apart(turn.tx, turn.viewer, paths[:_NAMED])
    named = [called[path] for path in paths[:_NAMED] if path in called]
    return turn.say("、").join(named) + _more(turn, paths)


async def _people(turn: Turn, ids: Sequence[str], viewer: Viewer) -> str:
    """By SMS without their names: others may read along."""
    if not ids:
        return ""
    found = [await members.find(turn.tx, viewer, one) for one in ids[:_NAMED]]
    names = [masked(one.name) if turn.by_sms else one.name for one in found if one]
    return turn.say("、").join(names) + _more(turn, ids)


def _more(turn: Turn, these: Sequence[str]) -> str:
    return turn.say("等 {n} 个", n=len(these)) if len(these) > _NAMED else ""
