"""`lesson coverage`: how far each lesson has reached, and of one lesson where and whom not yet."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.clock import WallClock
from bot.commands.lesson_known import lesson_known
from bot.commands.opening import carry_out, database_of, settings_of_this_place
from bot.commands.pictures import A4, PICTURE, paper_asked, write_picture
from bot.commands.unit_asked import unit_asked
from bot.settings import Settings
from content.lessons.library import all_lessons
from content.pictures.of_coverage import coverage_sheet
from content.pictures.sheet import Sheet
from content.rules.coverage import Coverage, Row, least_answered_first, together
from content.words.catalogue import N_, Tongue, tongue
from content.words.lesson_letter import dated_title
from content.words.table import table
from storage import coverage as reached
from storage.campaigns import Campaign
from storage.files import Member
from storage.viewer import the_programme

JSON_SHAPE = """
\b
--json:
{"lessons": [{"campaign": str, "slug": str, "title": str, "sent_at": ISO 8601 UTC,
              "all": n, "sent": n, "delivered": n, "answered": n, "right": n,
              "not_yet": n, "failed": n, "told": n, "handed": n, "not_told": n,
              "accounted": n, "missing": n}]}

\b
写明 SLUG 时，每一课另有 / with SLUG each lesson also has
 "branches": [{"unit": str, "all": n, … "missing": n}],
 "not_yet_people": [{"name": str, "unit": str, "state": str}]

\b
not_yet_people：没答、也没转告的人；state 是 failed 的发不到，请打电话；handed 的已派人转告，
not_told 的联系人没联系上。
failed: not reached, to be called; handed: with the liaison; not_told: called in vain.
all = answered 已答 + told 联系人已转告 + not_yet 还没答 + failed 发不到。
failed 里：handed 待转告，not_told 没联系上。 / part of failed.
accounted 到位（送达、已答或已转告），missing 还缺。sent 发出，delivered 送达，right 答对。
聊天发出即算送达；短信以回执为准。 / A chat that took it counts as delivered; an SMS by its receipt.
"""
NONE_YET = N_("还没有发过课。发课：python -m bot lesson send 代号 --to 组织")
_MOST_PEOPLE = 1000
_LISTED = 30
_BY_VOICE = {
    "failed": N_("发不到，请打电话"),
    "not_told": N_("联系人没联系上"),
    "handed": N_("已派人转告"),
}

Told = list[tuple[Campaign, list[Row], list[tuple[Member, str]]]]


@click.command(help="每一课的覆盖：发出、送达、已答、答对、还没答 / coverage by lesson", epilog=JSON_SHAPE)
@click.argument("slug", required=False, default="")
@click.option("--unit", "unit_name", default="", help="只看这个组织 / this unit only")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON, as below")
@PICTURE
@A4
def coverage(slug: str, unit_name: str, as_json: bool, picture: Path | None, a4: bool) -> None:
    paper_asked(picture, a4)
    settings = settings_of_this_place()
    t = tongue(settings.language)
    if slug:
        lesson_known(slug)
    told = carry_out(_ask(settings, slug, unit_name))
    if not told and not as_json:
        click.echo(t.say(NONE_YET))
        return
    click.echo(_as_json(told, slug) if as_json else _as_text(settings, t, told, slug))
    if picture and told:
        write_picture(_sheet(settings, t, told, slug), picture, a4)


async def _ask(settings: Settings, slug: str, unit_name: str) -> Told:
    everybody = the_programme()
    async with database_of(settings) as database, database.reading() as tx:
        unit = await unit_asked(tx, unit_name)
        path = unit.path if unit else ""
        found = [
            one
            for one in await reached.in_sight(tx, everybody, path, slug)
            if one.sent_at and not one.is_read
        ]
        return [
            (
                one,
                await reached.by_branch(tx, everybody, one.id, path),
                await reached.not_yet(tx, everybody, one.id, path, limit=_MOST_PEOPLE) if slug else [],
            )
            for one in found
        ]


def _as_json(told: Told, slug: str) -> str:
    return json.dumps({"lessons": [_shown(*one, slug) for one in told]}, ensure_ascii=False, indent=2)


def _shown(
    campaign: Campaign, branches: list[Row], people: list[tuple[Member, str]], slug: str
) -> dict[str, object]:
    lesson = all_lessons().get(campaign.slug)
    shown: dict[str, object] = {
        "campaign": campaign.id,
        "slug": campaign.slug,
        "title": lesson.chinese.title if lesson else "",
        "sent_at": campaign.sent_at.isoformat() if campaign.sent_at else None,
        **_figures(together(branches)),
    }
    if slug:
        shown["branches"] = [{"unit": unit, **_figures(found)} for unit, found in branches]
        shown["not_yet_people"] = [
            {"name": member.name, "unit": member.unit, "state": state} for member, state in people
        ]
    return shown


def _figures(found: Coverage) -> dict[str, int]:
    return {
        "all": found.all,
        "sent": found.sent,
        "delivered": found.delivered,
        "answered": found.answered,
        "right": found.right,
        "not_yet": found.not_yet,
        "failed": found.failed,
        "told": found.told,
        "handed": found.handed,
        "not_told": found.not_told,
        "accounted": found.accounted,
        "missing": found.missing,
    }


def _as_text(settings: Settings, t: Tongue, told: Told, slug: str) -> str:
    if not slug:
        return _tabled(t, t.say("课"), _each(settings, t, told))
    lessons = [(_titled(settings, t, campaign), together(branches)) for campaign, branches, _ in told]
    parts = []
    for (title, whole), (_, branches, people) in zip(lessons, told, strict=True):
        parts.append(_tabled(t, title, [*least_answered_first(branches), (t.say("合计"), whole)]))
        parts += [_people(t, people)] if people else []
    return "\n\n".join(parts)


def _tabled(t: Tongue, heading: str, rows: list[Row]) -> str:
    header = [t.say(word) for word in (N_("共"), N_("发出"), N_("送达"), N_("已答"), N_("答对"))]
    header += [t.say("还没答"), t.say("发不到"), t.say("已转告"), t.say("待转告"), t.say("没转告到")]
    header += [t.say("到位"), t.say("还缺")]
    shown = [[*(str(n) for n in _figures(found).values()), label] for label, found in rows]
    return table([*header, heading], shown)


def _people(t: Tongue, people: list[tuple[Member, str]]) -> str:
    # Whom nothing reaches has to be called by somebody: they come first.
    in_order = sorted(people, key=lambda one: one[1] not in _BY_VOICE)
    lines = [f"  {_person(t, *one)}" for one in in_order[:_LISTED]]
    more = len(people) - _LISTED
    lines += [t.say("  …还有 {n} 人，见 --json", n=more)] if more > 0 else []
    return "\n".join([t.say("还没答的："), *lines])


def _person(t: Tongue, member: Member, state: str) -> str:
    line = f"{member.name}  {member.unit}"
    return t.say("{line}，{state}", line=line, state=t.say(_BY_VOICE[state])) if state in _BY_VOICE else line


def _sheet(settings: Settings, t: Tongue, told: Told, slug: str) -> Sheet:
    now, zone = WallClock().now(), ZoneInfo(settings.timezone)
    moment = f"{t.day_and_year(now.astimezone(zone).date())} {t.time(now, zone)}"
    if slug:
        campaign, branches, _ = told[0]
        rows = least_answered_first(branches)
        return coverage_sheet(
            t, _titled(settings, t, campaign), t.say("各支部"), together(branches), rows, moment
        )
    rows = _each(settings, t, told)
    return coverage_sheet(t, t.say("最近的课"), t.say("各课"), together(rows), rows, moment)


def _each(settings: Settings, t: Tongue, told: Told) -> list[Row]:
    """A row a campaign: the same lesson of one day may have been for a village, and for the county."""
    return [
        (_for_whom(t, _titled(settings, t, campaign), branches), together(branches))
        for campaign, branches, _ in told
    ]


def _for_whom(t: Tongue, title: str, branches: list[Row]) -> str:
    if len(branches) == 1:
        return t.say("{lesson} · {unit}", lesson=title, unit=branches[0][0])
    return t.say("{lesson} · {n} 个支部", lesson=title, n=len(branches))


def _titled(settings: Settings, t: Tongue, campaign: Campaign) -> str:
    day = campaign.planned_for.astimezone(ZoneInfo(settings.timezone)).date()
    return dated_title(t, day, campaign.slug)
