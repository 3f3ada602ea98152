"""Whether there is anything for the clock to do: one question for all jobs that have no hour of their own.

Each of them looks at its rows by itself, locks them, and nearly always finds none. Asked beforehand and
together, a tick that finds nothing takes no lock and one statement. A question may say yes where a job then
finds nothing; where it says no there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select

from content.rules.ladder import TOGETHER
from storage import hindered, task_follows
from storage.addresses import addresses
from storage.campaigns import campaigns
from storage.columns import Moment
from storage.database import Transaction
from storage.files import members
from storage.outbox import outbox
from storage.progress import campaign_progress
from storage.recipients import recipients
from storage.series import RUNNING, series
from storage.tasks import tasks
from storage.unheard import about_a_cry, looked_at_since

Question = Callable[[], ColumnElement[bool]]


async def anything_for(tx: Transaction, now: datetime, asked: Select[Any]) -> set[str]:
    """Of the names of `asked`, from `all_of`, those for whom there is work."""
    moments = {
        "now": now,
        "given_before": now - TOGETHER,
        "unasked_before": now - task_follows.TOGETHER,
        "cried_since": looked_at_since(now),
    }
    row = (await tx.conn.execute(asked, moments)).one()
    return {name for name, is_so in row._mapping.items() if is_so}


def all_of(questions: Mapping[str, Question]) -> Select[Any]:
    """One question for all of these, by name: to be made once and asked often."""
    columns: list[ColumnElement[Any]] = [question().label(name) for name, question in questions.items()]
    return select(*columns)


def a_series_runs() -> ColumnElement[bool]:
    return exists().where(series.c.state.in_(RUNNING))


def a_campaign_is_to_go_out() -> ColumnElement[bool]:
    runs = exists().where(campaigns.c.state == "running")
    is_due = exists().where(campaigns.c.state == "planned", campaigns.c.planned_for <= _moment("now"))
    return or_(runs, is_due)


def a_step_is_due() -> ColumnElement[bool]:
    """Of the ladder; and somebody waits for a campaign that was called off."""
    in_vain = exists().where(
        campaigns.c.state == "cancelled",
        recipients.c.campaign_id == campaigns.c.id,
        recipients.c.step == "waiting",
    )
    return or_(exists().where(recipients.c.next_step_at <= _moment("now")), in_vain)


def a_task_is_to_be_tended() -> ColumnElement[bool]:
    is_open = tasks.c.closed_at.is_(None)
    its_number = and_(tasks.c.address_id > "", addresses.c.id == tasks.c.address_id)
    of_an_old_number = exists().where(is_open, its_number, addresses.c.ended_at.is_not(None))
    untold = and_(is_open, tasks.c.told_at.is_(None), tasks.c.owner_id.is_not(None))
    return or_(
        exists().where(addresses.c.suspended_until <= _moment("now")),
        of_an_old_number,
        exists().where(addresses.c.suspect_at.is_not(None), addresses.c.ended_at.is_(None), ~_has_its_task()),
        exists().where(is_open, tasks.c.due_at <= _moment("now")),
        exists().where(untold, tasks.c.given_at <= _moment("given_before")),
    )


def a_task_follows_its_member() -> ColumnElement[bool]:
    of_a_member = tasks.c.member_id == members.c.person_id
    return or_(
        exists().where(of_a_member, *task_follows.lies_with_a_former_liaison()),
        exists().where(of_a_member, *task_follows.lies_with_nobody_s_liaison()),
        exists().where(task_follows.arrived_after_all()),
        exists().where(task_follows.is_about_what_is_over(_moment("now"))),
        exists().where(tasks.c.unasked_at <= _moment("unasked_before")),
    )


def ours_keeps_letters_back() -> ColumnElement[bool]:
    return hindered.anything()


def somebody_waits_for_a_yes() -> ColumnElement[bool]:
    return exists().where(campaigns.c.state == "waiting", campaigns.c.planned_for <= _moment("now"))


def progress_is_watched() -> ColumnElement[bool]:
    begun = and_(campaigns.c.started_at.is_not(None), campaigns.c.made_by.is_not(None))
    goes_out = and_(campaigns.c.state.in_(["running", "paused"]), begun, campaigns.c.told_at.is_(None))
    return or_(exists().where(goes_out), exists().where(campaign_progress.c.ended_at.is_(None)))


def an_account_is_due() -> ColumnElement[bool]:
    goes_on = exists().where(
        recipients.c.campaign_id == campaigns.c.id, recipients.c.next_step_at.is_not(None)
    )
    over = or_(campaigns.c.state == "cancelled", and_(campaigns.c.state == "finished", ~goes_on))
    return exists().where(over, campaigns.c.started_at.is_not(None), campaigns.c.told_at.is_(None))


def a_cry_went_unheard() -> ColumnElement[bool]:
    lately = outbox.c.made_at > _moment("cried_since")
    return exists().where(about_a_cry(), lately, outbox.c.state == "failed")


def _has_its_task() -> ColumnElement[bool]:
    its = exists().where(tasks.c.address_id == addresses.c.id, tasks.c.opened_at >= addresses.c.suspect_at)
    return its.correlate(addresses)


def _moment(name: str) -> ColumnElement[datetime]:
    return bindparam(name, type_=Moment)
