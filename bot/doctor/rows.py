"""The rows: whether the counts that are kept are right, from what times they are, and what waits in them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.doctor.finding import Finding, Patient, State
from schedules.timetable import TIMETABLE
from storage import migrations, soundness, tally_check
from storage.database import Database, Transaction
from storage.occurrences import LetGo
from storage.pulse import Waiting, pulse
from storage.running import StoodStill
from storage.vault import read_vault

_COUNTING = 10.0
INBOX_LATE, OUTBOX_LATE = timedelta(minutes=5), timedelta(minutes=15)
AHEAD = timedelta(minutes=2)


async def counts(patient: Patient) -> list[Finding]:
    """Who is silent is read from counts that are kept: a wrong one hides somebody, or calls them lost."""
    t = patient.t
    try:
        async with reading(patient) as tx, asyncio.timeout(_COUNTING):
            wrong = await tally_check.units_apart(tx)
    except TimeoutError:
        told = t.say("人很多，几秒钟没有核对完失联和在外人数。")
        return [Finding("counts", "warn", told, t.say("要核对就运行：python -m bot migrate，程序不用停。"))]
    if wrong:
        told = t.say("失联和在外人数有 {n} 处和档案对不上。", n=wrong)
        todo = t.say("运行：python -m bot migrate，会按档案重新数一遍，程序不用停；再把这件事告诉开发者。")
        return [Finding("counts", "wrong", told, todo)]
    return [Finding("counts", "ok", t.say("失联和在外人数与档案对得上。"))]


async def clock(patient: Patient) -> list[Finding]:
    """A row from the future was written by a clock that went wrong, or by one that goes right."""
    t = patient.t
    async with reading(patient) as tx:
        last = await soundness.last_row_at(tx)
    if last and last > patient.now + AHEAD:
        told = t.say("这台机器的钟比数据库里最近的记录还早。")
        todo = t.say("请用 timedatectl 核对时间，打开网络校时，再启动程序。")
        return [Finding("clock", "wrong", told, todo)]
    return [Finding("clock", "ok", t.say("钟和数据库里的记录对得上。"))]


async def queues(patient: Patient) -> list[Finding]:
    t, now = patient.t, patient.now
    async with reading(patient) as tx:
        felt = await pulse(tx, now)
    running = t.say("看程序在不在运行：systemctl status liandong；在运行就看它的日志。")
    found = [
        _queue("inbox", t.say("收件"), felt.inbox["new"], INBOX_LATE, running, patient),
        _queue("outbox", t.say("发件"), felt.to_send, OUTBOX_LATE, running, patient),
    ]
    if felt.dead:
        told = t.say("有 {n} 条来信程序没能处理，搁在一边。", n=felt.dead)
        todo = t.say("请把日志里 unreadable 和 turn_failed 的几行发给开发者。")
        found.append(Finding("dead_letters", "warn", told, todo))
    if felt.unknown:
        told = t.say("有 {n} 条消息不知道发到没有。", n=felt.unknown)
        todo = t.say("多半是断网或恢复备份时留下的，程序不会重发；要紧的请打电话。")
        found.append(Finding("unknown_letters", "warn", told, todo))
    found += [_stood_still(felt.stood_still, patient)] if felt.stood_still else []
    return [*found, *(_let_go(job, gone, patient) for job, gone in felt.let_go.items())]


def _queue(check: str, name: str, waiting: Waiting, most: timedelta, todo: str, patient: Patient) -> Finding:
    t, now = patient.t, patient.now
    if waiting.since is None:
        return Finding(check, "ok", t.say("{queue}没有积压。", queue=name))
    minutes = _minutes(waiting.since, now)
    told = t.say("{queue}等着 {n} 条，最久 {minutes} 分钟。", queue=name, n=waiting.count, minutes=minutes)
    state: State = "wrong" if now - waiting.since > most else "ok"
    return Finding(check, state, told, todo if state == "wrong" else "")


def _stood_still(still: StoodStill, patient: Patient) -> Finding:
    t, zone = patient.t, ZoneInfo(patient.settings.timezone)
    told = t.say(
        "程序上一次停着是 {since} 到 {until}。那段时间的定时工作：后来补做 {late} 次，"
        "合并成一次做的 {made_up} 次，没有补做 {let_go} 次。",
        since=t.moment(still.began, zone),
        until=t.moment(still.ended, zone),
        late=still.late,
        made_up=still.made_up,
        let_go=still.let_go,
    )
    todo = t.say(
        "过了时候的通知会先问发的人还发不发。别让机器关机或睡眠，并看看它为什么停：journalctl -u liandong。"
    )
    return Finding("stood_still", "warn", told, todo)


def _let_go(job: str, gone: LetGo, patient: Patient) -> Finding:
    t, zone = patient.t, ZoneInfo(patient.settings.timezone)
    called = next((one.called for one in TIMETABLE if one.name == job and one.called), job)
    when = gone.last.astimezone(zone)
    told = t.say(
        "“{job}”错过了 {n} 次，没有补做，最近一次是 {day} {time}。",
        job=t.say(called),
        n=gone.n,
        day=t.day(when.date()),
        time=f"{when:%H:%M}",
    )
    todo = t.say("那时程序没有在运行。要紧的请自己补上；别让机器关机或睡眠。")
    return Finding("let_go", "warn", told, todo)


def _minutes(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds() // 60))


@asynccontextmanager
async def reading(patient: Patient) -> AsyncIterator[Transaction]:
    async with opened(patient) as database, database.reading() as tx:
        yield tx


@asynccontextmanager
async def opened(patient: Patient, busy_ms: int | None = None) -> AsyncIterator[Database]:
    """The database, looked at from beside the program. Raises what `check_is_current` raises."""
    await migrations.check_is_current(patient.settings.database_url)
    database = Database(patient.settings.database_url, read_vault(patient.settings.key_file), busy_ms)
    try:
        yield database
    finally:
        await database.close()
