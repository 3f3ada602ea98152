"""按支部, 按地方, 按行业, 按状态: what there is to choose from, with how many each would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from content.act import Act
from content.letter import Choice, Letter, Rows
from content.rules.places import ABROAD
from content.words.figures import TRADES
from content.words.standing import STANDINGS
from handlers.campaign import drafted
from handlers.campaign.spelled_whom import LANGUAGES, place_named
from handlers.campaign.whom import so_far
from handlers.turn import Turn
from storage import audience, drafts, unit_names
from storage.drafts import Draft

A_PAGE = 8
_LEAFED_THROUGH = 3 * A_PAGE
_MUNICIPALITIES = ("11", "12", "31", "50")

_NAMES: Mapping[str, str] = {
    **{str(trade): said for trade, said in TRADES.items()},
    **{str(standing): said for standing, said in STANDINGS.items()},
    **LANGUAGES,
}
_ORDER = tuple(_NAMES)


async def draft_by(turn: Turn, act: Act) -> Letter:
    """The values of one kind with how many each would be; `value` is the one that was tapped."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    by, start = act.about["by"], int(act.about.get("from", "0"))
    if value := act.about.get("value"):
        draft = await _tapped(turn, draft, by, value)
    offered = await _offered(turn, draft, by)
    here = {"draft": draft.id, "by": by, "from": str(start)}
    chosen = getattr(draft.audience, by)
    rows = [
        (turn.choice(await _label(turn, by, value, n, value in chosen), "draft_by", **here, value=value),)
        for value, n in offered[start : start + A_PAGE]
    ]
    said = await so_far(turn, draft)
    return Letter(
        chat=said if offered else turn.say("{said}\n这里没有可挑的：还没登记。", said=said),
        choices=(*rows, *_ways_on(turn, here, start, len(offered))),
        rewrites=bool(turn.word.token),
    )


async def _tapped(turn: Turn, draft: Draft, by: str, value: str) -> Draft:
    these = getattr(draft.audience, by)
    these = tuple(one for one in these if one != value) if value in these else (*these, value)
    await drafts.aim(turn.tx, draft, draft.audience.having(by, these))
    return await drafted.again(turn, draft)


async def _offered(turn: Turn, draft: Draft, by: str) -> list[tuple[str, int]]:
    """(value, how many), of whatever else is chosen already."""
    of = draft.audience.having(by, ())
    found = await audience.counted(turn.tx, turn.viewer, of, turn.now, by, turn.actor.id)
    if by == "places":
        return _by_city(found)
    return _by_unit(found) if by == "units" else sorted(found, key=lambda one: _ORDER.index(one[0]))


def _by_unit(found: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Each by itself; where nobody would leaf through so many, those one level below what all share."""
    paths = [path.rstrip("/").split("/") for path, _ in found]
    if len(paths) <= _LEAFED_THROUGH:
        return list(found)
    shared = next(
        (at for at, steps in enumerate(zip(*paths, strict=False)) if len(set(steps)) > 1),
        len(min(paths, key=len)),
    )
    together: Counter[str] = Counter()
    for steps, (_, n) in zip(paths, found, strict=True):
        together["".join(f"{step}/" for step in steps[: shared + 1])] += n
    return list(together.items())


def _by_city(found: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The most first: where many live there is a list of its own for them."""
    cities: Counter[str] = Counter()
    for code, n in found:
        if code and code != ABROAD:
            cities[code[: 2 if code[:2] in _MUNICIPALITIES else 4]] += n
    return cities.most_common()


async def _label(turn: Turn, by: str, value: str, n: int, chosen: bool) -> str:
    label = turn.say("{name} {n} 人", name=await _named(turn, by, value), n=n)
    return f"✓ {label}" if chosen else label


async def _named(turn: Turn, by: str, value: str) -> str:
    if by == "units":
        return (await unit_names.told_apart(turn.tx, turn.viewer, [value]))[value]
    return place_named(value) if by == "places" else turn.say(_NAMES[value])


def _ways_on(turn: Turn, here: dict[str, str], start: int, n: int) -> Rows:
    def page(label: str, first: int) -> Choice:
        return turn.choice(label, "draft_by", **{**here, "from": str(first)})

    pages = [page(turn.say("上一页"), max(0, start - A_PAGE))] if start else []
    pages += [page(turn.say("下一页"), start + A_PAGE)] if n > start + A_PAGE else []
    done = turn.choice(turn.say("选好了"), "draft_whom", draft=here["draft"])
    return (tuple(pages), (done,)) if pages else ((done,),)
