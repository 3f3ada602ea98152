"""The days: the time here, the holidays that are known, and the languages."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.doctor.finding import Finding, Patient
from bot.doctor.rows import reading
from content.rules import holidays as rule
from content.words.catalogue import tongue
from storage import holidays
from storage.holidays import Holidays
from storage.migrations import DatabaseOutOfDate, DatabaseOutOfReach
from storage.vault import KeyFileWrong


async def time_zone(patient: Patient) -> list[Finding]:
    t, zone = patient.t, patient.settings.timezone
    here = patient.now.astimezone(ZoneInfo(zone))
    day = t.day_and_year(here.date())
    told = t.say("这里现在是 {day} {time}（{zone}）。", day=day, time=f"{here:%H:%M}", zone=zone)
    return [Finding("time_zone", "ok", told)]


async def holiday_table(patient: Patient) -> list[Finding]:
    t, known = patient.t, await _known(patient)
    today = patient.now.astimezone(ZoneInfo(patient.settings.timezone)).date()
    year, following = today.year, today.year + 1
    bring = t.say("把国务院办公厅的放假通知存成文本文件，运行：python -m bot holidays import 文件")
    if not known.knows(year):
        told = t.say("没有 {year} 年的放假安排：只认得法定的 13 天，调休不认得。", year=year)
        return [Finding("holidays", "warn", told, bring)]
    for brought in (year, following):
        if names := known.lacking(brought):
            told = t.say(
                "{year} 年的放假安排不全，没有：{names}。", year=brought, names=t.say("、").join(names)
            )
            return [Finding("holidays", "warn", told, bring)]
    if not known.knows(following):
        told = t.say("有 {year} 年的放假安排，还没有 {following} 年的。", year=year, following=following)
        if today.month < rule.MADE_KNOWN_FROM:
            return [Finding("holidays", "ok", told, t.say("下一年的一般在 10 月底到 11 月公布。"))]
        return [Finding("holidays", "warn", told, bring)]
    told = t.say("有 {year}、{following} 两年的放假安排。", year=year, following=following)
    return [Finding("holidays", "ok", told)]


async def _known(patient: Patient) -> Holidays:
    """What was brought in, and what the program knows by itself where the database cannot be read."""
    try:
        async with reading(patient) as tx:
            return await holidays.known(tx)
    except (DatabaseOutOfDate, DatabaseOutOfReach, KeyFileWrong):
        return holidays.NOTHING_BROUGHT


async def languages(patient: Patient) -> list[Finding]:
    t, language = patient.t, patient.settings.language
    tongue("en")
    return [
        Finding("languages", "ok", t.say("语言齐全：中文、English；现在用 {language}。", language=language))
    ]
