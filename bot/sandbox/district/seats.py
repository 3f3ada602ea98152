"""Who sits in each branch: how long ago they were last heard of, and in what way they are reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from bot.sandbox.district.lives import (
    DECKHAND,
    GATEKEEPER,
    INSPECTOR,
    PLASTERER,
    TRUCKER,
    Life,
    draw_lives,
)
from bot.sandbox.district.names import Register
from bot.sandbox.district.parts import Cast
from bot.sandbox.district.tree import villages

# How members are reached: by what they write, only by a liaison who calls or visits, or never yet.
Reached = Literal["telegram", "sms", "by_liaison", "never"]

A_YEAR = 392  # the roster came in a little over a year ago, on one day
_DAYS_OF_THE_NEWCOMER = 9
_NEVER_HEARD_OF = 72
_SEEN_ONLY_BY_LIAISON = {(1, 9), (4, 8), (7, 8), (10, 8)}
_WITHOUT_A_NUMBER = {(4, 8), (10, 8)}


@dataclass(frozen=True, slots=True)
class Seat:
    """A member before there is a row: `last_heard`, `enrolled` and `quiet_for` are days from today.

    `last_heard` is days ago, for whoever never said a word those since enrolment; `quiet_for` is how long
    a planned absence still lasts, 0 where there is none.
    """

    branch: int
    name: str
    number: str
    last_heard: int
    life: Life
    reached: Reached = "sms"
    enrolled: int = A_YEAR
    quiet_for: int = 0
    quiet_reason: str = ""


def seats(rng: Random, register: Register, cast: Cast) -> list[Seat]:
    """All 106, branch by branch; in the first one the cast's three come first."""
    lives = iter(draw_lives(rng))
    drawn = list(_of_the_cast(cast))
    for branch, village in enumerate(villages()):
        taken = sum(seat.branch == branch for seat in drawn)
        silences = [
            *village.silent,
            *(rng.randint(31, 37) for _ in range(village.late)),
            *(rng.randint(28, 30) for _ in range(village.due)),
        ]
        fresh = [rng.randint(1, 25) for _ in range(village.members - taken - len(silences))]
        for index, days in enumerate([*silences, *fresh], start=taken):
            drawn.append(_seat(register, branch, index, days, lives))
    return sorted(drawn, key=lambda seat: seat.branch)


def _of_the_cast(cast: Cast) -> Iterator[Seat]:
    joined, newcomer, old_phone = cast.joined, cast.newcomer, cast.old_phone
    yield Seat(0, joined.name, joined.number, 26, PLASTERER, "telegram")
    yield Seat(
        0,
        newcomer.name,
        newcomer.number,
        _DAYS_OF_THE_NEWCOMER,
        INSPECTOR,
        "never",
        enrolled=_DAYS_OF_THE_NEWCOMER,
    )
    yield Seat(0, old_phone.name, old_phone.number, 28, GATEKEEPER)


def _seat(register: Register, branch: int, index: int, days: int, lives: Iterator[Life]) -> Seat:
    number = "" if (branch, index) in _WITHOUT_A_NUMBER else register.number()
    if (branch, index) == (0, 6):
        return _at_sea(register.name(), number)
    if (branch, index) == (5, 7):
        return _on_the_road(register.name(), number)
    seat = Seat(branch, register.name(), number, days, next(lives))
    if days == _NEVER_HEARD_OF:
        return replace(seat, reached="never", enrolled=days)
    if (branch, index) in _SEEN_ONLY_BY_LIAISON:
        return replace(seat, reached="by_liaison")
    return seat


def _at_sea(name: str, number: str) -> Seat:
    return Seat(0, name, number, 40, DECKHAND, quiet_for=24, quiet_reason="出海捕鱼,海上没有信号")


def _on_the_road(name: str, number: str) -> Seat:
    return Seat(5, name, number, 12, TRUCKER, quiet_for=33, quiet_reason="跑新疆长途,下月才回")
