"""The clerk's own workbook again: each cell that needs them in colour, and beside the row what to do."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from content.words.catalogue import N_, Tongue
from content.words.table import width
from handlers.roster.cells import as_text
from handlers.roster.header import Header, find_header
from handlers.roster.marked_pen import Pen
from handlers.roster.placing import Columns, cells_of
from handlers.roster.planned import Plan
from handlers.roster.reading import grids_of, top_of
from handlers.roster.report import as_text as told_as_text
from handlers.roster.wording import doubt_of, outcome_told, reason_of

OUTCOME, REASON = N_("导入结果"), N_("原因和怎么改")
SUMMARY = N_("说明")
LEGEND = N_("红色：这一行没有收。黄色：这一格没看明白，人照收，这一项先空着。右边两栏写着原因和怎么改。")


@dataclass(slots=True)
class Mark:
    """What is to be seen in one row: which fields in yellow, or all of it in red, and the reasons."""

    outcome: str = ""
    is_refused: bool = False
    fields: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


Marks = Mapping[tuple[str, int], Mark]


def marked_workbook(content: bytes, plan: Plan, t: Tongue) -> bytes:
    """An .xlsx of the workbook that was planned: rows and columns where the clerk has them.

    It keeps a core busy for seconds with a large roster: call it in a thread.
    """
    marks = _marks(plan, t)
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        pen = Pen(book)
        for n, (name, rows) in enumerate(grids_of(content).items(), 1):
            _page(_sheet(book, name, n), pen, name, rows, marks, t)
        _summary(_sheet(book, t.say(SUMMARY), 0), pen, plan, t)
    return made.getvalue()


def _marks(plan: Plan, t: Tongue) -> Marks:
    marks: defaultdict[tuple[str, int], Mark] = defaultdict(Mark)
    for row in plan.rows:
        marks[row.sheet, row.row].outcome = outcome_told(row, t)
    for one in plan.refused:
        mark = marks[one.sheet, one.row]
        mark.outcome, mark.is_refused = t.say("不收"), True
        mark.reasons.append(reason_of(one, t))
    for cell in plan.unclear:
        marks[cell.sheet, cell.row].fields.append(cell.field)
        marks[cell.sheet, cell.row].reasons.append(doubt_of(cell, t))
    return marks


def _page(sheet: Any, pen: Pen, name: str, rows: list[list[Any]], marks: Marks, t: Tongue) -> None:
    header = find_header(top_of(rows))
    beside = _first_free(rows, header, t)
    above = header.rows_above if header else 0
    for at, cells in enumerate(rows):
        mark = marks.get((name, at + 1), Mark())
        _row(sheet, pen, at, cells[:beside], mark, header)
        if at + 1 == above:
            pen.header(sheet, at, cells[:beside])
            pen.header(sheet, at, (t.say(OUTCOME), t.say(REASON)), beside)
        elif mark.outcome:
            pen.note(sheet, at, beside, mark.outcome)
            pen.note(sheet, at, beside + 1, "\n".join(mark.reasons))
    if (name, 0) in marks:
        pen.note(sheet, 0, beside + 1, "\n".join(marks[name, 0].reasons))
    sheet.freeze_panes(above, 0)
    pen.widths(sheet, [_width(rows, column, above) for column in range(beside)])


def _row(sheet: Any, pen: Pen, at: int, cells: Sequence[Any], mark: Mark, header: Header | None) -> None:
    unclear = _columns(mark.fields, header.columns) if header else set()
    above = header is None or at + 1 < header.rows_above
    for column, cell in enumerate(cells):
        if above and column and cell == cells[column - 1]:
            continue  # a title merged over the sheet is written once
        colour = "refused" if mark.is_refused else "unclear" if column in unclear else "plain"
        pen.cell(sheet, at, column, cell, colour)


def _columns(fields: Sequence[str], columns: Columns) -> set[int]:
    """Whose branch only the sheet names is told by the name."""
    return {at for one in fields for at in cells_of(one, columns) or cells_of("name", columns)}


def _first_free(rows: list[list[Any]], header: Header | None, t: Tongue) -> int:
    """The column right of all of them, or where our own notes stand in a report that comes back."""
    labels = [as_text(cell) for cell in rows[header.rows_above - 1]] if header else []
    if t.say(OUTCOME) in labels:
        return labels.index(t.say(OUTCOME))
    return max(map(len, rows))


def _width(rows: list[list[Any]], column: int, above: int) -> int:
    texts = (as_text(row[column]) for row in rows[max(above - 1, 0) : above + 50] if column < len(row))
    return max(map(width, texts), default=0)


def _sheet(book: Any, name: str, n: int) -> Any:
    """Some office programs let a sheet have a name that others refuse to open."""
    try:
        return book.add_worksheet(name)
    except XlsxWriterException:
        return book.add_worksheet(f"{n}")


def _summary(sheet: Any, pen: Pen, plan: Plan, t: Tongue) -> None:
    sheet.set_column(0, 0, 100)
    for at, line in enumerate((t.say(LEGEND), *told_as_text(plan, t, rows=False).splitlines())):
        pen.note(sheet, at, 0, line)
