"""`campaign`: what an operator sees and does of what is being sent, each of it in a file of its own."""

from __future__ import annotations

import click

from bot.commands.campaign_list import list_campaigns
from bot.commands.campaign_show import show
from bot.commands.campaign_stop import cancel, pause, resume


@click.group(
    help="发出去的课和通知：看、暂停、继续、取消 / what is sent: look, pause, resume, cancel",
    commands=[list_campaigns, show, pause, resume, cancel],
)
def campaign() -> None:
    """The settings are read by each command."""
