"""A plan as a clerk reads it, and as another program does. Numbers are masked: it may be passed on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from content.rules.places import place_of
from content.words.catalogue import N_, Tongue, tongue
from handlers.roster.comparing import Difference
from handlers.roster.doubts import UnclearCell
from handlers.roster.planned import Outcome, Plan, PlannedRow
from handlers.roster.table import table

_OUTCOMES: tuple[Outcome, ...] = ("added", "changed", "unchanged", "merged")
_DATES = ("out_since", "back_on", "dues_until", "joined_party_on")
_NUMBER = re.compile(r"\+?\d(?:[ -]?\d){6,}")

_FIELDS = {
    "name": N_("姓名"),
    "phone": N_("手机号"),
    "branch": N_("支部"),
    "place": N_("去向"),
    "place_code": N_("去向"),
    "address": N_("去向"),
    "out_since": N_("外出时间"),
    "back_on": N_("返回时间"),
    "whereabouts": N_("是否在外"),
    "liaison": N_("联系人"),
    "liaison_phone": N_("联系人电话"),
    "employer": N_("工作单位"),
    "job": N_("行业"),
    "reason": N_("外出原因"),
    "dues_until": N_("党费交至"),
    "joined_party_on": N_("入党时间"),
    "family_phone": N_("家属电话"),
}
_VALUES = {"out": N_("在外"), "home": N_("在家")}

Line = tuple[str, str, str, str]


def as_text(plan: Plan, said_in: Tongue | None = None) -> str:
    """The counts, what was made of the columns, who and what is new, and every row but the unchanged."""
    t = said_in or tongue("zh")
    lines = sorted(_lines(plan, t), key=lambda one: one[0])
    header = (t.say("工作表"), t.say("行"), t.say("姓名"), t.say("怎么办"))
    parts = [
        "\n".join([*_refused(plan, t), _counts(plan, t)]),
        "\n".join(_columns(plan, t)),
        "\n".join([*_founded(plan, t), *_new_liaisons(plan, t)]),
        table(header, [line for _, line in lines]) if lines else "",
    ]
    return "\n\n".join(part for part in parts if part)


def closing(plan: Plan, dry_run: bool, said_in: Tongue) -> str:
    """The last line: what was done, or that nothing was."""
    if dry_run:
        return said_in.say("以上只是预演，什么都没有改。")
    counted = {outcome: plan.count(outcome) for outcome in ("added", "changed", "unchanged")}
    done = said_in.say("已导入：新增 {added}、改动 {changed}、没变 {unchanged}。", **counted)
    next_step = said_in.say("下一步：请还没加入的人加入 —— python -m bot invite --all")
    return f"{done}\n{next_step}"


def as_json(plan: Plan, said_in: Tongue | None = None) -> str:
    """{"added", "changed", "unchanged", "merged", "refused": […], "unclear": […]}."""
    t = said_in or tongue("zh")
    return json.dumps(
        {
            **{outcome: plan.count(outcome) for outcome in _OUTCOMES},
            "refused": [
                {"sheet": one.sheet, "row": one.row, "reason": t.say(one.reason, **one.about)}
                for one in plan.refused
            ],
            "unclear": [
                {
                    "sheet": cell.sheet,
                    "row": cell.row,
                    "field": cell.field,
                    "value": _value(cell.field, cell.value),
                    "reason": t.say(cell.reason, **cell.about),
                }
                for cell in plan.unclear
            ],
        },
        ensure_ascii=False,
    )


def covered(text: str) -> str:
    """The text with the middle of each long number hidden, however it is spaced."""
    return _NUMBER.sub(_masked, text)


def _counts(plan: Plan, t: Tongue) -> str:
    return t.say(
        "新增{added}人，更改{changed}人，不变{unchanged}人，合并{merged}行，不收{refused}行，{unclear}格要核对。",
        **{outcome: plan.count(outcome) for outcome in _OUTCOMES},
        refused=len(plan.refused),
        unclear=len(plan.unclear),
    )


def _refused(plan: Plan, t: Tongue) -> Iterator[str]:
    if plan.refused:
        yield t.say(
            "有{n}行不收：只有这几行不导入，其余照常。改好后可以把整张表再导入一次，已收的不会重复。",
            n=len(plan.refused),
        )


def _columns(plan: Plan, t: Tongue) -> Iterator[str]:
    """A column that nobody noticed was not taken is a column of facts that nobody will look for."""
    for heading in plan.headings:
        if len(plan.headings) > 1:
            yield t.say("工作表“{sheet}”", sheet=heading.sheet)
        if not heading.taken:
            yield t.say("这一页没有名单，没有读。")
            continue
        yield t.say("认出的栏：{names}", names=t.say("、").join(heading.taken))
        if heading.not_taken:
            yield t.say("没用上的栏：{names}", names=t.say("、").join(heading.not_taken))


def _founded(plan: Plan, t: Tongue) -> Iterator[str]:
    if plan.founds:
        if plan.root.unit is None:
            yield t.say("新建上级组织：{root}", root=plan.root.name)
        names = t.say("、").join(branch.name for branch in plan.founds)
        yield t.say("在“{root}”下面新建支部：{names}", root=plan.root.name, names=names)


def _new_liaisons(plan: Plan, t: Tongue) -> Iterator[str]:
    if plan.new_liaisons:
        named = [t.say("{name}（{branch}）", name=s.name, branch=s.branch.name) for s in plan.new_liaisons]
        yield t.say("新登记的联系人：{names}", names=t.say("、").join(named))


def _lines(plan: Plan, t: Tongue) -> Iterator[tuple[tuple[int, int, int], Line]]:
    """Each line with its place: sheets in the order of the file, doubts under their row."""
    named = [*(row.sheet for row in plan.rows), *(one.sheet for one in plan.refused)]
    sheets = {sheet: at for at, sheet in enumerate(dict.fromkeys(named))}
    names = {(row.sheet, row.row): row.name for row in plan.rows}
    for row in plan.rows:
        if row.outcome != "unchanged":
            yield (sheets[row.sheet], row.row, 0), (row.sheet, str(row.row), row.name, _what(row, t))
    for one in plan.refused:
        number = str(one.row) if one.row else t.say("整页")
        told = t.say("不收：{reason}", reason=t.say(one.reason, **one.about))
        yield (sheets[one.sheet], one.row, 0), (one.sheet, number, "", told)
    for cell in plan.unclear:
        name = names.get((cell.sheet, cell.row), "")
        yield (sheets[cell.sheet], cell.row, 1), (cell.sheet, str(cell.row), name, _doubt(cell, t))


def _what(row: PlannedRow, t: Tongue) -> str:
    if row.outcome == "added":
        return t.say("新增，{branch}", branch=row.branch)
    if row.first_row:
        return t.say("合并：和{sheet}第{n}行是同一个人", sheet=row.first_row[0], n=row.first_row[1])
    return t.say("更改：{fields}", fields=t.say("；").join(_change(one, t) for one in row.differences))


def _change(one: Difference, t: Tongue) -> str:
    old, new = (_shown(one.field, text, t) for text in (one.old, one.new))
    field = t.say(_FIELDS.get(one.field, one.field))
    return f"{field} {old} → {new}" if old else f"{field} {new}"


def _doubt(cell: UnclearCell, t: Tongue) -> str:
    return t.say(
        "要核对：{field}“{value}”。{reason}",
        field=t.say(_FIELDS.get(cell.field, cell.field)),
        value=_value(cell.field, cell.value),
        reason=t.say(cell.reason, **cell.about),
    )


def _shown(field: str, text: str, t: Tongue) -> str:
    if field == "place_code":
        place = place_of(text)
        return place.short if place else text
    return t.say(_VALUES[text]) if field == "whereabouts" else _value(field, text)


def _value(field: str, text: str) -> str:
    return text if field in _DATES else covered(text)


def _masked(number: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", number[0])
    if number[0].startswith("+86"):
        digits = digits.removeprefix("86") if digits[2:3] == "1" else f"0{digits[2:]}"
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 8 else f"{digits[:2]}****{digits[-2:]}"
