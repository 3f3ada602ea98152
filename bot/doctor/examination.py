"""All that is looked at, in the order in which it is told. What fails stops nothing that comes after it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.doctor import calendar, database, doors, files, guessable, rows, shelf, trouble
from bot.doctor.finding import Finding, Patient
from content.words.catalogue import N_
from storage.migrations import DatabaseOutOfDate, DatabaseOutOfReach
from storage.vault import KeyFileWrong

Check = Callable[[Patient], Awaitable[list[Finding]]]

# Seconds for each; a server that drops packets answers nobody.
_MOST = 12.0

# Each with what it is called where it could not be done.
CHECKS: tuple[tuple[Check, str], ...] = (
    (database.reach, N_("数据库")),
    (database.engine, N_("数据库版本")),
    (database.file_is_sound, N_("数据库文件")),
    (trouble.written, N_("数据库写不写得进")),
    (files.key_file, N_("密钥文件")),
    (database.key_fits, N_("密钥合不合")),
    (rows.counts, N_("人数")),
    (files.key_place, N_("密钥的位置")),
    (doors.telegram, N_("聊天")),
    (doors.gateway, N_("短信网关")),
    (guessable.secrets, N_("暗号")),
    (doors.own_port, N_("端口")),
    (rows.clock, N_("时钟")),
    (calendar.time_zone, N_("时区")),
    (calendar.holiday_table, N_("放假安排")),
    (rows.queues, N_("积压")),
    (files.disk, N_("磁盘")),
    (trouble.who_is_told, N_("故障告诉谁")),
    (calendar.languages, N_("语言")),
    (shelf.lessons, N_("课文")),
)


async def examine(patient: Patient) -> list[Finding]:
    """Side by side, for a few seconds at most."""
    found = await asyncio.gather(*(_looked_at(*check, patient) for check in CHECKS))
    return [finding for findings in found for finding in findings]


async def _looked_at(check: Check, called: str, patient: Patient) -> list[Finding]:
    t, name, label = patient.t, check.__name__, patient.t.say(called)
    todo = t.say("先把上面标 ✗ 的弄好，再运行一遍。")
    try:
        async with asyncio.timeout(_MOST):
            return await check(patient)
    except TimeoutError:
        told = t.say("几秒钟没有答复：{check}。", check=label)
        return [Finding(name, "wrong", told, t.say("检查网络和那边的服务器，再运行一遍。"))]
    except (DatabaseOutOfDate, DatabaseOutOfReach, KeyFileWrong):
        return [Finding(name, "warn", t.say("没有查成：{check}，要先有数据库和密钥。", check=label), todo)]
    except Exception as error:
        told = t.say("没有查成：{check}（{error}）。", check=label, error=type(error).__name__)
        return [Finding(name, "wrong", told, todo)]
