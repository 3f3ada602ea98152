"""The database: there, up to date, sound, and of our key."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.doctor.finding import Finding, Patient, in_one_language
from bot.doctor.rows import reading
from storage import migrations, soundness
from storage.database_file import DatabaseHeld, DatabaseNoRoom, DatabaseNotOurs
from storage.key_check import check_key
from storage.migrations import DatabaseOutOfDate, DatabaseOutOfReach, DatabaseTooNew
from storage.vault import KeyFileWrong

_SECONDS = 4.0


async def reach(patient: Patient) -> list[Finding]:
    t, url = patient.t, patient.settings.database_url
    path = soundness.file_of(url)
    if path and not Path(path).exists():  # noqa: ASYNC240
        told = t.say("还没有数据库文件 {file}。", file=path)
        todo = t.say(
            "新装就运行：python -m bot migrate。本来有资料的，先别建：核对 LIANDONG_DATABASE_URL，"
            "或用 python -m bot restore 恢复备份。"
        )
        return [Finding("database", "wrong", told, todo)]
    try:
        await migrations.check_is_current(url)
    except (DatabaseTooNew, DatabaseHeld, DatabaseNoRoom, DatabaseNotOurs) as wrong:
        told, todo = in_one_language(str(wrong), t.code), t.say("照上面说的做，再运行一遍。")
        return [Finding("database", "wrong", told, todo)]
    except DatabaseOutOfDate:
        told = t.say("数据库的表还没有建好，或比程序旧。")
        todo = t.say("运行：python -m bot migrate（已有资料的，先备份）")
        return [Finding("database", "wrong", told, todo)]
    except DatabaseOutOfReach as wrong:
        told = in_one_language(str(wrong), t.code)
        todo = t.say("核对 LIANDONG_DATABASE_URL；文件坏了就用 python -m bot restore 恢复备份。")
        return [Finding("database", "wrong", told, todo)]
    return [Finding("database", "ok", t.say("数据库连得上，表是最新的。"))]


async def engine(patient: Patient) -> list[Finding]:
    t, path = patient.t, soundness.file_of(patient.settings.database_url)
    if not path:
        async with reading(patient) as tx:
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
        async with reading(patient) as tx:
            await check_key(tx)
    except KeyFileWrong:
        told = t.say("密钥和数据库不是一套，或密钥读不出来。")
        return [Finding("key_fits", "wrong", told, t.say("换回原来的密钥文件，或改 LIANDONG_KEY_FILE。"))]
    return [Finding("key_fits", "ok", t.say("密钥打得开数据库里的资料。"))]
