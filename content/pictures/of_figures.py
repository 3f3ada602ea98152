"""The figures of a unit as a sheet. (S32)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from content.pictures.sheet import Bar, Fill, Part, Section, Sheet
from content.rules.figures import LENGTHS, PLACE_CLASSES, Figures, PlaceClass
from content.rules.industries import Industry
from content.words import figures as words
from content.words.catalogue import Tongue

_TRADES_SHOWN = 5
_FILLS: Mapping[PlaceClass, Fill] = {
    "out_of_province": "solid",
    "other_county": "hatched",
    "within_city": "dotted",
    "unknown": "plain",
}


def figures_sheet(t: Tongue, of: str, figures: Figures, today: date) -> Sheet:
    """`of` names whose figures they are: a unit, or those somebody looks after."""
    return Sheet(
        title=of,
        subtitle=t.say("外出党员统计 · {day}", day=t.day_and_year(today)),
        tiles=(
            (t.say("在管党员"), str(figures.managed)),
            (t.say("外出"), str(figures.out)),
            (t.say("在家"), str(figures.at_home)),
        ),
        sections=(
            Section(t.say("去哪里"), _places(t, figures)),
            Section(t.say("做什么"), _trades(t, figures)),
            Section(t.say("出去多久"), _lengths(t, figures)),
        ),
        foot=t.say("联动 · 省外、省内、市内以本支部所在地为准"),
    )


def most_first(trades: Mapping[Industry, int]) -> Sequence[tuple[Industry, int]]:
    """The trades that somebody works at, the commonest first; 其他 and 没登记 behind them."""
    last = {"other": 1, "unknown": 2}
    told = [(trade, n) for trade, n in trades.items() if n]
    return sorted(told, key=lambda one: (last.get(one[0], 0), -one[1], one[0]))


def _places(t: Tongue, figures: Figures) -> tuple[Bar, ...]:
    return tuple(
        _bar(t.say(words.PLACES[place]), figures.places.get(place, 0), figures.out, _FILLS[place])
        for place in PLACE_CLASSES
        if place != "unknown" or figures.places.get(place)
    )


def _trades(t: Tongue, figures: Figures) -> tuple[Bar, ...]:
    """The commonest by name; what is rarer goes together, for a phone shows few lines well."""
    named = [(trade, n) for trade, n in most_first(figures.trades) if trade not in ("other", "unknown")]
    other = figures.trades.get("other", 0)
    kept = _TRADES_SHOWN + (1 if len(named) == _TRADES_SHOWN + 1 and not other else 0)
    rest = sum(n for _, n in named[kept:]) + other
    shown = [*named[:kept], ("other", rest), ("unknown", figures.trades.get("unknown", 0))]
    return tuple(_bar(t.say(words.TRADES[trade]), n, figures.out) for trade, n in shown if n)


def _lengths(t: Tongue, figures: Figures) -> tuple[Bar, ...]:
    return tuple(
        _bar(t.say(words.LENGTHS[length]), figures.lengths.get(length, 0), figures.out)
        for length in LENGTHS
        if length != "unknown" or figures.lengths.get(length)
    )


def _bar(label: str, n: int, whole: int, fill: Fill = "solid") -> Bar:
    share = f"{round(100 * n / whole)}%" if whole and n else ""
    return Bar(label, (Part(n, fill),), str(n), share)
