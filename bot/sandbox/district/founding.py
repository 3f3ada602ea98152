"""The district is founded in one transaction: units, people, files, and all that was heard in a year."""

from __future__ import annotations

from datetime import datetime
from random import Random

from bot.sandbox.district.ledger import keep_the_year
from bot.sandbox.district.moves import with_moves
from bot.sandbox.district.names import Register
from bot.sandbox.district.officers import Officers, appoint
from bot.sandbox.district.parts import Cast, CastIds, District
from bot.sandbox.district.roll import call_the_roll, fill_in_files
from bot.sandbox.district.seats import A_YEAR, seats
from bot.sandbox.district.tree import Tree, found_units
from bot.sandbox.district.year import Calendar, contacts_of
from storage.database import Transaction

_SEED = 20120731  # the day the figures of D2 stand for


async def found_district(tx: Transaction, now: datetime, cast: Cast) -> District:
    """The same people for every `now`; standings are counted back from it, and nothing is yet to be sent.

    The cast's five are among them, by the names and numbers given. All others have numbers that ring
    nowhere in the sandbox.
    """
    rng, days = Random(_SEED), Calendar(now)  # noqa: S311 - a made-up district, the same each time
    register = Register(rng, [p.name for p in cast.players()], [p.number for p in cast.players()])
    roster = seats(rng, register, cast)
    founded = days.at(A_YEAR, 9)
    tree = await found_units(tx, founded)
    officers = await appoint(tx, founded, tree, cast, register, roster)
    ids = await call_the_roll(tx, days, tree, officers, roster, cast)
    enrolled = await fill_in_files(tx, rng, days, roster, ids)
    told = [((seat, member), contacts_of(rng, days, seat, member)) for seat, member in enrolled]
    await keep_the_year(tx, days, *with_moves(rng, told))
    return _district(tree, officers, ids)


def _district(tree: Tree, officers: Officers, ids: list[str]) -> District:
    liaisons = tuple(liaison for shared in officers.liaisons for liaison in shared)
    return District(
        root=tree.root,
        townships=tree.townships,
        branches=tree.branches,
        members=tuple(ids),
        liaisons=liaisons,
        secretaries=officers.secretaries,
        committee=officers.committee,
        admin=officers.admin,
        cast=CastIds(ids[0], ids[1], ids[2], liaisons[0], officers.secretaries[0]),
    )
