"""`campaign show`: how far one of them is and, once it is over, its whole account."""

from __future__ import annotations

import json

import click

from bot.clock import WallClock
from bot.commands.campaign_known import campaign_known
from bot.commands.campaign_list import told
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.price import priced
from bot.settings import Settings
from content.rules.account import Account
from content.rules.coverage import Coverage
from content.words.campaign_state import state_in_words
from content.words.catalogue import tongue
from content.words.coverage import tally
from storage import account, account_letter, campaigns, coverage, people, progress_letter
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.viewer import the_programme

JSON_SHAPE = """
\b
--json:
{"id": str, … 同 campaign list / as in campaign list …,
 "approved_by": str or null, "told": n, "handed": n, "not_told": n, "no_receipt": n, "twice": n,
 "failed_by_reason": {str: n}, "texts": {"zh": n, "en": n}}

\b
told：联系人转告了；handed：交给联系人还没办；not_told：联系人没找到。
no_receipt：发出去没有回执；twice：可能收到两份；texts：短信几封，按语言。
"""

Found = tuple[Campaign, str, Coverage, Account, list[str], str]


@click.command(help="一次发送的进度和结果 / how far one is, and what became of it", epilog=JSON_SHAPE)
@click.argument("campaign_id", metavar="编号或标题里的字")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON, as below")
def show(campaign_id: str, as_json: bool) -> None:
    settings = settings_of_this_place()
    found = carry_out(_found(settings, campaign_id))
    click.echo(_as_json(found) if as_json else _as_text(settings, found))


async def _found(settings: Settings, written: str) -> Found:
    t, now, everybody = tongue(settings.language), WallClock().now(), the_programme()
    async with priced(settings) as price, database_of(settings) as database, database.reading() as tx:
        campaign = await campaign_known(tx, written, by_words=True)
        return (
            campaign,
            await progress_letter.title_of(tx, t, campaign),
            await coverage.of_campaign(tx, everybody, campaign.id),
            await account.of(tx, campaign),
            await account_letter.lines(tx, now, t.code, everybody, campaign, price),
            await _approver(tx, campaign),
        )


async def _approver(tx: Transaction, campaign: Campaign) -> str:
    agreed = await campaigns.approval_of(tx, campaign.id)
    return await people.name_of(tx, agreed[0]) if agreed else ""


def _as_json(found: Found) -> str:
    campaign, _, reached, became, _, agreed = found
    shown = {
        **told(campaign, reached),
        "approved_by": agreed or None,
        "told": became.told,
        "handed": became.handed,
        "not_told": became.not_told,
        "no_receipt": became.no_receipt,
        "twice": became.twice,
        "failed_by_reason": dict(became.failed),
        "texts": dict(became.texts),
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _as_text(settings: Settings, found: Found) -> str:
    campaign, title, reached, _, lines, agreed = found
    t = tongue(settings.language)
    head = t.say(
        "{title}（{state}）编号 {id}", title=title, state=state_in_words(t, campaign.state), id=campaign.id
    )
    approved = [t.say("同意人：{name}。", name=agreed)] if agreed else []
    return "\n".join([head, *approved, tally(t, reached, campaign.is_read), *lines[1:]])
