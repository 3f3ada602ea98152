"""`import`: a roster from a workbook, all of it or nothing; `--dry-run` only shows what would be done."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.clock import WallClock
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
from content.words.catalogue import tongue
from handlers.roster.apply import apply_import
from handlers.roster.plan import Plan, plan_import
from handlers.roster.reading import read_workbook
from handlers.roster.report import as_json, as_text
from handlers.roster.titles import titles_of
from handlers.roster.unreadable import WorkbookUnreadable
from storage.addresses import AddressTaken
from storage.database import Transaction
from storage.turnstile import one_at_a_time
from storage.viewer import the_programme

LARGEST_FILE = 20 * 1024 * 1024


@click.command("import", help="导入名册 / import a roster from an Excel workbook")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看不改 / only show what would be done")
@click.option("--under", default="", help="新支部归到哪个党组织 / the unit above new branches")
@click.option("--json", "in_json", is_flag=True)
def import_roster(file: Path, dry_run: bool, under: str, in_json: bool) -> None:
    settings = settings_of_this_place()
    if file.stat().st_size > LARGEST_FILE:
        raise click.ClickException("文件太大了，请拆成几个再导入 / the file is too large: split it")
    try:
        plan = carry_out(_import(settings, file.read_bytes(), under, dry_run))
    except WorkbookUnreadable as unreadable:
        raise click.ClickException(unreadable.told(tongue(settings.language))) from None
    except AddressTaken:
        raise click.ClickException(
            "刚好有人登记了同一个号码，什么都没有改，请再导入一次 / a number was just taken: try again"
        ) from None
    click.echo(as_json(plan) if in_json else as_text(plan, tongue(settings.language)))
    if dry_run and not in_json:
        click.echo("以上只是预演，什么都没有改 / a dry run: nothing was changed")


async def _import(settings: Settings, content: bytes, under: str, dry_run: bool) -> Plan:
    async with database_of(settings) as database:
        if dry_run:
            async with database.reading() as tx:
                return await _plan(tx, content, under)
        async with database.writing() as tx:
            # Two operators with the same file would each find nobody there, and enrol everybody twice.
            await one_at_a_time(tx, "import")
            plan = await _plan(tx, content, under)
            await apply_import(tx, plan, WallClock().now())
            return plan


async def _plan(tx: Transaction, content: bytes, under: str) -> Plan:
    workbook = await asyncio.to_thread(read_workbook, content)
    titles = await asyncio.to_thread(titles_of, content)
    return await plan_import(tx, the_programme(), workbook, WallClock().now(), under=under, titles=titles)
