"""What an operator can do at the command line, one command a file."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

# The file of each command, where it is not called like the command.
_FILES: Mapping[str, str] = {"import": "import_roster"}
_COMMANDS = (
    *("run", "demo", "migrate", "import", "invite", "grant", "revoke", "home", "holidays"),
    *(
        "silent",
        "figures",
        "export",
        "lesson",
        "notice",
        "campaign",
        "understand",
        "doctor",
        "keys",
        "backup",
        "restore",
    ),
)


class OneAtATime(click.Group):
    """Reads only the file of the command that is asked for: all of them take more than a second to read."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        file = _FILES.get(cmd_name, cmd_name)
        command: click.Command = getattr(import_module(f"bot.commands.{file}"), file)
        return command


@click.group(
    cls=OneAtATime,
    help="联动：与外出党员保持联系 / keeping in touch with members who work away from home",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def liandong() -> None:
    """The settings are read by each command that needs them: `--help` works without any."""
