"""`invite`: a one-time link for a chat, or a first SMS to the number on the roster."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.channels.contract import SendingFailed
from bot.clock import WallClock
from bot.commands.asked_for import the_number
from bot.commands.guests import Guest, LeftOut, everyone_outside, the_one_at
from bot.commands.links import Links, check_place, show_links
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.doors import doors_of
from bot.settings import Settings
from handlers.joining.roster_number import invitation_by_sms
from storage import invitations, outbox, people
from storage.addresses import Address
from storage.database import Transaction


@click.command(help="邀请加入 / invite people: a link, or an SMS")
@click.option("--phone", default="", help="只请这一位 / only whoever has this number")
@click.option("--all", "everyone", is_flag=True, help="名册上所有未加入的人 / everybody who has not joined")
@click.option("--sms", is_flag=True, help="发短信邀请 / by SMS instead of a link")
@click.option(
    "--qr",
    type=click.Path(path_type=Path),
    help="二维码存到这个文件，--all 时存到这个文件夹 / write the QR to this file, with --all to this folder",
)
def invite(phone: str, everyone: bool, sms: bool, qr: Path | None) -> None:
    if bool(phone) == everyone:
        raise click.ClickException("请用 --phone 号码，或 --all / give --phone NUMBER or --all")
    if qr and sms:
        raise click.ClickException(
            "短信里没有二维码，请去掉 --qr 或 --sms / no QR by SMS: drop --qr or --sms"
        )
    if qr and everyone and qr.exists() and not qr.is_dir():
        raise click.ClickException(
            f"{qr} 是一个文件，装不下每个人的二维码。用 --all 时请给一个文件夹。\n"
            f"{qr} is one file and cannot hold everybody's QR: with --all give a folder."
        )
    if qr:
        check_place(qr, everyone)
    number = the_number(phone) if phone else ""
    carry_out(_invite(settings_of_this_place(), number, sms, qr))


async def _invite(settings: Settings, number: str, sms: bool, qr: Path | None) -> None:
    links = await _invited(settings, number, sms)
    await asyncio.to_thread(show_links, links, qr, everyone=not number)


def _tell_left_out(left_out: list[LeftOut]) -> None:
    for name, why in left_out:
        click.echo(f"没有邀请 / not invited: {name}  {why}")


async def _invited(settings: Settings, number: str, sms: bool) -> Links:
    """The link of each; none where the running program writes to them."""
    if sms and settings.sms_gateway == "none":
        raise click.ClickException(
            "还没有接短信网关，短信发不出去，没有邀请任何人。请先设置 LIANDONG_SMS_GATEWAY=kannel，"
            "或去掉 --sms 改用链接。\n"
            "There is no SMS gateway, so nobody was invited: set LIANDONG_SMS_GATEWAY=kannel first, or "
            "drop --sms and use links."
        )
    bot_name = "" if sms else await _bot_name(settings)
    async with database_of(settings) as database, database.writing() as tx:
        invited, left_out = await the_one_at(tx, number) if number else await everyone_outside(tx)
        _tell_left_out(left_out)
        if not invited:
            raise click.ClickException(_nobody(number))
        if not sms:
            return [(one, await _link(tx, one, bot_name)) for one in invited]
        for one in invited:
            await _write(tx, one.number)
    click.echo(
        f"{len(invited)} 条邀请短信已排好，由运行中的程序发出；没有运行请用 python -m bot run。\n"
        f"{len(invited)} invitations wait for the running program to send them: python -m bot run."
    )
    return []


def _nobody(number: str) -> str:
    if number:
        return (
            "名册上没有这个号码，没有邀请任何人。请核对号码，或先用 import 导入名册、用 grant 授予职务。\n"
            "Nobody has this number, and nobody was invited: check it, or import the roster or grant an "
            "office first."
        )
    return (
        "没有要邀请的人：名册是空的，或有手机号的人都已加入。导入名册请用 python -m bot import。\n"
        "There is nobody to invite: the roster is empty, or all who have a number have joined. To import "
        "a roster: python -m bot import."
    )


async def _bot_name(settings: Settings) -> str:
    doors = doors_of(settings)
    if doors.telegram is None:
        raise click.ClickException(
            "没有设置 LIANDONG_TELEGRAM_TOKEN，做不了链接。请设置它，或接好短信网关后加 --sms。\n"
            "There is no LIANDONG_TELEGRAM_TOKEN and so no link: set it, or use --sms with an SMS gateway."
        )
    try:
        return await doors.telegram.start()
    except SendingFailed as failure:
        raise click.ClickException(
            f"连不上 Telegram（{failure.reason}），没有邀请任何人。请检查网络、LIANDONG_TELEGRAM_TOKEN 和 "
            "LIANDONG_TELEGRAM_API，或过一会儿再试。\n"
            f"Telegram cannot be reached ({failure.reason}), and nobody was invited: look at the network, at "
            "LIANDONG_TELEGRAM_TOKEN and LIANDONG_TELEGRAM_API, or try again later."
        ) from None
    finally:
        for channel in doors.channels.values():
            await channel.close()


async def _write(tx: Transaction, number: Address) -> None:
    now = WallClock().now()
    letter = invitation_by_sms(await people.language_of(tx, number.person_id))
    key = f"invite:{number.id}:{now.isoformat()}"
    await outbox.promise(tx, now, outbox.to(number), letter, "notice", key)


async def _link(tx: Transaction, guest: Guest, bot_name: str) -> str:
    code = await invitations.make(tx, WallClock().now(), guest.number.person_id, None)
    return f"https://t.me/{bot_name}?start={code}"
