"""Reads a branch's roster out of a workbook, row by row, and says of each doubt where it stands.

Whether a person is new or changed is another question: see plan.py.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from content.words.catalogue import N_
from handlers.roster.above import Above
from handlers.roster.cells import as_text, phones_in, spread_merged, without
from handlers.roster.column_meaning import bare, field_of, is_any_phone
from handlers.roster.header import SOUGHT_IN_ROWS, Header, find_header
from handlers.roster.opening import ROWS, open_workbook
from handlers.roster.row import RosterRow, RowRefused, read_row
from handlers.roster.titles import title_above
from handlers.roster.typed import Typed
from handlers.roster.unreadable import HeaderMissing, NotAWorkbook, WorkbookEmpty, WorkbookTooLarge

PAGE_WITHOUT_HEADER = N_("这一页没有找到“姓名”等表头，整页没有读。")
_LIKE_A_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]\s+[\u3400-\u9fff]")
_LONG_FOR_A_NUMBER = 30
SOUGHT = "联系电话、所在支部、流入地、外出时间、联系人"


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken, by its number on the clerk's screen; 0 for a whole sheet."""

    sheet: str
    row: int
    reason: str
    about: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a sheet's columns are called, as far as they were taken and as far as they were not.

    A sheet on which nobody is listed has none of either.
    """

    sheet: str
    taken: tuple[str, ...]
    not_taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """`titles` are what stands above each sheet's header, by sheet."""

    rows: tuple[RosterRow, ...]
    refused: tuple[Refused, ...]
    headings: tuple[Heading, ...] = ()
    titles: Mapping[str, str] = dataclasses.field(default_factory=dict)


def read_workbook(content: bytes) -> Workbook:
    """Every person on every visible sheet. Raises one of WorkbookUnreadable.

    It keeps a core busy for a moment with a large roster: call it in a thread.
    """
    return _read(grids_of(content))


def grids_of(content: bytes) -> dict[str, list[list[Any]]]:
    """The cells of every visible sheet that is not empty, those merged each with what all of them say."""
    with open_workbook(content) as workbook:
        try:
            sheets = {s.name: grid for s in _visible(workbook) if any(map(any, grid := _grid(s)))}
        except CalamineError:
            raise NotAWorkbook from None
    if not sheets:
        raise WorkbookEmpty
    return sheets


def _visible(workbook: CalamineWorkbook) -> Iterator[CalamineSheet]:
    """The sheets a clerk sees: hidden ones hold last year's names and lists to choose from."""
    for at, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            yield workbook.get_sheet_by_index(at)


def _grid(sheet: CalamineSheet) -> list[list[Any]]:
    if sheet.start is None:
        return []
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    spread_merged(rows, sheet.merged_cell_ranges)
    return rows


def _read(sheets: dict[str, list[list[Any]]]) -> Workbook:
    tops = {name: top_of(rows) for name, rows in sheets.items()}
    headers = {name: find_header(top) for name, top in tops.items()}
    if not any(headers.values()):
        raise HeaderMissing(sought=SOUGHT)
    pages = [_page(name, rows, headers[name]) for name, rows in sheets.items()]
    workbook = Workbook(
        rows=tuple(row for page in pages for row in page.rows),
        refused=tuple(refusal for page in pages for refusal in page.refused),
        headings=tuple(heading for page in pages for heading in page.headings),
        titles={name: title_above(top, headers[name]) for name, top in tops.items()},
    )
    if not workbook.rows and not workbook.refused:
        raise WorkbookEmpty
    return workbook


def top_of(rows: list[list[Any]]) -> list[list[str]]:
    """As much of a sheet, as text, as the header is sought in."""
    return [[as_text(cell) for cell in row] for row in rows[: SOUGHT_IN_ROWS + 1]]


def _page(sheet: str, rows: list[list[Any]], header: Header | None) -> Workbook:
    if header is None:
        nobody = not any(map(_lists_somebody, rows))
        told = () if nobody else (Refused(sheet, 0, PAGE_WITHOUT_HEADER),)
        return Workbook((), told, (Heading(sheet, (), ()),) if nobody else ())
    if len(rows) - header.rows_above > ROWS:
        raise WorkbookTooLarge(limit=ROWS)
    taken: list[RosterRow] = []
    refused: list[Refused] = []
    above = Above(header.columns["name"][0])
    for number, cells in enumerate(rows[header.rows_above :], header.rows_above + 1):
        if above.is_branch_line(cells):
            continue
        try:
            row = read_row(sheet, number, above.filled_in(cells), header.columns)
        except RowRefused as refusal:
            refused.append(Refused(sheet, number, refusal.reason))
        else:
            taken.extend([_under(above.branch, row, Typed(cells, header.columns))] if row else [])
    return Workbook(tuple(taken), tuple(refused), (Heading(sheet, header.taken, header.not_taken),))


def _under(branch: str, row: RosterRow, typed: Typed) -> RosterRow:
    return dataclasses.replace(row, branch=row.branch or branch, typed=typed)


def _lists_somebody(row: list[Any]) -> bool:
    """Whether a row without a header over it may be a person's: a cell is a number, and one a name alone.

    The instructions and the cover of a form have 联系电话 beside theirs, and list nobody.
    """
    texts = [as_text(cell) for cell in row if cell]
    if not any(map(_is_a_number, texts)) or any(map(_is_a_label, texts)):
        return False
    return any(map(_LIKE_A_NAME.fullmatch, texts))


def _is_a_number(text: str) -> bool:
    return len(text) < _LONG_FOR_A_NUMBER and any(without(text, (raw,)) == "" for raw, _ in phones_in(text))


def _is_a_label(text: str) -> bool:
    return bool(field_of(bare(text)) or is_any_phone(bare(text)))
