"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.settings import Settings
from content.words.catalogue import Tongue

State = Literal["ok", "warn", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is its name for machines, `told` what was seen, `todo` what to do, empty where it is well.

    Neither holds a secret or anybody's words.
    """

    check: str
    state: State
    told: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined, at which moment, and in which language it is told."""

    settings: Settings
    t: Tongue
    now: datetime


def in_one_language(told: str, language: str) -> str:
    """An exception of ours speaks both languages, Chinese first."""
    lines = told.split("\n") if "\n" in told else told.split(" / ")
    return lines[0] if language == "zh" else lines[-1]
