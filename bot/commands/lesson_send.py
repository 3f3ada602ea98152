"""`lesson send`: plans a lesson for all of a unit; the running program sends it when its time has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import click

from bot.clock import WallClock
from bot.commands.lesson_known import lesson_known
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.commands.unit_asked import unit_asked
from bot.settings import Settings
from content.lessons.library import Lesson
from content.rules.audience import Audience
from content.words.catalogue import N_, Tongue, tongue
from content.words.lesson_letter import lesson_title
from storage import audience, campaigns
from storage.audience import Reach
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


@dataclass(frozen=True, slots=True)
class Order:
    """A lesson and when it is to go out, and in what language and time zone that is told."""

    t: Tongue
    zone: ZoneInfo
    lesson: Lesson
    when: datetime

    def say(self, message: str, **fields: object) -> str:
        """The message with `title` and `when` filled in besides."""
        title, when = lesson_title(self.t, self.lesson), self.t.moment(self.when, self.zone)
        return self.t.say(message, title=title, when=when, **fields)


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
    zone, now = ZoneInfo(settings.timezone), WallClock().now()
    order = Order(tongue(settings.language), zone, lesson, at.replace(tzinfo=zone) if at else now)
    if order.when < now:
        raise click.ClickException(order.say(PAST))
    carry_out(_send(settings, order, unit_name, now, dry_run))


async def _send(settings: Settings, order: Order, unit_name: str, now: datetime, dry_run: bool) -> None:
    async with database_of(settings) as database, database.writing() as tx:
        unit = await unit_asked(tx, unit_name)
        assert unit is not None
        reach = await audience.reach(tx, the_programme(), Audience(units=(unit.path,)), now)
        _show(order, unit, reach)
        if dry_run:
            click.echo(order.t.say(DRY))
            return
        if not reach.chat + reach.sms:
            raise click.ClickException(order.t.say(NOBODY, unit=unit.name))
        if await campaigns.plan_for_unit(tx, now, unit.id, order.lesson.slug, order.when) is None:
            raise click.ClickException(order.say(TWICE, unit=unit.name))
    click.echo(order.t.say(DONE, slug=order.lesson.slug))


def _show(order: Order, unit: Unit, reach: Reach) -> None:
    """Whom it would reach by which door, and that many are asleep by then."""
    click.echo(order.say(PLAN, unit=unit.name, chat=reach.chat, sms=reach.sms, nowhere=reach.nowhere))
    hour = order.when.astimezone(order.zone).time()
    if hour >= _BY_NIGHT[0] or hour < _BY_NIGHT[1]:
        click.echo(order.t.say(LATE))
