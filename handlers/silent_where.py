"""失联 + a place that we do not know, or know several times."""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules import places
from content.rules.places import Place
from content.words import short
from handlers import menu
from handlers.turn import Turn


def not_a_place(turn: Turn, words: str) -> Letter:
    return Letter(
        chat=turn.say(
            "没认出“{place}”这个地方。请写省、市、区县的名字，比如“失联 苏州”；按天数查，写“失联 90”。",
            place=words,
        ),
        sms=turn.say(
            "没认出“{place}”这个地方。请写市、区县，如：失联 苏州；或天数，如：失联 90。", place=words
        ),
        choices=menu.for_office(turn),
    )


def ask_which(turn: Turn, act: Act) -> Letter:
    named = [place for code in act.options[:6] if (place := places.place_of(code))]
    rows = tuple(
        (Choice(_told_apart(place), Act(intent="silent", place=place.code, n=act.n)),) for place in named
    )
    letter = Letter(chat=turn.say("叫这个名字的地方不止一个，您问的是哪里？"), choices=rows)
    return short.with_what_fits(letter) if turn.by_sms else letter


def _told_apart(place: Place) -> str:
    """辽宁朝阳市, 北京朝阳区: a bare 朝阳 among others of its name tells nothing."""
    if place.code.endswith("00"):
        return place.name.replace("省", "")
    return place.short if place.short.endswith(place.name[-1]) else place.short + place.name[-1]
