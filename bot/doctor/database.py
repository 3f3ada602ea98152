"""The database: there, up to date, sound, of our key, and not full of what waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.doctor.finding import Finding, Patient, State, in_one_language
from storage import migrations, soundness
from storage.database import Database, Transaction
from storage.key_check import check_key
from storage.migrations import DatabaseOutOfDate, DatabaseOutOfReach
from storage.pulse import Waiting, pulse
from storage.vault import KeyFileWrong, read_vault

_SECONDS = 4.0
INBOX_LATE, OUTBOX_LATE = timedelta(minutes=5), timedelta(minutes=15)
AHEAD = timedelta(minutes=2)


async def reach(patient: Patient) -> list[Finding]:
    t, url = patient.t, patient.settings.database_url
    try:
        await migrations.check_is_current(url)
    except DatabaseOutOfDate:
        told = t.say("数据库还没有建好，或版本不符。")
        return [Finding("database", "wrong", told, t.say("运行：python -m bot migrate"))]
    except DatabaseOutOfReach as wrong:
        told = in_one_language(str(wrong), t.code)
        todo = t.say("核对 LIANDONG_DATABASE_URL；文件坏了就用 python -m bot restore 恢复备份。")
        return [Finding("database", "wrong", told, todo)]
    return [Finding("database", "ok", t.say("数据库连得上，表是最新的。"))]


async def engine(patient: Patient) -> list[Finding]:
    t, path = patient.t, soundness.file_of(patient.settings.database_url)
    if not path:
        async with _reading(patient) as tx:
            version = soundness.server_version(tx)
        return [Finding("engine", "ok", t.say("PostgreSQL {version}。", version=version))]
    version = ".".join(map(str, soundness.sqlite_version()))
    if soundness.sqlite_version() >= soundness.MENDED:
        return [Finding("engine", "ok", t.say("SQLite {version}。", version=version))]
    told = t.say("SQLite {version} 早于 3.51.3，写日志复位时有极小可能损坏数据库。", version=version)
    todo = t.say("每天运行 python -m bot backup；升级系统或 Python 里的 SQLite，或改用 PostgreSQL。")
    return [Finding("engine", "warn", told, todo)]


async def file_is_sound(patient: Patient) -> list[Finding]:
    t, path = patient.t, soundness.file_of(patient.settings.database_url)
    if not path:
        return []
    if not Path(path).exists():  # noqa: ASYNC240
        return []
    try:
        wrong = await asyncio.to_thread(soundness.quick_check, path, _SECONDS)
    except soundness.TooLarge:
        told = t.say("数据库很大，几秒钟没有查完。")
        todo = t.say("夜里停下程序，运行：sqlite3 {file} 'PRAGMA quick_check'", file=path)
        return [Finding("sound", "warn", told, todo)]
    if wrong:
        todo = t.say("停下程序，用 python -m bot restore 恢复最近的备份；坏文件先别删。")
        return [Finding("sound", "wrong", t.say("数据库文件有损坏。"), todo)]
    return [Finding("sound", "ok", t.say("数据库文件完好。"))]


async def key_fits(patient: Patient) -> list[Finding]:
    t = patient.t
    try:
        async with _reading(patient) as tx:
            await check_key(tx)
    except KeyFileWrong:
        told = t.say("密钥和数据库不是一套，或密钥读不出来。")
        return [Finding("key_fits", "wrong", told, t.say("换回原来的密钥文件，或改 LIANDONG_KEY_FILE。"))]
    return [Finding("key_fits", "ok", t.say("密钥打得开数据库里的资料。"))]


async def clock(patient: Patient) -> list[Finding]:
    """A row from the future was written by a clock that went wrong, or by one that goes right."""
    t = patient.t
    async with _reading(patient) as tx:
        last = await soundness.last_row_at(tx)
    if last and last > patient.now + AHEAD:
        told = t.say("这台机器的钟比数据库里最近的记录还早。")
        todo = t.say("请用 timedatectl 核对时间，打开网络校时，再启动程序。")
        return [Finding("clock", "wrong", told, todo)]
    return [Finding("clock", "ok", t.say("钟和数据库里的记录对得上。"))]


async def queues(patient: Patient) -> list[Finding]:
    t, now = patient.t, patient.now
    async with _reading(patient) as tx:
        felt = await pulse(tx, now)
    running = t.say("看程序在不在运行：systemctl status liandong；在运行就看它的日志。")
    found = [
        _queue("inbox", t.say("收件"), felt.inbox["new"], INBOX_LATE, running, patient),
        _queue("outbox", t.say("发件"), felt.to_send, OUTBOX_LATE, running, patient),
    ]
    if felt.dead:
        told = t.say("有 {n} 条来信程序没能处理，搁在一边。", n=felt.dead)
        found.append(Finding("dead_letters", "warn", told, t.say("请看日志里的 dead，并告诉开发者。")))
    if felt.unknown:
        told = t.say("有 {n} 条消息不知道发到没有。", n=felt.unknown)
        todo = t.say("多半是断网或恢复备份时留下的，程序不会重发；要紧的请打电话。")
        found.append(Finding("unknown_letters", "warn", told, todo))
    return found


def _queue(check: str, name: str, waiting: Waiting, most: timedelta, todo: str, patient: Patient) -> Finding:
    t, now = patient.t, patient.now
    if waiting.since is None:
        return Finding(check, "ok", t.say("{queue}没有积压。", queue=name))
    minutes = _minutes(waiting.since, now)
    told = t.say("{queue}等着 {n} 条，最久 {minutes} 分钟。", queue=name, n=waiting.count, minutes=minutes)
    state: State = "wrong" if now - waiting.since > most else "ok"
    return Finding(check, state, told, todo if state == "wrong" else "")


def _minutes(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds() // 60))


@asynccontextmanager
async def _reading(patient: Patient) -> AsyncIterator[Transaction]:
    await migrations.check_is_current(patient.settings.database_url)
    database = Database(patient.settings.database_url, read_vault(patient.settings.key_file))
    try:
        async with database.reading() as tx:
            yield tx
    finally:
        await database.close()
