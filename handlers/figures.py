"""统计: the three places, the trades and how long, as a picture with the numbers beneath. (S32)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Drawing, Letter
from content.pictures.of_figures import figures_sheet, most_first
from content.rules.figures import Figures
from content.words import figures as words
from handlers import menu
from handlers.turn import Turn
from handlers.which_unit import is_named, units_meant, which_unit
from storage import figures as counting
from storage.offices import Office
from storage.units import Unit

_TRADES_NAMED = 3


async def figures(turn: Turn, act: Act) -> Letter:
    """Of all whom the one who asks may see, or of one unit below them: 统计 柳湾."""
    if not is_named(act):
        return await _letter(turn, act, None)
    found = await units_meant(turn, act)
    if len(found) == 1:
        return await _letter(turn, act, found[0])
    return (
        await which_unit(turn, turn.say("您问的是哪一个？"), found, "figures")
        if found
        else _nowhere(turn, act)
    )


async def _letter(turn: Turn, act: Act, unit: Unit | None) -> Letter:
    found = await counting.counted(turn.tx, turn.viewer, turn.today, unit)
    of = unit.name if unit else _whose(turn)
    a4 = act.about.get("paper") == "a4"
    name = f"figures-{turn.today.isoformat()}.png"
    sheet = figures_sheet(turn.tongue, of, found, turn.today)
    drawing = Drawing(name, sheet, "a4" if a4 else "phone")
    caption = "\n".join([*_lines(turn, of, found), *_without_home(turn, found)])
    return Letter(
        chat=turn.say("{unit}：A4 打印版。", unit=of) if a4 else caption,
        sms=_in_short(turn, found),
        picture=None if a4 else drawing,
        document=drawing if a4 else None,
        choices=() if turn.by_sms or a4 else (_to_print(turn, unit), *menu.for_office(turn)),
    )


def _whose(turn: Turn) -> str:
    """The units looked after, by their names; of a liaison, those entrusted to them."""
    held = [office for office in turn.actor.offices if turn.viewer.sees_unit(office.unit_path)]
    highest = [o for o in held if not any(o.unit_path != x.unit_path and _is_above(x, o) for x in held)]
    names = list(dict.fromkeys(office.unit for office in highest))
    return turn.say("、").join(names) if names else turn.say("我联系的党员")


def _is_above(one: Office, other: Office) -> bool:
    return other.unit_path.startswith(one.unit_path)


def _lines(turn: Turn, of: str, found: Figures) -> list[str]:
    trades = [
        turn.say("{what} {n}", what=turn.say(words.TRADES[trade]), n=n)
        for trade, n in most_first(found.trades)[:_TRADES_NAMED]
        if trade not in ("other", "unknown")
    ]
    return [
        turn.say(
            "{unit}：在管 {managed} 人，外出 {out} 人，在家 {home} 人",
            unit=of,
            managed=found.managed,
            out=found.out,
            home=found.at_home,
        ),
        turn.say(
            "省外 {far}，省内外县（市区）{near}，市内 {here}，不明 {unknown}。",
            far=found.places.get("out_of_province", 0),
            near=found.places.get("other_county", 0),
            here=found.places.get("within_city", 0),
            unknown=found.places.get("unknown", 0),
        ),
        *([turn.say("做得最多的：{trades}。", trades=turn.say("、").join(trades))] if trades else []),
    ]


def _without_home(turn: Turn, found: Figures) -> list[str]:
    if not found.units_without_home:
        return []
    return [
        turn.say(
            "{units}没有写明所在地，算不出省外省内。请管理员在电脑上用 python -m bot home 写明。",
            units=turn.say("、").join(found.units_without_home),
        )
    ]


def _in_short(turn: Turn, found: Figures) -> str:
    return turn.say(
        "外出{out}人：省外{far}，省内外县{near}，市内{here}，不明{unknown}。在家{home}人。",
        out=found.out,
        far=found.places.get("out_of_province", 0),
        near=found.places.get("other_county", 0),
        here=found.places.get("within_city", 0),
        unknown=found.places.get("unknown", 0),
        home=found.at_home,
    )


def _to_print(turn: Turn, unit: Unit | None) -> tuple[Choice, ...]:
    about = {"paper": "a4", **({"unit": unit.id} if unit else {})}
    return (turn.choice(turn.say("打印版（A4）"), "figures", **about),)


def _nowhere(turn: Turn, act: Act) -> Letter:
    return Letter(
        chat=turn.say("您负责的范围里没有“{unit}”。写“统计”看全部。", unit=act.text),
        choices=menu.for_office(turn),
    )
