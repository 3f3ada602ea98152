"""What an operator can do at the command line, one command a file."""

from __future__ import annotations

import click

from bot.commands.backup import backup
from bot.commands.demo import demo
from bot.commands.doctor import doctor
from bot.commands.export import export
from bot.commands.figures import figures
from bot.commands.grant import grant
from bot.commands.home import home
from bot.commands.import_roster import import_roster
from bot.commands.invite import invite
from bot.commands.keys import keys
from bot.commands.lesson import lesson
from bot.commands.migrate import migrate
from bot.commands.restore import restore
from bot.commands.revoke import revoke
from bot.commands.run import run
from bot.commands.silent import silent
from bot.commands.understand import understand


@click.group(
    help="联动：与外出党员保持联系 / keeping in touch with members who work away from home",
    commands=[
        *(run, demo, migrate, import_roster, invite, grant, revoke, home),
        *(silent, figures, export, lesson, understand, doctor, keys, backup, restore),
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
)
def liandong() -> None:
    """The settings are read by each command that needs them: `--help` works without any."""
