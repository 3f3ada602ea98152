"""Whom 昆山的建筑工人, 石桥支部, 石远 mean, looked up among those in sight; and what has to be asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from content.act import Act
from content.letter import Choice, Letter
from content.rules.audience import EVERYBODY, Audience
from content.rules.audience_words import Said, read_audience
from content.rules.places import place_of, prefix_of
from content.words import short
from handlers.campaign import which
from handlers.turn import Turn
from handlers.which_member import which_member
from handlers.which_unit import which_unit
from storage import members
from storage.drafts import Draft

_PLACES_ASKED = 6
_A_PLACE = "place"


class Told(NamedTuple):
    """The words as a whole, and what was answered of the names in them that several bear.

    While it is asked which one is meant, the others in the same words are not forgotten.
    """

    intent: str
    words: str
    answered: Mapping[str, str]


def told_by(act: Act) -> Told:
    """What was typed; or the words that a question was about, with its answer."""
    answered = dict(json.loads(act.about.get("answered", "{}")))
    if name := act.about.get("name"):
        answered[name] = act.about.get("id") or act.about.get("unit") or act.place
    return Told(act.intent, act.about.get("whom", act.text), answered)


async def meant(turn: Turn, draft: Draft, told: Told, text: str) -> Audience | Letter:
    said = read_audience(text)
    if said.everybody:
        return EVERYBODY
    if said.unsettled and _A_PLACE not in told.answered:
        return _which_place(turn, draft, told, said.unsettled)
    if said.unsettled:
        said = said._replace(places=(*said.places, prefix_of(told.answered[_A_PLACE])))
    return await _looked_up(turn, draft, told, said, text)


async def _looked_up(turn: Turn, draft: Draft, told: Told, said: Said, text: str) -> Audience | Letter:
    """Names are those of units first; of people where no unit has them."""
    paths: list[str] = []
    people: list[str] = []
    for name in said.names:
        answer = told.answered.get(name, "")
        units = await which.units_named(turn, name)
        if len(units) > 1:
            units = [one for one in units if one.id == answer] or units
        if len(units) > 1:
            letter = await which_unit(turn, turn.say("您说的是哪一个？"), units, told.intent)
            return _with_the_rest(letter, draft, told, name)
        if units:
            paths.append(units[0].path)
            continue
        called = await members.called(turn.tx, turn.viewer, name)
        called = [one for one in called if one.name == name] or called
        called = [one for one in called if one.id == answer] or called
        if not called:
            return nobody_meant(turn, name, draft)
        if len(called) > 1:
            head = turn.say("叫这个名字的有 {n} 人，您说的是哪一位？", n=len(called))
            return _with_the_rest(await which_member(turn, head, called, told.intent), draft, told, name)
        people.append(called[0].id)
    found = Audience(tuple(paths), said.places, said.trades, said.standings, said.languages, tuple(people))
    if found == EVERYBODY:
        return nobody_meant(turn, text, draft)
    # Somebody who was named is meant wherever they are.
    return found._replace(also_at_home=found == Audience(only=found.only))


def nobody_meant(turn: Turn, words: str, draft: Draft) -> Letter:
    said = short.shortened(words, 12)
    if draft.audience.unsettled:
        return Letter(
            chat=turn.say(
                "没找到“{words}”，还没定发给谁，不会发。请写您负责的支部、地方、行业或人名，"
                "比如“只发柳湾村”；发给所有人，写“全部”。",
                words=said,
            ),
            sms=turn.say(
                "没找到“{words}”，不会发。请写支部、地方或人名，如：只发昆山，或“全部”。", words=said
            ),
        )
    return Letter(
        chat=turn.say(
            "没找到“{words}”，发给谁没有改。请写您负责的支部、地方、行业或人名，比如“只发柳湾村”“只发昆山的建筑工人”。",
            words=said,
        ),
        sms=turn.say("没找到“{words}”，没有改。请写支部、地方、行业或人名，如：只发昆山。", words=said),
    )


def _which_place(turn: Turn, draft: Draft, told: Told, codes: Sequence[str]) -> Letter:
    places = [place for code in codes[:_PLACES_ASKED] if (place := place_of(code))]
    rows = tuple((Choice(place.short, Act(intent=told.intent, place=place.code)),) for place in places)
    letter = Letter(chat=turn.say("叫这个名字的地方不止一个，您说的是哪里？"), choices=rows)
    return _with_the_rest(short.with_what_fits(letter) if turn.by_sms else letter, draft, told, _A_PLACE)


def _with_the_rest(letter: Letter, draft: Draft, told: Told, name: str) -> Letter:
    """Each answer brings back all that was said."""
    answered = json.dumps(dict(told.answered), ensure_ascii=False)
    rest = {"draft": draft.id, "whom": told.words, "name": name, "answered": answered}

    def whole(choice: Choice) -> Choice:
        return Choice(choice.label, choice.act._replace(about={**choice.act.about, **rest}))

    return letter._replace(choices=tuple(tuple(whole(one) for one in row) for row in letter.choices))
