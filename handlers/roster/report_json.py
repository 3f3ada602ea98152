"""A plan as another program reads it: cells to the letter, for it must find them in the workbook again."""

from __future__ import annotations

import json

from content.words.catalogue import Tongue, tongue
from handlers.roster.planned import OUTCOMES, Plan
from handlers.roster.wording import reason_of


def as_json(plan: Plan, said_in: Tongue | None = None) -> str:
    """{"added", "changed", "unchanged", "merged", "refused": […], "unclear": […]}."""
    t = said_in or tongue("zh")
    return json.dumps(
        {
            **{outcome: plan.count(outcome) for outcome in OUTCOMES},
            "refused": [
                {"sheet": one.sheet, "row": one.row, "reason": reason_of(one, t)} for one in plan.refused
            ],
            "unclear": [
                {
                    "sheet": cell.sheet,
                    "row": cell.row,
                    "field": cell.field,
                    "value": cell.typed,
                    "reason": reason_of(cell, t),
                }
                for cell in plan.unclear
            ],
        },
        ensure_ascii=False,
    )
