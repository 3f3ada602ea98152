"""Who plays on the demo's page, and what there is of the district when it stands."""

from __future__ import annotations

from dataclasses import dataclass

from storage.units import Unit


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody whose phone is on the page. `number` is E.164; `chat_id` is None on an old phone."""

    name: str
    number: str
    chat_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """All five belong to one village branch.

    `joined` writes by chat and is reminded from tomorrow on. `newcomer` is on the roster and waits to be
    invited, whatever phone they hold. `old_phone` writes by SMS; his word is due in two days, and he is
    the only one due whom nobody has reminded yet. `liaison` looks after these three and five more.
    `secretary` keeps the branch and sits on the township's committee, so she sees four villages.
    """

    joined: Player
    newcomer: Player
    old_phone: Player
    liaison: Player
    secretary: Player

    def players(self) -> tuple[Player, ...]:
        return self.joined, self.newcomer, self.old_phone, self.liaison, self.secretary


@dataclass(frozen=True, slots=True)
class CastIds:
    """The cast as the database knows them: ids of persons."""

    joined: str
    newcomer: str
    old_phone: str
    liaison: str
    secretary: str


@dataclass(frozen=True, slots=True)
class District:
    """Units from the top down; ids of persons by what they are, the cast's among them."""

    root: Unit
    townships: tuple[Unit, ...]
    branches: tuple[Unit, ...]
    members: tuple[str, ...]
    liaisons: tuple[str, ...]
    secretaries: tuple[str, ...]
    committee: tuple[str, ...]
    admin: str
    cast: CastIds
