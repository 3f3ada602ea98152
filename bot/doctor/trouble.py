"""Whether the database takes anything in just now, and whether somebody would hear of it if not."""

from __future__ import annotations

from bot.doctor.finding import Finding, Patient
from bot.doctor.rows import opened, reading
from content.words.alarm import said_of
from storage.in_charge import doors_of_admins
from storage.trial import try_to_write
from storage.trouble import trouble_of

# Milliseconds: a program at work is done with its own writing sooner.
_PATIENCE = 3000


async def written(patient: Patient) -> list[Finding]:
    """A row, and away again: a full disk and a lock are seen by writing alone."""
    t = patient.t
    try:
        async with opened(patient, _PATIENCE) as database, database.writing() as tx:
            await try_to_write(tx, patient.now)
    except Exception as error:
        trouble = trouble_of(error)
        if trouble is None or trouble == "away":
            raise
        return [Finding("written", "wrong", *said_of(t, trouble))]
    return [Finding("written", "ok", t.say("数据库写得进去。"))]


async def who_is_told(patient: Patient) -> list[Finding]:
    """Whom the program calls when it is in trouble itself."""
    t = patient.t
    async with reading(patient) as tx:
        admins = len(await doors_of_admins(tx))
    others = len(patient.settings.alarm_ways)
    if admins + others:
        told = t.say("程序自己出了故障会告诉 {n} 位：管理员和 LIANDONG_ALARM_TO 里的。", n=admins + others)
        return [Finding("alarm", "ok", told)]
    told = t.say("程序自己出了故障没有人会知道：没有加入了的管理员，也没有设 LIANDONG_ALARM_TO。")
    todo = t.say(
        "把管机器的人的手机号或聊天编号写进 LIANDONG_ALARM_TO，或用 grant --role admin 授一位管理员。"
    )
    return [Finding("alarm", "warn", told, todo)]
