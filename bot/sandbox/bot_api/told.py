"""An answer with Telegram's own remark beside the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    result: Any
    description: str

    def as_json(self) -> dict[str, Any]:
        return {"ok": True, "result": self.result, "description": self.description}
