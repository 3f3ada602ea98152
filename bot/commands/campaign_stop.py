"""`campaign pause`, `resume` and `cancel`: the running program hears of it within a second."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import click

from bot.clock import WallClock
from bot.commands.campaign_known import campaign_known
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from content.words.campaign_state import state_in_words
from content.words.catalogue import N_, tongue
from storage import campaign_life
from storage.campaigns import Campaign
from storage.database import Transaction

DONE = N_("{id}：{state}。")
NO_USE = N_("{id} 现在是“{state}”，没有改动。")

Step = Callable[[Transaction, Campaign], Awaitable[bool]]
_ID = click.argument("campaign_id", metavar="编号")


@click.command(help="暂停：没发的先不发 / hold back what has not gone out")
@_ID
def pause(campaign_id: str) -> None:
    _take(campaign_id, lambda tx, one: campaign_life.pause(tx, one.id))


@click.command(help="继续：接着发，发过的不再发 / go on where it stood")
@_ID
def resume(campaign_id: str) -> None:
    _take(campaign_id, lambda tx, one: campaign_life.resume(tx, one.id))


@click.command(help="取消：没发的不发了，不能恢复 / call it off for good")
@_ID
def cancel(campaign_id: str) -> None:
    _take(campaign_id, lambda tx, one: campaign_life.cancel(tx, WallClock().now(), one))


def _take(written: str, step: Step) -> None:
    settings = settings_of_this_place()

    async def taken() -> tuple[bool, Campaign]:
        async with database_of(settings) as database, database.writing() as tx:
            one = await campaign_known(tx, written)
            return await step(tx, one), await campaign_known(tx, one.id)

    done, now = carry_out(taken())
    t = tongue(settings.language)
    state = state_in_words(t, now.state)
    if not done:
        raise click.ClickException(t.say(NO_USE, id=now.id, state=state))
    click.echo(t.say(DONE, id=now.id, state=state))
