"""`backup`: all that is in the database into one file, beside a program that runs; the key stays apart."""

from __future__ import annotations

from pathlib import Path

import click

from bot.clock import WallClock
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
from content.words.catalogue import N_, tongue
from storage.backup import back_up

DONE = N_(
    "备份好了：{file}，共 {people} 人、{rows} 条记录。\n"
    "密钥不在里面。没有 {key} 就打不开它：请把密钥另存一份，放在和备份不同的地方。"
)
THERE_ALREADY = N_("{file} 已经有了，没有动它。请换一个文件名，比如带上日期。")


@click.command(help="备份，程序照常运行 / back everything up while the program runs")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    settings = settings_of_this_place()
    t = tongue(settings.language)
    try:
        counted = carry_out(_back_up(settings, file))
    except FileExistsError:
        raise click.ClickException(t.say(THERE_ALREADY, file=file)) from None
    total = sum(counted.values())
    click.echo(t.say(DONE, file=file, people=counted["people"], rows=total, key=settings.key_file))


async def _back_up(settings: Settings, file: Path) -> dict[str, int]:
    async with database_of(settings) as database:
        return await back_up(database, file, WallClock().now())
