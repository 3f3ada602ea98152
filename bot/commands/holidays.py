"""`holidays import` and `holidays list`: the public holidays of a year that the program does not know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
from content.rules.holidays import Holiday
from content.words.catalogue import N_, Tongue, tongue
from handlers.holidays.reading import YearTable, read_table
from handlers.holidays.unclear import TableUnclear
from handlers.roster.unreadable import WorkbookUnreadable
from storage import holidays as kept

DONE = N_("{year} 年的放假安排记下了：放假 {off} 天，上班的周末 {working} 天。")
INSTEAD = N_("原来导入的 {year} 年 {n} 天换掉了。")
ONLY_SHOWN = N_("只是看看，什么都没有改。")
MISSING = N_("请核对：法定的节日里，这几天没有写放假：{days}。程序照样按放假算。")
A_PIECE = N_(
    "{year} 年的放假安排不全，没有：{names}。什么都没有改。请补全再导入一次；真要先用这几天，加上 --part。"
)
KNOWN_BEFORE = N_("{year} 年的放假安排本来就有（{n} 天）。")
NO_CHANGE = N_("和原来一样，没有变化。")
MORE = N_("多了：{days}")
LESS = N_("少了：{days}")
UNCLEAR = N_("有 {n} 处看不明白，什么都没有改。改好再导入一次。")
BY_LAW_ALONE = N_("{year} 年的放假安排还没有，下面只是法定的 13 天。请用 holidays import 导入。")
FORGOTTEN = N_("导入的 {year} 年放假安排去掉了，共 {n} 天。")
NONE_BROUGHT = N_("没有导入过 {year} 年的放假安排，什么都没有改。")
WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))

FORMS = """
\b
文件可以是（年份也可以写在第一行或文件名里）/ the file may be:
- 放假通知的原文，连标题一起贴进文本文件 / the State Council's notice with its title, pasted into a text file
- 文本，一行一天或一段 / lines of text:
    2027-01-01 元旦 放假
    2027-02-05至2027-02-12 春节 放假
    2027-01-31 春节 上班
    1月1日—1月3日 元旦
- 表格（.xlsx 或 .csv），有表头就不论先后：日期（可写 10月1日至7日，或另有结束日期）、名称、类型（放假、
  调休上班），也可另有一栏调休上班日期 / a workbook or CSV with such columns, in any order under a header
"""


@click.group(help="放假安排 / public holidays: on their mornings nobody is written to unasked")
def holidays() -> None:
    """Its commands stand below."""


@holidays.command("import", help="导入一年的放假安排 / take in the table of a year", epilog=FORMS)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--part", is_flag=True, help="不全也先用 / take in a piece of a year")
@click.option("--dry-run", is_flag=True, help="只看不改 / only show what would be done")
def import_table(file: Path, part: bool, dry_run: bool) -> None:
    settings = settings_of_this_place()
    t = tongue(settings.language)
    table = _read(file, t)
    if table.lacking and not part:
        names = t.say("、").join(table.lacking)
        raise click.ClickException(t.say(A_PIECE, year=table.year, names=names))
    before = carry_out(_known(settings))
    former = 0 if dry_run else carry_out(_bring(settings, table))
    click.echo("\n".join(_line(t, one) for one in table.days))
    off = sum(one.kind == "off" for one in table.days)
    told = ONLY_SHOWN if dry_run else DONE
    click.echo("\n" + t.say(told, year=table.year, off=off, working=len(table.days) - off))
    if before.knows(table.year):
        click.echo("\n".join(_changes(t, table, before.of(table.year))))
    if former:
        click.echo(t.say(INSTEAD, year=table.year, n=former))
    if table.missing:
        days = t.say("、").join(f"{day} {name}" for day, name in table.missing.items())
        click.echo(t.say(MISSING, days=days))


@holidays.command("list", help="看一年的放假安排 / show the table of a year")
@click.argument("year", type=click.IntRange(2000, 2099))
def show(year: int) -> None:
    settings = settings_of_this_place()
    t = tongue(settings.language)
    known = carry_out(_known(settings))
    if not known.knows(year):
        click.echo(t.say(BY_LAW_ALONE, year=year) + "\n")
    click.echo("\n".join(_line(t, one) for one in known.of(year)))


@holidays.command("forget", help="去掉导入的一年 / take an imported table back")
@click.argument("year", type=click.IntRange(2000, 2099))
def forget(year: int) -> None:
    settings = settings_of_this_place()
    n = carry_out(_forget(settings, year))
    told = FORGOTTEN if n else NONE_BROUGHT
    click.echo(tongue(settings.language).say(told, year=year, n=n))


def _read(file: Path, t: Tongue) -> YearTable:
    try:
        return read_table(file.read_bytes(), file.name)
    except WorkbookUnreadable as unreadable:
        raise click.ClickException(unreadable.told(t)) from None
    except TableUnclear as unclear:
        faults = [fault.told(t) for fault in unclear.faults]
        raise click.ClickException("\n".join([t.say(UNCLEAR, n=len(faults)), *faults])) from None


def _changes(t: Tongue, table: YearTable, before: Sequence[Holiday]) -> Iterator[str]:
    """Against what was known of the year, whoever knew it; a day whose kind changed is another one."""
    old, new = {(one.day, one.kind): one for one in before}, {(one.day, one.kind): one for one in table.days}
    yield t.say(KNOWN_BEFORE, year=table.year, n=len(before))
    more = [_in_short(t, one) for key, one in new.items() if key not in old]
    less = [_in_short(t, one) for key, one in old.items() if key not in new]
    if not (more or less):
        yield t.say(NO_CHANGE)
    for told, days in ((MORE, more), (LESS, less)):
        if days:
            yield t.say(told, days=t.say("、").join(days))


def _in_short(t: Tongue, one: Holiday) -> str:
    kind = t.say("放假") if one.kind == "off" else t.say("上班")
    return f"{one.day} {kind}"


def _line(t: Tongue, one: Holiday) -> str:
    kind = t.say("放假") if one.kind == "off" else t.say("上班")
    return f"{one.day}  {t.say(WEEKDAYS[one.day.weekday()])}  {kind}  {one.name}"


async def _bring(settings: Settings, table: YearTable) -> int:
    async with database_of(settings) as database, database.writing() as tx:
        return await kept.bring(tx, table.year, table.days)


async def _known(settings: Settings) -> kept.Holidays:
    async with database_of(settings) as database, database.reading() as tx:
        return await kept.known(tx)


async def _forget(settings: Settings, year: int) -> int:
    async with database_of(settings) as database, database.writing() as tx:
        return await kept.forget(tx, year)
