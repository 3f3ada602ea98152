"""`migrate`: makes the key where there is none, and brings the database up to date."""

from __future__ import annotations

import click

from bot.commands.opening import carry_out, settings_of_this_place
from bot.settings import Settings
from storage import migrations, tally_check, tally_rebuild
from storage.database import Database
from storage.key_check import check_key
from storage.vault import KeyFileWrong, Vault, new_vault, read_vault, write_vault


@click.command(help="建库或升级 / create or upgrade the database")
def migrate() -> None:
    carry_out(_migrate(settings_of_this_place()))


async def _migrate(settings: Settings) -> None:
    if not settings.key_file.exists():
        # A database with people in it and no key is a lost key, not a new place.
        if await migrations.is_in_use(settings.database_url):
            raise KeyFileWrong(
                f"数据库里已有资料，却找不到密钥文件 {settings.key_file}。请把备份的密钥放回原处。\n"
                f"There is a database but no key file {settings.key_file}: put your backup in its place."
            )
        write_vault(new_vault(), settings.key_file)
        click.echo(f"已生成密钥 {settings.key_file}。请另存一份备份：丢了它，资料就打不开了。")
        click.echo(
            f"Made the key {settings.key_file}. Keep a copy elsewhere: without it nothing can be read."
        )
    vault = read_vault(settings.key_file)
    await migrations.bring_up_to_date(settings.database_url)
    await _check(settings, vault)
    click.echo("数据库已就绪 / the database is up to date")


async def _check(settings: Settings, vault: Vault) -> None:
    """Counts that drifted are put right here.

    "Ready" with the key of another place would be found out by the first member who writes.
    """
    database = Database(settings.database_url, vault)
    try:
        async with database.reading() as tx:
            await check_key(tx)
            wrong = await tally_check.units_apart(tx)
        if wrong:
            async with database.writing() as tx:
                await tally_rebuild.rebuild(tx)
            click.echo(f"失联和在外人数有 {wrong} 处和档案对不上，已按档案重新数过。")
            click.echo(f"Kept counts that were not what the files say: {wrong}. They were counted anew.")
    finally:
        await database.close()
