"""`import`: a roster from a workbook; a refused row costs itself; `--dry-run` only shows it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.clock import WallClock
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.commands.own_file import check_folder, write_own_file
from bot.settings import Settings
from content.words.catalogue import N_, Tongue, tongue
from handlers.roster.branches import UnitUnknown
from handlers.roster.importing import Roster, do_import, show_import
from handlers.roster.marked import marked_workbook
from handlers.roster.plan import Plan
from handlers.roster.reading import read_workbook
from handlers.roster.report import as_text, closing
from handlers.roster.report_json import as_json
from handlers.roster.unreadable import WorkbookUnreadable
from storage.addresses import AddressTaken
from storage.turnstile import SomebodyElseAtIt
from storage.units import UnitTaken
from storage.viewer import the_programme

LARGEST_FILE = 20 * 1024 * 1024
NOTHING_IMPORTED, ROWS_REFUSED = 1, 2

STRICT = N_("有几行不收，又加了 --strict，所以什么都没有改。请改好那几行再导入。")
TOO_LARGE = N_("文件太大了，请拆成几个再导入。")
TAKEN = N_("刚好有人登记了同样的号码或组织，什么都没有改。请再导入一次。")
AT_IT = N_("另一个导入正在进行，什么都没有改。请等它结束，再导入一次。")
NO_SUCH_UNIT = N_(
    "没有“{name}”这个组织，什么都没有改。已有的组织：{known}。"
    "写错了请改正 --under；真要新建，请加 --new-unit。"
)


@click.command(
    "import",
    help="导入名册 / import a roster from an Excel workbook",
    epilog="退出码：0 全部收下；1 什么都没有导入；2 其余已导入，有几行没有收。 / "
    "Exit code: 0 all taken; 1 nothing imported; 2 imported, but some rows were refused.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看不改 / only show what would be done")
@click.option("--under", default="", help="新支部归到哪个党组织 / the unit above new branches")
@click.option("--new-unit", is_flag=True, help="--under 的组织还没有，就新建 / found the unit of --under")
@click.option("--strict", is_flag=True, help="有一行不收就整个不导入 / one refused row refuses the whole run")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="把标了颜色和原因的表格存到这里 / write the workbook here, marked, with the reasons",
)
@click.option("--json", "in_json", is_flag=True, help="输出 JSON / print JSON")
def import_roster(
    file: Path,
    dry_run: bool,
    under: str,
    new_unit: bool,
    strict: bool,
    report: Path | None,
    in_json: bool,
) -> None:
    settings = settings_of_this_place()
    t = tongue(settings.language)
    if report:
        check_folder(report)
    roster = _read(file, under, new_unit, strict, t)
    try:
        plan = carry_out(_import(settings, roster, dry_run))
    except UnitUnknown as unknown:
        known = t.say("、").join(unknown.known) or "-"
        raise click.ClickException(t.say(NO_SUCH_UNIT, name=unknown.name, known=known)) from None
    except (AddressTaken, UnitTaken):
        raise click.ClickException(t.say(TAKEN)) from None
    except SomebodyElseAtIt:
        raise click.ClickException(t.say(AT_IT)) from None
    if report:
        carry_out(write_own_file(report, marked_workbook(file.read_bytes(), plan, t)))
    refused = strict and bool(plan.refused)
    last = t.say(STRICT) if refused else closing(plan, dry_run, t)
    click.echo(as_json(plan, t) if in_json else f"{as_text(plan, t)}\n\n{last}")
    if refused:
        sys.exit(NOTHING_IMPORTED)
    if plan.refused and not dry_run:
        sys.exit(ROWS_REFUSED)


def _read(file: Path, under: str, new_unit: bool, strict: bool, t: Tongue) -> Roster:
    if file.stat().st_size > LARGEST_FILE:
        raise click.ClickException(t.say(TOO_LARGE))
    try:
        return Roster(read_workbook(file.read_bytes()), under.strip(), new_unit, strict)
    except WorkbookUnreadable as unreadable:
        raise click.ClickException(unreadable.told(t)) from None


async def _import(settings: Settings, roster: Roster, dry_run: bool) -> Plan:
    now = WallClock().now()
    async with database_of(settings) as database:
        if dry_run:
            return await show_import(database, the_programme(), roster, now)
        return await do_import(database, the_programme(), roster, now)
