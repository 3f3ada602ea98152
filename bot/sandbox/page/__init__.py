"""Phones in a browser: the page of `make demo`."""

from bot.sandbox.page.routes import page_routes
from bot.sandbox.page.stage import Bilingual, NobodyThere, PhoneOnStage, Stage, Step, Suggestion, Waiting

__all__ = [
    "Bilingual",
    "NobodyThere",
    "PhoneOnStage",
    "Stage",
    "Step",
    "Suggestion",
    "Waiting",
    "page_routes",
]
