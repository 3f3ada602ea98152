"""`keys new` makes a key file, `keys rotate` changes the key while the program runs."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
from content.words.catalogue import N_, Tongue, tongue
from storage.rotation import Rotated, StillInUse, rotate
from storage.turnstile import SomebodyElseAtIt
from storage.vault import new_vault, write_vault

MADE = N_(
    "已生成密钥 {file}，只有本用户能读。请另存一份，不要和数据库的备份放在一起：丢了它，资料就打不开了。"
)
THERE_ALREADY = N_("{file} 已经有了，没有动它。请换一个文件名。")
BEFORE = N_(
    "开始换密钥，程序不用停。换密钥以前的备份只有旧密钥才打得开：以前另存的密钥请留着，和那些备份一一对应。"
)
RESUMED = N_("上次换密钥没有做完，现在接着做。")
DONE = N_("密钥已换好，重新加密了 {n} 项。请马上另存新的密钥文件，再做一份新的备份。")
KEPT = N_("旧密钥还留在密钥文件里，只用来读以前的备份。")
GONE = N_("旧密钥已从密钥文件里删除。")
DAMAGED = N_("有 {n} 项用哪个密钥都打不开，可能早已损坏，没有动；它们的密钥也留着。")
AT_IT = N_("另一个换密钥的命令正在进行，这次什么都没有做。请等它结束。")
STUCK = N_("有一项写入一直没有结束，旧密钥还在，什么都没有丢。请过几分钟再运行一次 keys rotate。")


@click.group(help="密钥 / the key file")
def keys() -> None:
    """Its commands stand below."""


@keys.command(help="生成一个新的密钥文件 / make a new key file")
@click.argument("file", type=click.Path(path_type=Path))
def new(file: Path) -> None:
    t = tongue(settings_of_this_place().language)
    carry_out(_make(file, t))
    click.echo(t.say(MADE, file=file))


@keys.command("rotate", help="换密钥，程序照常运行 / change the key while the program runs")
@click.option("--keep", is_flag=True, help="旧密钥留在文件里，读旧备份用 / keep the old key for old backups")
def rotate_keys(keep: bool) -> None:
    settings = settings_of_this_place()
    t = tongue(settings.language)
    click.echo(t.say(BEFORE))
    try:
        rotated = carry_out(_rotate(settings, keep, t))
    except SomebodyElseAtIt:
        raise click.ClickException(t.say(AT_IT)) from None
    except StillInUse:
        raise click.ClickException(t.say(STUCK)) from None
    click.echo(_told(rotated, keep, t))


async def _make(file: Path, t: Tongue) -> None:
    try:
        write_vault(new_vault(), file)
    except FileExistsError:
        raise click.ClickException(t.say(THERE_ALREADY, file=file)) from None


async def _rotate(settings: Settings, keep: bool, t: Tongue) -> Rotated:
    def begun(resumed: bool) -> None:
        if resumed:
            click.echo(t.say(RESUMED))

    async with database_of(settings) as database:
        return await rotate(database, settings.key_file, keep, begun)


def _told(rotated: Rotated, keep: bool, t: Tongue) -> str:
    lines = [t.say(DONE, n=rotated.resealed)]
    if rotated.damaged:
        lines.append(t.say(DAMAGED, n=rotated.damaged))
    lines.append(t.say(KEPT) if rotated.kept else t.say(GONE))
    return "\n".join(lines)
