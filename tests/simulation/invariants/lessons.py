"""A campaign accounts for each for whom it was: nobody is in two places or none."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.simulation.invariants.invariant import Found, Invariant
from tests.simulation.records import microseconds

if TYPE_CHECKING:
    from tests.simulation.world import World

# A campaign that began so long before the end is over by then.
_TIME_ENOUGH = timedelta(days=2)
_STEPS = {"waiting", "letter", "voice", "told", "not_told", "left_out"}
_STATES = {"pending", "held", "sending", "accepted", "delivered", "unknown", "failed"}
_ACCOUNT = """SELECT r.person_id, r.step, r.letters, o.state, c.state campaign FROM campaign_recipients r
JOIN campaigns c ON c.id = r.campaign_id
LEFT JOIN outbox o ON o.id = r.letter_id AND o.campaign_id = r.campaign_id AND o.person_id = r.person_id
WHERE r.campaign_id = ?"""
# Each letter of a campaign is one that its recipients' account knows of.
_STRAY = """SELECT o.person_id FROM outbox o LEFT JOIN campaign_recipients r
ON r.campaign_id = o.campaign_id AND r.person_id = o.person_id
WHERE o.campaign_id = ? GROUP BY o.person_id HAVING count(o.id) > coalesce(max(r.letters), 0)"""


class Accounted(Invariant):
    """Of a campaign that went out, everybody in its audience is a recipient, each at one step."""

    name = "campaign accounted for"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._seen: set[str] = set()

    def calm(self) -> Found:
        """The audience is who there was when it was written down: it is looked at in that moment."""
        for campaign in self.world.records.all(
            "SELECT id, made_by FROM campaigns WHERE listed_at > ?",
            microseconds(self.world.clock.now() - timedelta(minutes=1)),
        ):
            if campaign["id"] not in self._seen:
                self._seen.add(campaign["id"])
                yield from self._account(campaign["id"])
                yield from self._everybody(campaign["id"], campaign["made_by"])

    def day_ends(self) -> Found:
        for campaign_id in sorted(self._seen):
            yield from self._account(campaign_id)

    def at_the_end(self) -> Found:
        yield from self.day_ends()
        begun = microseconds(self.world.clock.now() - _TIME_ENOUGH)
        for row in self.world.records.all(
            "SELECT state FROM campaigns WHERE state IN ('planned', 'running') AND planned_for < ?", begun
        ):
            yield f"a campaign that began days ago is {row['state']}"

    def _account(self, campaign_id: str) -> Found:
        for row in self.world.records.all(_ACCOUNT, campaign_id):
            whose = self.world.book.called(row["person_id"])
            if row["step"] not in _STEPS:
                yield f"{whose} is at no step: {row['step']}"
            elif row["step"] == "letter" and row["state"] not in _STATES:
                yield f"{whose} was written to, and there is no letter"
            elif row["step"] == "waiting" and row["campaign"] == "finished":
                yield f"{whose} still waits for a campaign that is over"
        for row in self.world.records.all(_STRAY, campaign_id):
            whose = self.world.book.called(row["person_id"])
            yield f"more letters of one campaign to {whose} than it knows of"

    def _everybody(self, campaign_id: str, made_by: str) -> Found:
        """Whoever is out, of the branches its sender answers for: also whom no door reaches."""
        for row in self.world.records.all(
            """SELECT m.person_id FROM members m
            JOIN offices o ON o.person_id = ?1 JOIN units u ON u.id = o.unit_id
            WHERE o.role IN ('secretary', 'committee') AND substr(m.unit_path, 1, length(u.path)) = u.path
            AND m.whereabouts = 'out'
            AND m.person_id NOT IN (SELECT person_id FROM campaign_recipients WHERE campaign_id = ?2)""",
            made_by,
            campaign_id,
        ):
            yield f"{self.world.book.called(row['person_id'])} is not among those a campaign was for"
