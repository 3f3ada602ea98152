"""只发柳湾村, 不发给石远: the audience in the sender's own words, looked up among those in sight."""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Choice, Letter
from content.rules.audience import EVERYBODY, Audience
from content.rules.audience_words import Said, parted, read_audience
from content.rules.places import place_of, prefix_of
from content.words import short
from handlers.campaign import drafted, which
from handlers.campaign.preview import preview_letter
from handlers.turn import Turn
from handlers.which_member import which_member
from handlers.which_unit import which_unit
from storage import audience, drafts, members
from storage.drafts import Draft
from storage.files import Member

# More than so many are no list of people any more.
MOST = 200
_PLACES_ASKED = 6


async def only_for(turn: Turn, act: Act) -> Letter:
    """For these alone; whoever was left out stays left out."""
    draft = await drafted.own(turn, act)
    if draft is None:
        return drafted.none_begun(turn)
    if draft.state != "draft":
        return drafted.settled(turn, draft)
    asked = await aim(turn, draft, act.text, act)
    if asked or drafted.is_empty(draft):
        return asked or await which.next_step(turn, await drafted.again(turn, draft))
    return await preview_letter(turn, await drafted.again(turn, draft))


async def not_for(turn: Turn, act: Act) -> Letter:
    """Without these, whoever they are at this moment."""
    draft = await drafted.own(turn, act)
    if draft is None:
        return drafted.none_begun(turn)
    if draft.state != "draft":
        return drafted.settled(turn, draft)
    asked = await _leave_out(turn, draft, act.text, act)
    return asked or await preview_letter(turn, await drafted.again(turn, draft))


async def aim(turn: Turn, draft: Draft, text: str, act: Act | None = None) -> Letter | None:
    """Point the draft at whom the words mean; a letter where that has to be asked first."""
    text, but_not = parted(text)
    if but_not and (asked := await _leave_out(turn, draft, but_not, Act(intent="not_for"))):
        return asked
    draft = await drafted.again(turn, draft)
    found = await _meant(turn, draft, text, act or Act(intent="only_for"), "only_for")
    if isinstance(found, Letter):
        return found
    await drafts.aim(turn.tx, draft, found._replace(but_not=draft.audience.but_not))
    return None


async def _leave_out(turn: Turn, draft: Draft, text: str, act: Act) -> Letter | None:
    found = await _meant(turn, draft, text, act, "not_for")
    if isinstance(found, Letter):
        return found
    without = await _as_people(turn, found)
    if len(without) > MOST:
        return Letter(chat=turn.say("这样要去掉 {n} 人以上，请改写“只发……”，写要发给谁。", n=MOST))
    left_out = tuple(dict.fromkeys((*draft.audience.but_not, *without)))
    await drafts.aim(turn.tx, draft, draft.audience._replace(but_not=left_out))
    return None


async def _meant(turn: Turn, draft: Draft, text: str, act: Act, intent: str) -> Audience | Letter:
    about = act.about
    if about.get("id"):
        return Audience(only=(about["id"],), also_at_home=True)
    if about.get("unit"):
        return Audience(units=tuple(unit.path for unit in await which.units_named(turn, "", about["unit"])))
    if act.place:
        return Audience(places=(prefix_of(act.place),))
    said = read_audience(text)
    if said.everybody:
        return EVERYBODY
    if said.unsettled:
        return _which_place(turn, draft, said.unsettled, intent)
    return await _looked_up(turn, draft, said, text, intent)


async def _looked_up(turn: Turn, draft: Draft, said: Said, text: str, intent: str) -> Audience | Letter:
    """Names are those of units first; of people where no unit has them."""
    paths: list[str] = []
    people: list[str] = []
    for name in said.names:
        if found := await which.units_named(turn, name):
            if len(found) > 1:
                return await which_unit(turn, turn.say("您说的是哪一个？"), found, intent)
            paths.append(found[0].path)
            continue
        called = await members.called(turn.tx, turn.viewer, name)
        exact = [one for one in called if one.name == name] or called
        if len(exact) != 1:
            return await _which_person(turn, draft, name, exact, intent)
        people.append(exact[0].id)
    meant = Audience(tuple(paths), said.places, said.trades, said.standings, said.languages, tuple(people))
    return nobody_meant(turn, text) if meant == EVERYBODY else meant


async def _which_person(turn: Turn, draft: Draft, name: str, found: Sequence[Member], intent: str) -> Letter:
    if not found:
        return nobody_meant(turn, name)
    head = turn.say("叫这个名字的有 {n} 人，您说的是哪一位？", n=len(found))
    return await which_member(turn, head, found, intent, draft=draft.id)


def nobody_meant(turn: Turn, words: str) -> Letter:
    said = short.shortened(words, 12)
    return Letter(
        chat=turn.say(
            "没找到“{words}”。请写您负责的支部、地方、行业或人名，比如“只发柳湾村”“只发昆山的建筑工人”。",
            words=said,
        ),
        sms=turn.say("没找到“{words}”。请写支部、地方、行业或人名，如：只发昆山。", words=said),
    )


def _which_place(turn: Turn, draft: Draft, codes: Sequence[str], intent: str) -> Letter:
    places = [place for code in codes[:_PLACES_ASKED] if (place := place_of(code))]
    rows = tuple(
        (Choice(place.short, Act(intent=intent, place=place.code, about={"draft": draft.id})),)
        for place in places
    )
    letter = Letter(chat=turn.say("叫这个名字的地方不止一个，您说的是哪里？"), choices=rows)
    return short.with_what_fits(letter) if turn.by_sms else letter


async def _as_people(turn: Turn, meant: Audience) -> list[str]:
    if meant.only and meant == Audience(only=meant.only, also_at_home=meant.also_at_home):
        return list(meant.only)
    found = await audience.page(turn.tx, turn.viewer, meant, turn.now, turn.actor.id, limit=MOST + 1)
    return [member.id for member, _, _ in found]
