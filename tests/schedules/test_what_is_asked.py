"""A tick asks once whether there is work: it misses none, and where there is none it costs one question."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, event, insert, update

from bot.clock import WoundClock
from bot.clockwork import Clockwork
from schedules.timetable import TIMETABLE
from storage import due_work
from storage.addresses import addresses
from storage.campaigns import campaigns
from storage.database import Database, Transaction
from storage.outbox import BULK, outbox
from storage.progress import campaign_progress
from storage.recipients import recipients
from storage.series import series
from storage.tasks import tasks
from storage.unheard import cause_of
from tests.storage.every_query import Scene, set_scene
from tests.storage.town import NOW

AGO, SOON = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
A_SERIES = {
    "id": "s", "state": "running", "audience": "{}", "every_days": 7, "catch_up_days": 3, "hour": "19:30",
    "made_at": AGO,
}  # fmt: skip
AT_REST = {"state": "finished", "started_at": AGO, "told_at": AGO}
AN_OPEN_TASK = {"id": "t", "kind": "tell", "opened_at": AGO, "given_at": NOW, "raised": 0}

A_LETTER_TO_MANY = {"state": "pending", "priority": BULK, "campaign": True}

# What stands in a row, and the job that it is work for; None where it is not yet, or no more.
CASES: list[tuple[str | None, Table, dict[str, Any]]] = [
    ("next_of_series", series, A_SERIES),
    (None, series, A_SERIES | {"state": "paused"}),
    ("run_campaigns", campaigns, AT_REST | {"state": "planned", "planned_for": NOW}),
    (None, campaigns, AT_REST | {"state": "planned", "planned_for": SOON}),
    ("run_campaigns", campaigns, AT_REST | {"state": "running"}),
    ("climb_ladder", recipients, {"step": "letter", "next_step_at": NOW}),
    (None, recipients, {"step": "letter", "next_step_at": SOON}),
    ("tend_tasks", addresses, {"suspended_until": NOW}),
    (None, addresses, {"suspended_until": SOON}),
    ("tend_tasks", addresses, {"suspect_at": AGO}),
    (None, addresses, {"suspect_at": AGO, "ended_at": NOW}),
    ("tend_tasks", tasks, AN_OPEN_TASK | {"due_at": NOW}),
    (None, tasks, AN_OPEN_TASK | {"due_at": SOON}),
    (None, tasks, AN_OPEN_TASK | {"due_at": NOW, "closed_at": NOW}),
    ("tend_tasks", tasks, AN_OPEN_TASK | {"given_at": AGO, "owner": True, "raised": 1}),
    (None, tasks, AN_OPEN_TASK | {"given_at": AGO}),
    (None, tasks, AN_OPEN_TASK | {"given_at": AGO, "owner": True, "raised": 1, "told_at": AGO}),
    ("follow_tasks", tasks, AN_OPEN_TASK | {"owner": True}),
    ("follow_tasks", tasks, AN_OPEN_TASK | {"closed_at": AGO, "unasked_at": AGO}),
    (None, tasks, AN_OPEN_TASK | {"closed_at": AGO, "unasked_at": NOW}),
    ("ask_time_again", campaigns, AT_REST | {"state": "waiting", "planned_for": AGO}),
    (None, campaigns, AT_REST | {"state": "waiting", "planned_for": SOON}),
    ("show_progress", campaigns, AT_REST | {"state": "paused", "told_at": None}),
    ("show_progress", campaign_progress, {"letter_id": "", "said": "", "whole": 1, "shown_at": AGO}),
    ("tell_account", campaigns, AT_REST | {"told_at": None}),
    (None, campaigns, AT_REST | {"told_at": None, "started_at": None}),
    (
        "say_hindered",
        outbox,
        {"state": "pending", "priority": BULK, "reason": "no_money:7", "campaign": True},
    ),
    (None, outbox, {"state": "pending", "priority": BULK, "reason": "gateway_busy", "campaign": True}),
    ("hand_up_help", outbox, {"cause": cause_of("m", "w"), "state": "failed"}),
    (None, outbox, {"cause": cause_of("m", "w"), "state": "accepted"}),
    (None, outbox, {"cause": cause_of("m", "w"), "state": "failed", "made_at": NOW - timedelta(days=4)}),
]
_MADE = (series, tasks, campaign_progress)


@pytest.mark.parametrize(("job", "table", "row"), CASES)
async def test_what_is_due_is_found(
    database: Database, job: str | None, table: Table, row: dict[str, Any]
) -> None:
    async with database.writing() as tx:
        scene = await set_scene(tx)
        await _write(tx, scene, campaigns, AT_REST)
        assert await _asked(tx) == set()
        await _write(tx, scene, table, row)
        assert await _asked(tx) == ({job} if job else set())


async def test_whoever_waits_for_a_campaign_that_was_called_off(database: Database) -> None:
    async with database.writing() as tx:
        scene = await set_scene(tx)
        await _write(tx, scene, campaigns, AT_REST | {"state": "cancelled"})
        await _write(tx, scene, recipients, {"step": "waiting"})
        assert await _asked(tx) == {"climb_ladder"}


async def test_a_task_about_a_number_that_is_no_more(database: Database) -> None:
    async with database.writing() as tx:
        scene = await set_scene(tx)
        await _write(tx, scene, campaigns, AT_REST)
        await _write(tx, scene, tasks, AN_OPEN_TASK | {"address_id": scene.chat.id})
        await _write(tx, scene, addresses, {"ended_at": NOW})
        assert await _asked(tx) == {"tend_tasks"}


async def test_a_quiet_moment_costs_one_question(database: Database) -> None:
    works = Clockwork(database, WoundClock(NOW), TIMETABLE, "Asia/Shanghai", lambda: None)
    for _ in range(2):
        # The first only says from when on slots count.
        await works.tick()
    said: list[str] = []
    for engine in {database._reader.sync_engine, database._writer.sync_engine}:
        event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    await works.tick()
    assert len([one for one in said if one.startswith("SELECT")]) == 1
    assert all(one.startswith(("SELECT", "BEGIN")) for one in said)


async def test_where_nothing_can_be_asked_each_job_finds_out_by_itself(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_what: object) -> set[str]:
        raise ZeroDivisionError

    async with database.writing() as tx:
        await _write(tx, await set_scene(tx), campaigns, AT_REST | {"told_at": None})
    monkeypatch.setattr(due_work, "anything_for", breaks)
    assert await Clockwork(database, WoundClock(NOW), TIMETABLE, "Asia/Shanghai", lambda: None).tick()


async def _asked(tx: Transaction) -> set[str]:
    return await due_work.anything_for(
        tx, NOW, due_work.all_of({job.name: job.asks for job in TIMETABLE if job.asks})
    )


async def _write(tx: Transaction, scene: Scene, table: Table, row: dict[str, Any]) -> None:
    """Into the scene's own row of this table, or a new one."""
    row = dict(row)
    if table is tasks:
        row |= {
            "member_id": scene.member.id,
            "owner_id": scene.looker.person_id if row.pop("owner", 0) else None,
        }
    if table is series:
        row["made_by"] = scene.looker.person_id
    if row.pop("campaign", 0) or table is campaign_progress:
        row["campaign_id"] = scene.campaign.id
    await tx.conn.execute(insert(table).values(row) if table in _MADE else update(table).values(row))
