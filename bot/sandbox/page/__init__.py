"""Phones in a browser: the page of `make demo`."""

from bot.sandbox.page.routes import page_routes
from bot.sandbox.page.stage import Bilingual, PhoneOnStage, Stage, Step, Suggestion

__all__ = ["Bilingual", "PhoneOnStage", "Stage", "Step", "Suggestion", "page_routes"]
