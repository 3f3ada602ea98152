"""`export ledger`: the ledger of a unit, or of all, as a workbook."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.clock import WallClock
from bot.commands.asked_for import the_unit
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.commands.own_file import write_own_file
from bot.settings import Settings
from content.words.catalogue import N_, tongue
from handlers.ledger import Ledger, make_workbook
from storage import ledger as kept
from storage.viewer import the_programme

DONE = N_("台账写好了：{file}，共 {n} 人。里面有姓名和电话，只有本用户能读，请收好。")
NOBODY = N_("这里还没有登记在册的党员，没有写文件。")
NO_SUCH_UNIT = N_("没有“{name}”这个党组织，没有写文件。请核对名称。")
THERE_ALREADY = N_("{file} 已经有了，没有动它。请换一个文件名，或加 --force 换掉它。")
NOT_XLSX = N_("文件名请以 .xlsx 结尾，比如 台账.xlsx。")


@click.group(help="导出 / export")
def export() -> None:
    """Its commands stand below."""


@export.command(help="管理台账，Excel 表格 / the ledger as an Excel workbook")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--unit", "unit_name", default="", help="只要这个党组织和它下面的 / only at or below this unit")
@click.option("--force", is_flag=True, help="文件已有就换掉 / write over the file")
def ledger(file: Path, unit_name: str, force: bool) -> None:
    settings = settings_of_this_place()
    t = tongue(settings.language)
    if file.suffix.lower() != ".xlsx":
        raise click.ClickException(t.say(NOT_XLSX))
    if carry_out(_is_there(file)) and not force:
        raise click.ClickException(t.say(THERE_ALREADY, file=file))
    made = carry_out(_read(settings, unit_name))
    if made is None:
        raise click.ClickException(t.say(NO_SUCH_UNIT, name=unit_name))
    if not made.entries:
        raise click.ClickException(t.say(NOBODY))
    carry_out(write_own_file(file, make_workbook(made)))
    click.echo(t.say(DONE, file=file, n=len(made.entries)))


async def _is_there(file: Path) -> bool:
    return file.exists()  # noqa: ASYNC240


async def _read(settings: Settings, unit_name: str) -> Ledger | None:
    """None where there is no such unit. All is read in one transaction, and written when it is over."""
    now = WallClock().now()
    async with database_of(settings) as database, database.reading() as tx:
        unit = await the_unit(tx, unit_name) if unit_name else None
        if unit_name and unit is None:
            return None
        entries = await kept.entries(tx, the_programme(), unit.path if unit else "")
    return Ledger(unit_name, now.astimezone(ZoneInfo(settings.timezone)).date(), now, entries)
