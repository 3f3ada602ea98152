"""`notice send`: plans a notice for all of a unit; the running program sends it when its time has come."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.clock import WallClock
from bot.commands.approver import NEEDED, approver, why_needed
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.commands.unit_asked import unit_asked
from bot.price import priced
from bot.settings import Settings
from content.rules.account import Price
from content.rules.audience import Audience
from content.rules.plain_text import text_of
from content.words.as_sent import as_sent, parts_of
from content.words.catalogue import N_, Tongue, tongue
from storage import audience, people, unit_notices
from storage.audience import Share
from storage.campaigns import Order
from storage.viewer import the_programme

LONGEST = 600

PAST = N_("{when} 已经过了，没有排。请写一个以后的时间，或去掉 --at 现在就发。")
TWICE = N_("这条通知给 {unit} 的这一次已经排过了（一分钟内），没有再排一次。")
NOBODY = N_("{unit} 还没有谁能收到消息，没有排。请先请他们加入：python -m bot invite --all")
NO_WORDS = N_("请用 --text 写内容，或用 --file 指一个文本文件，二选一。")
TOO_LONG = N_("太长了：{n} 字，最多 {most} 字，没有排。")
PLAN = N_(
    "通知发给 {unit}，{when}：聊天 {chat} 人，短信 {sms} 人（{parts} 条约 {yuan} 元），发不到 {nowhere} 人。"
)
AGREED = N_("同意人：{name}。")
NEEDS = N_("{why}，排的时候要加 --approved-by 姓名。")
NOT_TEXT = N_("这个文件不是文字，或者坏了，没有排。请用记事本打开看看，另存为文本文件再试。")
DRY = N_("这只是预览，没有排。去掉 --dry-run 才会发。")
DONE = N_("已排好，到时由运行中的程序发出（python -m bot run）。")


@click.group(help="通知 / notices")
def notice() -> None:
    """The settings are read by each command that needs them."""


@notice.command("send", help="给一个组织发一条通知 / send a notice to all of a unit")
@click.option(
    "--to",
    "unit_name",
    required=True,
    help="组织的全名，下级都发 / the whole name of the unit, with all below it",
)
@click.option("--text", default="", help="内容 / the words")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="内容在这个文本文件里 / a text file with the words",
)
@click.option("--at", type=click.DateTime(["%Y-%m-%d %H:%M"]), help="什么时候发；不写就现在 / when; else now")
@click.option("--approved-by", default="", help="谁同意的：姓名或手机号 / who agreed: a name or a number")
@click.option("--dry-run", is_flag=True, help="只看发给谁、多少条，不排 / only show whom and how many parts")
def send(
    unit_name: str, text: str, path: Path | None, at: datetime | None, approved_by: str, dry_run: bool
) -> None:
    settings, now = settings_of_this_place(), WallClock().now()
    t = tongue(settings.language)
    words = _words(t, text, path)
    when = at.replace(tzinfo=ZoneInfo(settings.timezone)) if at else now
    if when < now:
        raise click.ClickException(t.say(PAST, when=t.moment(when, ZoneInfo(settings.timezone))))
    carry_out(_send(settings, t, unit_name, words, when, now, approved_by.strip(), dry_run))


def _words(t: Tongue, text: str, path: Path | None) -> str:
    if bool(text.strip()) == bool(path):
        raise click.ClickException(t.say(NO_WORDS))
    read = text_of(path.read_bytes()) if path else text
    if read is None:
        raise click.ClickException(t.say(NOT_TEXT))
    words = read.strip()
    if not words:
        raise click.ClickException(t.say(NO_WORDS))
    if len(words) > LONGEST:
        raise click.ClickException(t.say(TOO_LONG, n=len(words), most=LONGEST))
    return words


async def _send(
    settings: Settings,
    t: Tongue,
    unit_name: str,
    words: str,
    when: datetime,
    now: datetime,
    approved_by: str,
    dry_run: bool,
) -> None:
    order = Order(kind="notice", words={"zh": words})
    async with priced(settings) as price, database_of(settings) as database, database.writing() as tx:
        unit = await unit_asked(tx, unit_name, whole=True)
        if unit is None:
            raise click.ClickException("请用 --to 写明组织 / name the unit after --to")
        found = await audience.shares(tx, the_programme(), Audience(units=(unit.path,)), now)
        click.echo(_planned(settings, price, t, unit.name, words, when, found))
        why = why_needed(t, words, sum(share.n for share in found), settings.approval_above)
        agreed = await approver(tx, t, unit, approved_by) if approved_by else None
        if agreed:
            click.echo(t.say(AGREED, name=await people.name_of(tx, agreed)))
        elif why:
            click.echo(t.say(NEEDS, why=why))
        if dry_run:
            click.echo(t.say(DRY))
            return
        if not any(share.door for share in found):
            raise click.ClickException(t.say(NOBODY, unit=unit.name))
        if why and not agreed:
            raise click.ClickException(t.say(NEEDED, why=why))
        if await unit_notices.plan_for_unit(tx, now, unit.id, order, when, agreed) is None:
            raise click.ClickException(t.say(TWICE, unit=unit.name))
    click.echo(t.say(DONE))


def _planned(
    settings: Settings, price: Price, t: Tongue, unit: str, words: str, when: datetime, found: list[Share]
) -> str:
    """Whom it would reach by which door, and what it costs as the phone shows it."""
    by = {door: sum(share.n for share in found if share.door == door) for door in ("telegram", "sms", "")}
    text = as_sent(words, [], "word", price.signature, price.suffix)
    parts = by["sms"] * parts_of(price.shown(text, ""))
    return t.say(
        PLAN,
        unit=unit,
        when=t.moment(when, ZoneInfo(settings.timezone)),
        chat=by["telegram"],
        sms=by["sms"],
        parts=parts,
        yuan=f"{parts * price.fen / 100:.2f}",
        nowhere=by[""],
    )
