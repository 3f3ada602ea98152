"""`campaign list`: what was sent, is being sent and is planned, newest first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import cast, get_args
from zoneinfo import ZoneInfo

import click

from bot.commands.campaign_known import SHOWN, campaigns_saying
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.settings import Settings
from content.rules.coverage import Coverage
from content.words.campaign_state import state_in_words, state_meant
from content.words.catalogue import N_, Tongue, tongue
from content.words.table import table
from storage import coverage, progress_letter
from storage.campaigns import Campaign, State
from storage.viewer import the_programme

JSON_SHAPE = """
\b
--json:
{"campaigns": [{"id": str, "kind": str, "state": str, "slug": str, "planned_for": ISO 8601 UTC,
                "started_at": ISO 8601 UTC or null, "ended_at": ISO 8601 UTC or null,
                "all": n, "sent": n, "delivered": n, "answered": n, "failed": n}]}

\b
kind：lesson 课、notice 通知、greeting 问候、reminder 提醒。
state：draft 草稿、waiting 等人批准、planned 排着、running 正在发、
paused 暂停、finished 发完、cancelled 取消。
"""
NONE_YET = N_("还没有发过什么。发课：python -m bot lesson send 代号 --to 组织")
NONE_SO = N_("没有这样的。全部列出：python -m bot campaign list")
NO_STAGE = N_("没有“{stage}”这个状态。可以写：{stages}。")
_SHOWN_END = 6

Listed = list[tuple[Campaign, str, Coverage]]


@click.command("list", help="发过什么、正在发什么、排着什么 / what is sent", epilog=JSON_SHAPE)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON, as below")
@click.option("--state", "stage", default="", help="只看这个状态，如 正在发、paused / of this stage only")
@click.argument("words", nargs=-1, metavar="[标题里的字]")
@click.option("--limit", default=30, show_default=True, help="最多几个 / at most so many")
def list_campaigns(as_json: bool, stage: str, words: tuple[str, ...], limit: int) -> None:
    settings = settings_of_this_place()
    t = tongue(settings.language)
    states = _states(t, stage)
    found = carry_out(_found(settings, t, states, " ".join(words), limit))
    if as_json:
        shown = {"campaigns": [told(campaign, reached) for campaign, _, reached in found]}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        none = t.say(NONE_SO) if stage or words else t.say(NONE_YET)
        click.echo(_as_text(settings, t, found) if found else none)


def told(campaign: Campaign, reached: Coverage) -> dict[str, object]:
    return {
        "id": campaign.id,
        "kind": campaign.kind,
        "state": campaign.state,
        "slug": campaign.slug,
        "planned_for": campaign.planned_for.isoformat(),
        "started_at": _iso(campaign.sent_at),
        "ended_at": _iso(campaign.ended_at),
        "all": reached.all,
        "sent": reached.sent,
        "delivered": reached.delivered,
        "answered": reached.answered,
        "failed": reached.failed,
    }


def _states(t: Tongue, stage: str) -> tuple[State, ...]:
    if not stage:
        return SHOWN
    meant = state_meant(stage)
    if meant is None:
        known = t.say("、").join(state_in_words(t, one) for one in get_args(State))
        raise click.ClickException(t.say(NO_STAGE, stage=stage, stages=known))
    return (cast(State, meant),)


async def _found(settings: Settings, t: Tongue, states: Sequence[State], words: str, limit: int) -> Listed:
    everybody = the_programme()
    async with database_of(settings) as database, database.reading() as tx:
        return [
            (
                one,
                await progress_letter.title_of(tx, t, one, in_short=True),
                await coverage.of_campaign(tx, everybody, one.id),
            )
            for one in await campaigns_saying(tx, words, states, limit)
        ]


def _as_text(settings: Settings, t: Tongue, found: Listed) -> str:
    header = [t.say("编号"), t.say("时间"), t.say("状态"), t.say("共"), t.say("送达"), t.say("发不到")]
    zone = ZoneInfo(settings.timezone)
    rows = [
        [
            campaign.id[-_SHOWN_END:],
            t.moment(campaign.sent_at or campaign.planned_for, zone),
            state_in_words(t, campaign.state),
            str(reached.all),
            str(reached.delivered),
            str(reached.failed),
            title,
        ]
        for campaign, title, reached in found
    ]
    return table([*header, t.say("内容")], rows)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
