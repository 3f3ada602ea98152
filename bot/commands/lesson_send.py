"""`lesson send`: plans a lesson for all of a unit; the running program sends it when its time has come."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import click

from bot.clock import WallClock
from bot.commands.lesson_known import lesson_known
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.commands.unit_asked import unit_asked
from bot.settings import Settings
from content.lessons.library import Lesson
from content.words.catalogue import N_, Tongue, tongue
from content.words.lesson_letter import lesson_title
from storage import audience, lessons
from storage.audience import Reach
from storage.database import Transaction
from storage.units import Unit
from storage.viewer import the_programme

_BY_NIGHT = (time(22), time(7))

PAST = N_("{when} 已经过了，没有排。请写一个以后的时间，或去掉 --at 现在就发。")
TWICE = N_("《{title}》给 {unit} 的这一次已经排过了（{when} 前后一分钟内），没有再排一次。")
NOBODY = N_("{unit} 还没有谁能收到消息，没有排。请先请他们加入：python -m bot invite --all")
PLAN = N_("《{title}》发给 {unit}，{when}：聊天 {chat} 人，短信 {sms} 人，发不到 {nowhere} 人。")
DRY = N_("这只是预览，没有排。去掉 --dry-run 才会发。")
DONE = N_("已排好，到时由运行中的程序发出（python -m bot run）。回执：python -m bot lesson coverage {slug}")
LATE = N_("注意：这个时间是夜里，很多人已经睡了。")


@click.command(
    help="给一个组织发一课 / send a lesson to all of a unit",
    epilog="SLUG 是课的代号，见 lesson list。同一课同一组织一分钟内再发一次，不会重复。 / "
    "The same lesson to the same unit within a minute is refused as a repeat.",
)
@click.argument("slug")
@click.option("--to", "unit_name", required=True, help="组织名称，下级都发 / the unit, with all below it")
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d %H:%M"]),
    help='什么时候发，如 "2026-12-01 08:30"；不写就现在 / when; now where it is left out',
)
@click.option("--dry-run", is_flag=True, help="只看发给谁，不排 / only show whom it would reach")
def send(slug: str, unit_name: str, at: datetime | None, dry_run: bool) -> None:
    if not unit_name.strip():
        raise click.ClickException("请用 --to 写明组织 / name the unit after --to")
    settings, lesson = settings_of_this_place(), lesson_known(slug)
    carry_out(_send(settings, lesson, unit_name, at, dry_run))


async def _send(
    settings: Settings, lesson: Lesson, unit_name: str, at: datetime | None, dry_run: bool
) -> None:
    t, now = tongue(settings.language), WallClock().now()
    when = _when(settings, t, now, at)
    async with database_of(settings) as database, database.writing() as tx:
        unit = await unit_asked(tx, unit_name)
        assert unit is not None
        reach = audience.reach(await audience.of_unit(tx, the_programme(), unit.path))
        _show(settings, t, lesson, unit, when, reach)
        if dry_run:
            click.echo(t.say(DRY))
            return
        await _plan(tx, settings, t, lesson, unit, now, when, reach)
    click.echo(t.say(DONE, slug=lesson.slug))


def _when(settings: Settings, t: Tongue, now: datetime, at: datetime | None) -> datetime:
    when = at.replace(tzinfo=ZoneInfo(settings.timezone)) if at else now
    if when < now:
        raise click.ClickException(t.say(PAST, when=_spelled(settings, t, when)))
    return when


def _show(settings: Settings, t: Tongue, lesson: Lesson, unit: Unit, when: datetime, reach: Reach) -> None:
    told = {"title": lesson_title(t, lesson), "unit": unit.name, "when": _spelled(settings, t, when)}
    click.echo(t.say(PLAN, **told, chat=reach.chat, sms=reach.sms, nowhere=reach.nowhere))
    hour = when.astimezone(ZoneInfo(settings.timezone)).time()
    if hour >= _BY_NIGHT[0] or hour < _BY_NIGHT[1]:
        click.echo(t.say(LATE))


async def _plan(
    tx: Transaction,
    settings: Settings,
    t: Tongue,
    lesson: Lesson,
    unit: Unit,
    now: datetime,
    when: datetime,
    reach: Reach,
) -> None:
    if not reach.chat + reach.sms:
        raise click.ClickException(t.say(NOBODY, unit=unit.name))
    if await lessons.plan_for_unit(tx, now, unit.id, lesson.slug, when) is None:
        title, spelled = lesson_title(t, lesson), _spelled(settings, t, when)
        raise click.ClickException(t.say(TWICE, title=title, unit=unit.name, when=spelled))


def _spelled(settings: Settings, t: Tongue, when: datetime) -> str:
    zone = ZoneInfo(settings.timezone)
    return f"{t.day_and_year(when.astimezone(zone).date())} {t.time(when, zone)}"
