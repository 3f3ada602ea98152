"""Who may do what. A person may hold several roles; the highest decides the menu."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["member", "liaison", "secretary", "committee", "admin"]

ROLES: tuple[Role, ...] = get_args(Role)


def highest(roles: frozenset[Role]) -> Role:
    return max(roles, key=ROLES.index, default="member")


def may(roles: frozenset[Role], needed: Role) -> bool:
    """Whether one of the roles is `needed` or stands above it."""
    return any(ROLES.index(role) >= ROLES.index(needed) for role in roles)
