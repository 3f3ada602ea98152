"""`restore`: a backup in the place of the database, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.clock import WallClock
from bot.commands.opening import carry_out, settings_of_this_place
from bot.settings import Settings
from content.words.catalogue import N_, Tongue, tongue
from storage.backup_file import Backup, BackupDamaged, BackupTooNew, read_backup
from storage.restore import DatabaseHasContent, ProgramRunning, Restored
from storage.restore_into import restore_into
from storage.vault import read_vault

NOT_SOUND = N_("{file} 不是完整的备份，可能没有传完或已损坏，什么都没有改。请换一份备份。")
TOO_NEW = N_("这份备份是更新版本的程序做的，什么都没有改。请先升级程序，再恢复。")
IN_THE_WAY = N_(
    "数据库里已经有资料，什么都没有改。真要用备份换掉它，请先给现在的也做一份备份，再加 --replace。"
)
RUNNING = N_(
    "数据库正在被另一个程序使用，什么都没有改。请先停下联动（以及别的打开着这个数据库的程序），再恢复。"
)
DONE = N_("已恢复到 {when} 的样子：{people} 人、{rows} 条记录。那以后的变动不在里面。")
LETTERS = N_("有 {n} 条消息当时还没发出，后来可能已经发过，所以不再发，都标成“未知”。")
LESSONS = N_("有 {n} 次发课当时还没到点，现在已经过了，可能已经发过，所以取消了。没发过的，请重新发。")
NEXT = N_("下一步：运行 python -m bot doctor 看一遍，再启动程序。")


@click.command(help="从备份恢复（先停下程序） / restore a backup (stop the program first)")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="换掉现有的资料 / put it in the place of what is there")
def restore(file: Path, replace: bool) -> None:
    settings = settings_of_this_place()
    t = tongue(settings.language)
    try:
        backup, restored = carry_out(_restore(settings, file, replace))
    except BackupDamaged:
        raise click.ClickException(t.say(NOT_SOUND, file=file)) from None
    except BackupTooNew:
        raise click.ClickException(t.say(TOO_NEW)) from None
    except DatabaseHasContent:
        raise click.ClickException(t.say(IN_THE_WAY)) from None
    except ProgramRunning:
        raise click.ClickException(t.say(RUNNING)) from None
    click.echo(_told(backup, restored, settings, t))


async def _restore(settings: Settings, file: Path, replace: bool) -> tuple[Backup, Restored]:
    backup = read_backup(file)
    backup.check_key(read_vault(settings.key_file))
    return backup, await restore_into(settings.database_url, backup, WallClock().now(), replace)


def _told(backup: Backup, restored: Restored, settings: Settings, t: Tongue) -> str:
    when = t.moment(backup.made_at, ZoneInfo(settings.timezone))
    lines = [t.say(DONE, when=when, people=backup.rows["people"], rows=sum(backup.rows.values()))]
    if restored.unknown:
        lines.append(t.say(LETTERS, n=restored.unknown))
    if restored.called_off:
        lines.append(t.say(LESSONS, n=restored.called_off))
    return "\n".join([*lines, t.say(NEXT)])
