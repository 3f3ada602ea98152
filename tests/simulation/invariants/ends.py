"""How a campaign ended for each of its people: by exactly one of four ways."""

from __future__ import annotations

import sqlite3

from tests.simulation.invariants.invariant import Found, Invariant

# Whoever still has a step before them is on the ladder, and has not ended.
_AT_AN_END = """SELECT r.person_id, r.step, r.why, r.answered_at IS NOT NULL answered, o.state,
(SELECT count(*) FROM tasks t WHERE t.campaign_id = r.campaign_id AND t.member_id = r.person_id
AND t.kind = 'tell' AND t.closed_at IS NULL) open_tasks
FROM campaign_recipients r JOIN campaigns c ON c.id = r.campaign_id
LEFT JOIN outbox o ON o.id = r.letter_id
WHERE c.state = 'finished' AND r.next_step_at IS NULL"""


class OneEndEach(Invariant):
    """Of a finished campaign everybody has it, was told, is somebody's open task, or is missing for a reason.

    One of these, and no other: an account that counts somebody in two of them says more than it knows.
    """

    name = "one end each"

    def day_ends(self) -> Found:
        for row in self.world.records.all(_AT_AN_END):
            ends = [name for name, is_so in self._ends(row).items() if is_so]
            if len(ends) != 1:
                whose = self.world.book.called(row["person_id"])
                told = f"step {row['step']}, letter {row['state']}, why {row['why']}"
                yield f"{whose} ended as {' and '.join(ends) or 'nothing'}: {told}"

    def at_the_end(self) -> Found:
        yield from self.day_ends()

    def _ends(self, row: sqlite3.Row) -> dict[str, bool]:
        step, state, answered = row["step"], row["state"], row["answered"]
        arrived = step == "letter" and state in ("accepted", "delivered")
        return {
            "delivered": bool(answered or arrived),
            "told": step == "told" and not answered,
            "an open task": row["open_tasks"] > 0,
            "missing": step in ("not_told", "left_out") and bool(row["why"]) and not answered,
        }
