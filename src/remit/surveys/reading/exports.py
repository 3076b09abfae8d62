"""An export of a survey tool as a table: its headings put together, each row with its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from remit.files.delimited import unmarked
from remit.files.reading import read_bytes
from remit.files.records import decoded, records, separator_of_list
from remit.files.workbooks import open_workbook
from remit.model.errors import SurveyError
from remit.model.questionnaire import plain

Row = tuple[int, list[str]]

SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
MOST_COLUMNS = 5_000
NO_PERSON = "this is a sum or a note, and no respondent"
_PARTS = frozenset({"response", "open-ended response", "other (please specify)"})
_IMPORT = re.compile(r'^\{\s*"ImportId"')
_SUM = re.compile(
    r"^(?:grand )?totals?(?: (?:responses|respondents|number))?\s*[:=]?\s*[\d,.]*$"
    r"|^(?:average|mean|median|sum|base|count)\s*[:=]?\s*[\d,.]*$|^n\s*=\s*[\d,.]+$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^(?:exported|generated|created|downloaded|produced|printed|source|notes?)\b", re.IGNORECASE
)
_OPTION = re.compile(r"^(?P<question>.+\S)\s*(?:\[(?P<option>[^\[\]]+)\])\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column: the question, the option where a column is one, and its code."""

    place: int
    question: str
    option: str = ""
    code: str = ""

    @property
    def said(self) -> str:
        """The heading in one piece."""
        return f"{self.question} [{self.option}]" if self.option else self.question


@dataclass(frozen=True, slots=True)
class Rejection:
    """What of an export is not counted: a row (without a column) or a cell."""

    file: str
    line: int
    column: str
    value: str
    reason: str


@dataclass(slots=True)
class Export:
    """The rows of one file, or of one sheet, below its headings."""

    file: str
    headings: list[Heading]
    cells: pl.DataFrame
    """Texts: a column for each heading."""
    lines: list[int]
    rejections: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_export(path: Path) -> Export:
    """Read what a survey tool gave out: CSV or a workbook, with one to three rows of headings.

    Raises
    ------
    SurveyError
        If the file cannot be read, or holds no row of headings.

    Examples
    --------
    >>> read_export(Path("demo/people/sample-survey-2026.csv")).headings[0].question
    'respondent_id'
    """
    content = read_bytes(path, error=SurveyError)
    damaged: list[Rejection] = []
    notes: list[str] = []
    if path.suffix.lower() in SHEETS:
        rows = _sheet(path, content, notes)
    else:
        rows = list(_lines(path, content, damaged))
    return export_of(path.name, rows, damaged, notes)


def export_of(
    file: str,
    rows: Sequence[Row],
    damaged: Sequence[Rejection] = (),
    notes: Sequence[str] = (),
) -> Export:
    """Part rows into headings and answers.

    Parameters
    ----------
    file
        The name that messages and rejections bear.
    rows
        All rows that are not blank, each with its line.
    damaged, notes
        What was rejected or noticed when they were read.

    Examples
    --------
    >>> rows = [(1, ["id", "I am heard"]), (2, ["1", "Agree"])]
    >>> export_of("a.csv", rows).headings[1].question
    'I am heard'
    """
    start = _first_heading(rows)
    if start is None:
        raise SurveyError(
            f"{file}: there is no row of headings; the first row names the questions, "
            "and each row below it is one respondent"
        )
    notes = list(notes)
    if start:
        notes.append(f"{start} rows above the headings are not read")
    depth, headings = _headings([cells for _, cells in rows[start : start + 3]])
    width = len(headings)
    rejections, kept = list(damaged), []
    for line, cells in rows[start + depth :]:
        if any(cell.strip() for cell in cells[width:]):
            reason = f"the row has {len(cells)} cells and there are {width} headings"
            rejections.append(Rejection(file, line, "", " ".join(cells)[:200], reason))
        elif _is_no_respondent(cells):
            said = " ".join(cells).strip()[:200]
            rejections.append(Rejection(file, line, "", said, NO_PERSON))
        else:
            kept.append((line, cells[:width] + [""] * (width - len(cells))))
    columns = [[cells[place] for _, cells in kept] for place in range(width)]
    texts = [pl.Series(str(place), one, dtype=pl.String) for place, one in enumerate(columns)]
    lines = [line for line, _ in kept]
    return Export(file, headings, pl.DataFrame(texts), lines, rejections, notes)


def _is_no_respondent(cells: Sequence[str]) -> bool:
    """Whether a row adds up the others, or is a note that stands alone."""
    first = cells[0].strip() if cells else ""
    alone = not any(cell.strip() for cell in cells[1:])
    return bool(_SUM.match(first) or (alone and _NOTE.match(first)))


def export_of_frame(frame: pl.DataFrame, file: str = "frame") -> Export:
    """A user's own frame as an export: its columns are the headings, its rows are counted from 1.

    >>> export_of_frame(pl.DataFrame({"id": [1], "heard": ["Agree"]})).headings[1].question
    'heard'
    """
    headings = list(_singles(frame.columns))
    texts = frame.select(pl.all().cast(pl.String).fill_null(""))
    lines = list(range(1, len(frame) + 1))
    return Export(file, headings, texts, lines)


def _lines(path: Path, content: bytes, damaged: list[Rejection]) -> Iterator[Row]:
    text = decoded(content).text
    if text.count("\x00") * 10 > len(text):
        raise SurveyError(f"{path}: this is no text; save it as CSV (UTF-8) or as .xlsx")
    for line, cells in records(text, separator_of_list(text)):
        if isinstance(cells, str):
            damaged.append(Rejection(path.name, line, "", "", cells))
        elif len(cells) > MOST_COLUMNS:
            damaged.append(Rejection(path.name, line, "", "", f"the row has {len(cells):,} cells"))
        elif any(cell.strip() for cell in cells):
            yield line, [unmarked(cell).replace("\x00", "") for cell in cells]


def _sheet(path: Path, content: bytes, notes: list[str]) -> list[Row]:
    """The rows of the shown sheet that has most of them; the others are named."""
    book = open_workbook(path, content, error=SurveyError)
    sheets = {
        name: [
            (line, [_text(value) for value in row])
            for line, row in enumerate(book.rows(name), start=1)
            if any(_text(value).strip() for value in row)
        ]
        for name in book.names
        if name not in book.hidden
    }
    if not any(sheets.values()):
        raise SurveyError(f"{path}: no sheet of the workbook has a row")
    chosen = max(sheets, key=lambda name: len(sheets[name]))
    if others := [name for name in book.names if name != chosen]:
        notes.append(f"the sheet {chosen!r} is read; not {', '.join(map(repr, others))}")
    return sheets[chosen]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _first_heading(rows: Sequence[Row]) -> int | None:
    """The first row that is as wide as the widest of the first ones, or nearly so."""
    looked = [sum(bool(cell.strip()) for cell in cells) for _, cells in rows[:15]]
    if not looked or max(looked) < 2:
        return None
    widest = max(len([*cells]) for _, cells in rows[:15])
    enough = max(2, min(max(looked), widest) // 3)
    return next(place for place, filled in enumerate(looked) if filled >= enough)


def _headings(top: Sequence[Sequence[str]]) -> tuple[int, list[Heading]]:
    """How many rows the headings take, and the headings."""
    first = [cell.strip() for cell in top[0]]
    second = [cell.strip() for cell in top[1]] if len(top) > 1 else []
    if any(_IMPORT.match(cell.strip()) for cell in (top[2] if len(top) > 2 else ())):
        return 3, [_coded(place, *pair) for place, pair in enumerate(_paired(first, second))]
    if _is_second(first, second):
        return 2, list(_below(first, second))
    last = max((place for place, cell in enumerate(first) if cell), default=0)
    return 1, list(_singles(first[: last + 1]))


def _paired(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place in range(max(len(first), len(second))):
        yield (
            first[place] if place < len(first) else "",
            second[place] if place < len(second) else "",
        )


def _is_second(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a second row goes on with the headings: it names parts of the questions above."""
    if any(cell.casefold() in _PARTS for cell in second):
        return True
    gaps = [place for place, cell in enumerate(first) if not cell]
    gaps += list(range(len(first), len(second)))
    filled = [place for place in gaps if place < len(second) and second[place]]
    if len(filled) < 2:
        return False
    # Answers below a heading that is missing are no options: options stand below one question.
    return len(filled) * 2 >= len(gaps) and all(
        place > 0 and any(first[:place]) for place in filled
    )


def _below(first: Sequence[str], second: Sequence[str]) -> Iterator[Heading]:
    question = ""
    for place, (above, below) in enumerate(_paired(first, second)):
        question = above or question
        whole = not below or below.casefold() in _PARTS - {"other (please specify)"}
        yield Heading(place, question, "" if whole else below)


def _coded(place: int, code: str, wording: str) -> Heading:
    """A heading of which the first row is a code and the second the wording."""
    parts = re.split(r"\s+-\s+(?:selected choice\s+-\s+)?", wording, maxsplit=1, flags=re.I)
    many = re.search(r"_\d+$", code) is not None
    if many and len(parts) == 2:
        return Heading(place, parts[0], parts[1], code)
    return Heading(place, wording or code, "", code)


def _singles(cells: Sequence[str]) -> Iterator[Heading]:
    """Headings in one row; what stands in brackets is an option where questions share it."""
    parted = [_OPTION.match(cell) for cell in cells]
    shared = Counter(plain(found["question"]) for found in parted if found)
    for place, (cell, found) in enumerate(zip(cells, parted, strict=True)):
        if found and shared[plain(found["question"])] > 1:
            yield Heading(place, found["question"], found["option"])
        else:
            yield Heading(place, cell)
