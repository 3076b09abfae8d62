"""The one writer of spreadsheets: what stands in a cell is a text or a number and never a formula.

gptables would make a link of ``[words](address)`` and a note of ``$$words$$`` in any text, and
xlsxwriter a formula of what begins with ``=``. Texts here come from strangers, so all of it is off:
a link stands on the sheet of contents alone, a note at a column that was given one.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remit.exports.fitting import inches_of, wrapped
from remit.exports.table_rows import TableBody
from remit.model.plain_text import for_xml

if TYPE_CHECKING:
    import pandas as pd

Value = str | float | int | date

LONGEST_CELL = 32_767
"""No spreadsheet program takes a longer text into a cell."""

NOT_APPLICABLE = "[z]"
"""Where no value can be, as the guidance of the Analysis Function for tables has it."""

WIDEST = 60
"""The width of a column in digits up to which it takes its longest text in one line.

Longer texts are wrapped; a column is wider only where they would be taller than a row can be.
"""

LINE = 16
"""The height of a line of 12 points."""

MADE = datetime(1980, 1, 1)
"""The date that stands in an office file, whenever it is made: the first that a zip can hold."""

_POINTS = 12.0
_DIGIT = 7 / 96
"""The width of a digit in inches, by which programs measure columns."""

_EDGE = 0.06
_NARROW, _STEPS = 13, (WIDEST, 90, 130, 190, 255)
_HIGHEST = 409

_A4 = 9
_CUT = " … (cut)"
_SPOKEN = re.compile("[a-zA-Z0-9]")
_UNSPOKEN = "text\ue000"
"""Stands before a text without a Latin letter or a digit, which gptables refuses, until it is
written; such a text can be a title in another script."""

_LITERAL = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Front:
    """What the first sheet says."""

    title: str
    intro: Sequence[str]
    about: Sequence[str]
    width: int


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet: its lower-case name, title, what it is, heads and rows; every cell is filled."""

    name: str
    title: str
    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[tuple[str, str], ...] = ()


def frame_of(heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> pd.DataFrame:
    """Rows as gptables takes them; numbers stay numbers beside marks such as ``[x]``."""
    import pandas as pd

    columns = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            head: pd.Series([_sayable(as_cell(value)) for value in values], dtype=object)
            for head, values in zip(heads, columns, strict=True)
        }
    )


def as_cell(value: Value) -> Value:
    """A value as a cell may hold it: without control characters, and no longer than a cell."""
    if not isinstance(value, str):
        return value
    text = for_xml(value) if value.strip() else NOT_APPLICABLE
    if len(text) <= LONGEST_CELL:
        return text
    return text[: LONGEST_CELL - len(_CUT)] + _CUT


def _sayable(value: Value) -> Value:
    if isinstance(value, str) and (not _SPOKEN.search(value) or value.startswith(_UNSPOKEN)):
        return _UNSPOKEN + value
    return value


def table_of(frame: pd.DataFrame, title: str, subtitles: Sequence[str], **more: Any) -> Any:
    """A table of gptables; its title and subtitles are cleaned as cells are."""
    import gptables

    return gptables.GPTable(
        table=frame,
        title=_sayable(as_cell(title)),
        subtitles=[_sayable(as_cell(one)) for one in subtitles],
        index_columns={},
        **more,
    )


def make_book(
    path: Path,
    tables: Mapping[str, Any],
    front: Front,
    notes: Mapping[str, str] | None = None,
    bodies: Mapping[str, TableBody] | None = None,
) -> Any:
    """Make a workbook of a cover, contents, notes and one sheet a table; it is not closed yet.

    Parameters
    ----------
    path
        The file, ending in ``.xlsx``.
    tables
        Name of the sheet → table of gptables.
    front
        What the cover says.
    notes
        Name of a note → its text, in the order in which notes are numbered.
    bodies
        Name of the sheet → its rows, where the table holds only its heads (:func:`sheet_table`).

    Returns
    -------
    gptables.core.wrappers.GPWorkbook
        The workbook, with the sheets ``cover``, ``contents``, ``notes`` and those of the tables.
    """
    import gptables
    import pandas as pd

    book = _book(path)
    cover = gptables.Cover(
        title=_sayable(as_cell(front.title)),
        intro=[_sayable(as_cell(one)) for one in front.intro],
        about=[_sayable(as_cell(one)) for one in front.about],
        cover_label="cover",
        width=front.width,
    )
    book.add_worksheet("cover").write_cover(cover)
    sheets: dict[str, Any] = {"contents": book.make_table_of_contents(dict(tables))}
    book._annotations = list(notes or ())
    if notes:
        told = {"Note reference": list(notes), "Note text": list(notes.values())}
        sheets["notes"] = book.make_notesheet(pd.DataFrame(told))
    for name, table in {**sheets, **tables}.items():
        sheet = book.add_worksheet(name)
        if bodies and name in bodies:
            sheet._write_table_elements = _written_by(bodies[name], sheet)
        sheet.write_gptable(table, name in sheets, book._annotations)
    made = {"title": as_cell(front.title), "author": "Remit", "language": "en-GB"}
    # Equal input gives equal bytes: when the file was made stands with the file, not in it.
    book.set_properties({**made, "created": MADE})
    return book


def _written_by(body: TableBody, sheet: Any) -> Callable[[Any, Any, Any], list[int]]:
    """What takes the place of gptables' own way to write a table's cells."""
    return lambda _, table, __: body.write(sheet, table)


def _book(path: Path) -> Any:
    """A workbook in which texts are texts."""
    from gptables.core.wrappers import GPWorkbook

    class LiteralBook(GPWorkbook):  # type: ignore[misc]
        def add_worksheet(self, name: str, gridlines: str = "hide_all") -> Any:
            sheet = super().add_worksheet(name, gridlines)
            sheet._parse_urls = lambda _: None
            sheet._reference_annotations = sheet._reference_table_annotations
            write = sheet.write
            sheet.write = lambda row, col, value, *more: write(row, col, _plain(value), *more)
            return sheet

    book = LiteralBook(path.as_posix(), options=dict(_LITERAL))
    book._strip_annotation_references = lambda text: text
    return book


def _plain(value: object) -> object:
    return value.removeprefix(_UNSPOKEN) if isinstance(value, str) else value


def sheet_table(sheet: SheetTable, mark: str, **more: Any) -> Any:
    """A table of gptables with the title and the heads of a sheet, and its first row alone.

    Parameters
    ----------
    sheet
        The sheet, with at least one row; :func:`body_of` has its rows.
    mark
        What stands above all else, as that the figures are invented; may be empty.
    **more
        As for :func:`table_of`.
    """
    return table_of(
        frame_of(sheet.heads, sheet.rows[:1]),
        sheet.title,
        [*filter(None, [mark]), sheet.about],
        table_name=sheet.name.replace("-", "_") + "_table",
        **more,
    )


def body_of(sheet: SheetTable, widths: Sequence[int]) -> TableBody:
    """The rows of a sheet: cells begin at the top of their row, long texts are wrapped."""
    wide = frozenset(place for place, width in enumerate(widths) if width >= WIDEST)
    return TableBody([[as_cell(value) for value in row] for row in sheet.rows], wide)


def widths_of(sheet: SheetTable) -> list[int]:
    """The widths of a sheet's columns: as their longest words need, within bounds."""
    columns = list(zip(*sheet.rows, strict=True)) or [()] * len(sheet.heads)
    return [
        _width_of(head, {str(value) for value in values})
        for head, values in zip(sheet.heads, columns, strict=True)
    ]


def _width_of(head: str, texts: set[str]) -> int:
    words = max((inches_of(word, _POINTS, bold=True) for word in head.split()), default=0.0)
    longest = max((inches_of(text, _POINTS) for text in texts), default=0.0)
    needed = max(_NARROW, *(int((inches + _EDGE) / _DIGIT) + 1 for inches in (words, longest)))
    if needed < WIDEST:
        return needed
    most = _HIGHEST // LINE
    fitting = (w for w in _STEPS if all(lines_in(text, w) <= most for text in texts))
    return next(fitting, _STEPS[-1])


def lay_out(worksheet: Any, sheet: SheetTable, head: int, widths: Sequence[int]) -> None:
    """Set widths and heights as the words of a sheet need, and print it on A4.

    Parameters
    ----------
    worksheet
        The sheet as it is written.
    sheet
        What stands in it.
    head
        The row of its heads, counted from 0. A note's number may stand beside a head.
    widths
        The widths of its columns.
    """
    for place, width in enumerate(widths):
        worksheet.set_column(place, place, width)
    heads = (lines_in(words, width) for words, width in zip(sheet.heads, widths, strict=True))
    worksheet.set_row(head, LINE * max(3, 1 + max(heads)))
    wide = [place for place, width in enumerate(widths) if width >= WIDEST]
    for number, row in enumerate(sheet.rows, start=head + 1):
        # Not every program makes wrapped rows as high as they need to be.
        lines = max((lines_in(str(row[place]), widths[place]) for place in wide), default=1)
        if lines > 1:
            worksheet.set_row(number, min(lines * LINE, _HIGHEST))
    print_on_a4(worksheet)


def lay_out_cover(cover: Any, front: Front) -> None:
    """Make the rows of the cover as high as their words need."""
    cover.set_row(0, 2 * LINE * lines_in(front.title, front.width // 2))
    for number, words in enumerate(["", *front.intro, "", *front.about], start=1):
        cover.set_row(number, (LINE if words else 1.5 * LINE) * lines_in(words, front.width))
    print_on_a4(cover)


def write_book(
    path: Path,
    front: Front,
    sheets: Sequence[SheetTable],
    *,
    mark: str,
    instructions: str,
    notes: Mapping[str, str] | None = None,
) -> None:
    """Write a whole workbook: cover, contents, notes, then one sheet a table.

    Parameters
    ----------
    path
        The file, ending in ``.xlsx``.
    front
        What the cover says.
    sheets
        The sheets, each with at least one row.
    mark
        What stands above each table, as that the figures are invented; may be empty.
    instructions
        What the marks in the cells mean.
    notes
        Name of a note → its text; those that no column bears are left out.

    Examples
    --------
    ``write_book(path, front, sheets, mark="", instructions="This sheet holds one table.")``
    """
    used = dict.fromkeys(key for sheet in sheets for _, key in sheet.notes)
    told = {key: (notes or {})[key] for key in used}
    with quietly():
        widths = {sheet.name: widths_of(sheet) for sheet in sheets}
        tables = {
            sheet.name: sheet_table(
                sheet,
                mark,
                instructions=instructions,
                table_notes={head: f"$${key}$$" for head, key in sheet.notes},
            )
            for sheet in sheets
        }
        bodies = {sheet.name: body_of(sheet, widths[sheet.name]) for sheet in sheets}
        book = make_book(path, tables, front, told, bodies)
        for sheet in sheets:
            head = tables[sheet.name].data_range[0]
            lay_out(book.get_worksheet_by_name(sheet.name), sheet, head, widths[sheet.name])
        lay_out_cover(book.get_worksheet_by_name("cover"), front)
        if told:
            lay_out_notes(book.get_worksheet_by_name("notes"), list(told.values()), front.width)
        print_on_a4(book.get_worksheet_by_name("contents"))
        book.close()


def lay_out_notes(sheet: Any, notes: Sequence[str], width: int) -> None:
    """Make the rows of the sheet of notes as high as their words need."""
    sheet.set_column(1, 1, width)
    for number, words in enumerate(notes, start=3):
        sheet.set_row(number, LINE * lines_in(words, width - 10))
    print_on_a4(sheet)


def print_on_a4(worksheet: Any) -> None:
    """Print a sheet on its side, as wide as the paper."""
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)


@lru_cache(maxsize=1 << 13)
def lines_in(words: str, width: int) -> int:
    """How many lines words take in a column of so many digits."""
    return len(wrapped(words, width * _DIGIT - _EDGE, _POINTS))


@contextmanager
def quietly() -> Iterator[None]:
    """gptables leaves a file of its own open and uses what pandas is about to take away."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=ResourceWarning)
        warnings.simplefilter("ignore", category=DeprecationWarning)
        yield
