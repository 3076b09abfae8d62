"""The one writer of Remit's CSV files, and the reader of what it wrote.

A cell whose text a spreadsheet program would take for a formula gets an apostrophe before it, as
the OWASP has it ("CSV injection"); reading takes it off again. Figures are never touched.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

MARK = "'"

# Before a sign of a formula may stand what programs pass over (blanks, unseen signs), quotes, and
# marks: a text that begins with a mark and a sign gets another, and reading takes off only one.
_BEFORE = "[\\s\"'`‘’“”\u200b\u200c\u200d\u200e\u200f\u2060\ufeff]*+"
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?"
_NUMBER = rf"[+\-](?=\.?[0-9]){_DIGITS}(?:[eE][+\-]?[0-9]+)?%?\Z"
_FORMULA = re.compile(rf"{_BEFORE}(?:[=@|＝＠]|(?!{_NUMBER})[+\-＋－])")
_LEADING = re.compile("'*+[\t\r\n\ufeff]")
_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_UNWRITTEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_QUOTE = '"'
_TO_QUOTE = re.compile('[",\r\n]')
_HALF = re.compile("[\ud800-\udfff]")


def marked(text: str) -> str:
    """A text as a cell holds it: with an apostrophe where a program would see a formula.

    A line that begins with a bar was once an order to another program; it is marked too.

    >>> marked("=1+1"), marked("-3.2"), marked("-A1"), marked("|cmd")
    ("'=1+1", '-3.2', "'-A1", "'|cmd")
    """
    return MARK + text if _is_live(text) else text


def unmarked(text: str) -> str:
    """The text of a cell; the opposite of :func:`marked`, whatever the text is.

    >>> unmarked("'=1+1"), unmarked("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith(MARK) and _is_live(text[1:]) else text


def _is_live(text: str) -> bool:
    return bool(_FORMULA.match(text) or _LEADING.match(text))


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV: texts are made harmless, figures stay as they are.

    Parameters
    ----------
    header
        The names of the columns.
    rows
        Their cells; None is blank, a list or a tuple is joined by ``; ``, days are as in ISO 8601.

    >>> csv_text(("a", "b"), [("=1", -2)])
    "a,b\\n'=1,-2\\n"
    """
    told = _Told()
    return "".join(_line(row, told) for row in (header, *rows))


def records_csv(records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Records as CSV in the order of the columns."""
    return csv_text(columns, ([one[name] for name in columns] for one in records))


def frame_csv(frame: pl.DataFrame) -> str:
    """A table as CSV: its figures as polars writes them, its texts made harmless."""
    return _harmless(frame).write_csv()


def unmarked_rows(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows of a ``csv.reader`` with the apostrophes taken off."""
    for row in reader:
        yield [unmarked(cell) for cell in row]


def read_csv(text: str) -> list[list[str]]:
    """The rows of a text that :func:`csv_text` wrote, the header first."""
    return list(unmarked_rows(csv.reader(io.StringIO(text, newline=""))))


class _Told(dict[str, str]):
    """Texts as they stand in a file; each is looked at once, however often it stands there."""

    def __missing__(self, text: str) -> str:
        self[text] = _quoted(_written(text))
        return self[text]


def _line(row: Sequence[object], told: _Told) -> str:
    """A line of the file; csv.writer would leave a carriage return in a cell without quotes."""
    found = [told[one] if type(one) is str else _quoted(_cell(one)) for one in row]
    return '""\n' if found == [""] else f"{','.join(found)}\n"


def _quoted(text: str) -> str:
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _TO_QUOTE.search(text) else text


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (tuple, list)):
        value = "; ".join(map(str, value))
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return _written(value) if isinstance(value, str) else str(value)


def _written(text: str) -> str:
    """A text as it stands in a file: no control characters but tab and those of line breaks."""
    plain = _UNWRITTEN.sub("", _BREAK.sub("\n", text))
    return marked(_HALF.sub("\ufffd", plain))


def _harmless(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    texts = [
        name
        for name, kind in frame.schema.items()
        if kind == pl.String or isinstance(kind, (pl.Categorical, pl.Enum))
    ]
    changed = [_harmless_column(frame[name]) for name in texts]
    renamed = {name: _written(name) for name in frame.columns if _written(name) != name}
    return frame.with_columns(changed).rename(renamed)


def _harmless_column(column: Any) -> Any:
    """A column of texts; each text is looked at once, however often it stands there."""
    import polars as pl

    plain = column.cast(pl.String)
    told = {one: _written(one) for one in plain.unique().drop_nulls()}
    changed = {one: said for one, said in told.items() if one != said}
    if not changed:
        return plain
    return plain.replace(list(changed), list(changed.values()))
