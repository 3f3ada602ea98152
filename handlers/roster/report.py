"""A plan as a clerk reads it."""

from __future__ import annotations

from collections.abc import Iterator

from content.words.catalogue import Tongue, tongue
from content.words.table import table
from handlers.roster.planned import OUTCOMES, Plan
from handlers.roster.wording import doubt_of, outcome_told, reason_of

Line = tuple[str, str, str, str]


def as_text(plan: Plan, said_in: Tongue | None = None, *, rows: bool = True) -> str:
    """The counts, what was made of the columns, who and what is new; with `rows` all but the unchanged."""
    t = said_in or tongue("zh")
    lines = sorted(_lines(plan, t), key=lambda one: one[0]) if rows else []
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


def _counts(plan: Plan, t: Tongue) -> str:
    return t.say(
        "新增{added}人，更改{changed}人，不变{unchanged}人，合并{merged}行，不收{refused}行，{unclear}格要核对。",
        **{outcome: plan.count(outcome) for outcome in OUTCOMES},
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
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for heading in plan.headings:
        alike.setdefault((heading.taken, heading.not_taken), []).append(heading.sheet)
    for (taken, not_taken), sheets in alike.items():
        if len(plan.headings) > 1:
            yield t.say("工作表“{sheet}”", sheet=t.say("、").join(sheets))
        if not taken:
            yield t.say("这一页没有名单，没有读。")
            continue
        yield t.say("认出的栏：{names}", names=t.say("、").join(taken))
        if not_taken:
            yield t.say("没用上的栏：{names}", names=t.say("、").join(not_taken))


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
            yield (sheets[row.sheet], row.row, 0), (row.sheet, str(row.row), row.name, outcome_told(row, t))
    for one in plan.refused:
        number = str(one.row) if one.row else t.say("整页")
        told = t.say("不收：{reason}", reason=reason_of(one, t))
        yield (sheets[one.sheet], one.row, 0), (one.sheet, number, "", told)
    for cell in plan.unclear:
        name = names.get((cell.sheet, cell.row), "")
        yield (
            (sheets[cell.sheet], cell.row, 1),
            (cell.sheet, str(cell.row), name, t.say("要核对：{doubt}", doubt=doubt_of(cell, t))),
        )
