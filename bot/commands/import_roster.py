"""`import`: a roster from a workbook, all of it or nothing."""

from __future__ import annotations

import click


@click.command("import")
def import_roster() -> None:
    raise click.ClickException("…")
