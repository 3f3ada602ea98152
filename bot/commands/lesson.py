"""`lesson`: what an operator does with lessons, each of it in a file of its own."""

from __future__ import annotations

import click

from bot.commands.lesson_check import check
from bot.commands.lesson_coverage import coverage
from bot.commands.lesson_list import list_lessons
from bot.commands.lesson_send import send
from bot.commands.lesson_templates import templates


@click.group(help="微党课 / lessons", commands=[check, list_lessons, send, coverage, templates])
def lesson() -> None:
    """The settings are read by each command that needs them: `check` works without any."""
