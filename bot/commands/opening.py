"""What most commands begin with: the settings, the key, the database; and how they end in one clear line."""

from __future__ import annotations

import asyncio
import errno
import os
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import click

from bot.logs import configure_logs
from bot.serving import HostNotOurs, PortBusy
from bot.settings import Settings, SettingsWrong, read_settings
from storage import migrations
from storage.database import Database, DatabaseBroken
from storage.database_file import DatabaseDamaged, is_damage
from storage.key_check import check_key
from storage.key_ring import KeyRing
from storage.migrations import DatabaseOutOfDate, DatabaseOutOfReach
from storage.vault import KeyFileWrong

T = TypeVar("T")

# What SQLite says of the file and its disk; what it says of a table is a fault of ours.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_OF_THE_PLACE = re.compile("locked|readonly|unable to open|disk")


def settings_of_this_place() -> Settings:
    """The settings, with logs set up so that nothing secret gets into them."""
    try:
        settings = read_settings(os.environ, Path.cwd())
    except SettingsWrong as wrong:
        raise click.ClickException(str(wrong)) from None
    configure_logs(settings.log_level, settings.secret_values())
    return settings


@asynccontextmanager
async def database_of(settings: Settings) -> AsyncIterator[Database]:
    await migrations.check_is_current(settings.database_url)
    database = Database(settings.database_url, KeyRing(settings.key_file))
    try:
        async with database.reading() as tx:
            await check_key(tx)
        yield database
    finally:
        await database.close()


def carry_out(
    work: Coroutine[None, None, T], run: Callable[[Coroutine[None, None, T]], T] = asyncio.run
) -> T:
    """Run a command's work; what an operator can mend is one clear line and no traceback."""
    try:
        return run(work)
    except (DatabaseOutOfDate, DatabaseOutOfReach, KeyFileWrong, SettingsWrong) as wrong:
        raise click.ClickException(str(wrong)) from None
    except DatabaseBroken as refused:
        if is_damage(refused):
            raise click.ClickException(str(DatabaseDamaged())) from None
        if not _OF_THE_PLACE.search(str(refused.orig)):
            raise
        raise click.ClickException(
            f"数据库用不了（{refused.orig}），什么都没有改。请检查它的路径、权限和磁盘，或过一会儿再试。\n"
            f"The database cannot be used ({refused.orig}). Nothing was changed: look at its path, at who "
            "may write it and at the disk, or try again later."
        ) from None
    except PortBusy as busy:
        raise click.ClickException(
            f"端口 {busy.port} 已被占用，请换一个：演示用 make demo PORT=8081，运行用 LIANDONG_HTTP_PORT。\n"
            f"Port {busy.port} is in use: choose another by make demo PORT=8081, or LIANDONG_HTTP_PORT."
        ) from None
    except HostNotOurs as strange:
        raise click.ClickException(
            f"LIANDONG_HTTP_HOST={strange.host} 不是这台机器的地址。"
            "本机用 127.0.0.1，别的机器要访问就用 0.0.0.0。\n"
            f"LIANDONG_HTTP_HOST={strange.host} is no address of this machine: write 127.0.0.1, or 0.0.0.0 "
            "to be reached from others."
        ) from None
    except OSError as refused:
        if refused.errno in _NO_ROOM:
            raise click.ClickException(
                f"磁盘写不下了（{refused.strerror}），没有写成，原来的都没有动。"
                "请腾出地方（df -h），再试一次。\n"
                f"There is no room on the disk ({refused.strerror}): nothing was written, and what was there "
                "is as it was. Make room (df -h) and try again."
            ) from None
        if refused.filename is None:
            raise
        raise click.ClickException(
            f"读写不了 {refused.filename}（{refused.strerror}）。请检查路径和权限。\n"
            f"Cannot read or write {refused.filename} ({refused.strerror}): look at the path and at who may."
        ) from None
