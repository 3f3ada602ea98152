"""`invite`: a one-time link for a chat, or a first SMS to the number on the roster."""

from __future__ import annotations

from pathlib import Path

import click

from bot.clock import WallClock
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.doors import doors_of
from bot.settings import Settings
from content.rules.phones import as_e164, masked
from handlers.invite import qr_of
from handlers.joining.roster_number import DECLINED, invitation_by_sms
from storage import addresses, invitations, members, outbox, people, post
from storage.addresses import Address
from storage.database import Transaction
from storage.viewer import the_programme


@click.command(help="邀请加入 / invite people: a link, or an SMS")
@click.option("--phone", default="", help="只请这一位 / only whoever has this number")
@click.option("--all", "everyone", is_flag=True, help="名册上所有未加入的人 / everybody who has not joined")
@click.option("--sms", is_flag=True, help="发短信邀请 / by SMS instead of a link")
@click.option("--qr", type=click.Path(path_type=Path), help="二维码存到这个文件 / write the QR to this file")
def invite(phone: str, everyone: bool, sms: bool, qr: Path | None) -> None:
    if bool(phone) == everyone:
        raise click.ClickException("请用 --phone 号码，或 --all / give --phone NUMBER or --all")
    for number, link in carry_out(_invite(settings_of_this_place(), phone, sms)):
        click.echo(f"{number}  {link}")
        if qr:
            qr.write_bytes(qr_of(link).content)


async def _invite(settings: Settings, phone: str, sms: bool) -> list[tuple[str, str]]:
    """(masked number, link) of each; none where the running program writes to them."""
    bot_name = "" if sms else await _bot_name(settings)
    async with database_of(settings) as database, database.writing() as tx:
        invited = await _by_number(tx, phone) if phone else await _all_outside(tx)
        if not invited:
            raise click.ClickException("没有可以邀请的人 / nobody to invite")
        if not sms:
            return [(masked(number.value), await _link(tx, number, bot_name)) for number in invited]
        for number in invited:
            await _write(tx, number)
    click.echo(f"{len(invited)} 条邀请短信将由运行中的程序发出 / the running program sends the invitations")
    return []


async def _bot_name(settings: Settings) -> str:
    doors = doors_of(settings)
    if doors.telegram is None:
        raise click.ClickException(
            "没有设置 LIANDONG_TELEGRAM_TOKEN；用短信邀请请加 --sms / no token; use --sms"
        )
    try:
        return await doors.telegram.start()
    finally:
        for channel in doors.channels.values():
            await channel.close()


async def _by_number(tx: Transaction, phone: str) -> list[Address]:
    number = as_e164(phone)
    known = await addresses.behind(tx, "sms", number) if number else None
    return [known] if known else []


async def _all_outside(tx: Transaction) -> list[Address]:
    outside = [m for m in await members.everyone(tx, the_programme()) if not m.joined]
    numbers = [await post.number_of(tx, member.id) for member in outside]
    return [number for number in numbers if number and number.suspended_for != DECLINED]


async def _write(tx: Transaction, number: Address) -> None:
    now = WallClock().now()
    person = await people.the_one_who_acts(tx, number.person_id)
    letter = invitation_by_sms(person.language)
    key = f"invite:{number.id}:{now.isoformat()}"
    await outbox.promise(tx, now, outbox.to(number), letter, "notice", key)


async def _link(tx: Transaction, number: Address, bot_name: str) -> str:
    code = await invitations.make(tx, WallClock().now(), number.person_id, None)
    return f"https://t.me/{bot_name}?start={code}"
