"""The days: the time here, the holidays that are known, and the languages."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.doctor.finding import Finding, Patient
from content.rules import holidays
from content.words.catalogue import tongue


async def time_zone(patient: Patient) -> list[Finding]:
    t, zone = patient.t, patient.settings.timezone
    here = patient.now.astimezone(ZoneInfo(zone))
    day = t.day_and_year(here.date())
    told = t.say("这里现在是 {day} {time}（{zone}）。", day=day, time=f"{here:%H:%M}", zone=zone)
    return [Finding("time_zone", "ok", told)]


async def holiday_table(patient: Patient) -> list[Finding]:
    t = patient.t
    today = patient.now.astimezone(ZoneInfo(patient.settings.timezone)).date()
    year, following = today.year, today.year + 1
    if not holidays.is_known(year):
        told = t.say("没有 {year} 年的放假安排，节假日和调休会算错。", year=year)
        return [Finding("holidays", "warn", told, t.say("请升级程序（放假安排随 lunar_python 更新）。"))]
    if not holidays.is_known(following):
        told = t.say("有 {year} 年的放假安排，还没有 {following} 年的。", year=year, following=following)
        todo = t.say("国务院办公厅一般在 10 月底到 11 月公布下一年的；公布后请升级程序，最晚 12 月底。")
        return [Finding("holidays", "ok" if today.month < holidays.MADE_KNOWN_FROM else "warn", told, todo)]
    return [
        Finding(
            "holidays", "ok", t.say("有 {year}、{following} 两年的放假安排。", year=year, following=following)
        )
    ]


async def languages(patient: Patient) -> list[Finding]:
    t, language = patient.t, patient.settings.language
    tongue("en")
    return [
        Finding("languages", "ok", t.say("语言齐全：中文、English；现在用 {language}。", language=language))
    ]
