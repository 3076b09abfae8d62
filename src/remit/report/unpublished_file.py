"""A trust's own figures before they are published: a file of metric and value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from remit.assessment.improvement.changes import Change
from remit.assessment.improvement.preview import UnpublishedFigure, UnusedLine
from remit.files.delimited import unmarked
from remit.files.no_values import cell_fault
from remit.files.numbers import number_in
from remit.model.errors import PublicationError
from remit.publications.files.table import RawTable, load
from remit.signals.own.asked import AskedColumns
from remit.signals.own.tables import ONE_SHEET, own_table

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "metric": ("metric", "metric_id", "metric id", "indicator", "flag"),
    "value": ("value", "figure", "actual"),
    "base": ("base", "of", "denominator", "turnover"),
    "organisation": ("organisation", "org_code", "org code", "trust_code", "code"),
}
"""The columns of a file, each with the names that it may have; the last two may be missing."""

_NEEDED = ("metric", "value")
_YES_OR_NO = frozenset({"yes", "no", "y", "n", "true", "false"})
_IN_BRACKETS = re.compile(r"\(([0-9.,]+%?)\)")
_BASE = re.compile(r"(£?)\s*([0-9.,]+)\s*(k|m|million|bn|billion)?", re.IGNORECASE)
_TIMES = {"": 1.0, "k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


@dataclass(frozen=True, slots=True)
class UnpublishedFile:
    """The lines of a file that hold a figure, and those that cannot be read, with the reason."""

    file_name: str
    figures: tuple[UnpublishedFigure, ...]
    unused: tuple[UnusedLine, ...]


def read_unpublished(path: Path, code: str) -> UnpublishedFile:
    """Read a file of one's own figures: ``metric, value`` and perhaps ``base, organisation``.

    Parameters
    ----------
    path
        A CSV file or a workbook.
    code
        The organisation; lines of another are told and not used.

    Raises
    ------
    PublicationError
        If the file cannot be read or lacks a column.

    Examples
    --------
    ``read_unpublished(Path("march.csv"), "ZA4").figures[0].change.value``
    """
    table = own_table(load(path), AskedColumns(series=_NEEDED), several=ONE_SHEET).raw
    places = _places(path, table)
    figures = []
    unused = [UnusedLine(one.line, "", one.reason) for one in table.damaged]
    for line, row in zip(table.lines, table.rows, strict=True):
        cells = {name: unmarked(row[at]).strip() for name, at in places.items()}
        if not any(cells.values()):
            continue
        try:
            figures.append(_figure(line, cells, code))
        except _OfAnother as fault:
            unused.append(UnusedLine(line, cells["metric"], str(fault), is_of_another=True))
        except _NoFigure as fault:
            unused.append(UnusedLine(line, cells["metric"], str(fault)))
    return UnpublishedFile(path.name, tuple(figures), tuple(unused))


class _NoFigure(Exception):
    """A line without a figure that can be used; the message says why."""


class _OfAnother(_NoFigure):
    """A line of another organisation."""


def _places(path: Path, table: RawTable) -> dict[str, int]:
    header = [" ".join(name.lower().split()) for name in table.header]
    found = {}
    for name, spellings in COLUMNS.items():
        at = [place for place, heading in enumerate(header) if heading in spellings]
        if len(at) > 1:
            raise PublicationError(
                f"{path}, line {table.header_line}: two columns are the {name}; leave one"
            )
        if at:
            found[name] = at[0]
        elif name in _NEEDED:
            raise PublicationError(
                f"{path}, line {table.header_line}: there is no column {name!r}; the header has "
                f"{', '.join(table.header)}. Write metric, value, and base if you like"
            )
    return found


def _figure(line: int, cells: Mapping[str, str], code: str) -> UnpublishedFigure:
    whose, metric, value = cells.get("organisation", ""), cells["metric"], cells["value"]
    if whose and whose.upper() != code:
        raise _OfAnother(f"it is of {whose[:60]}, not of {code}")
    if not metric:
        raise _NoFigure("the metric is missing")
    number = number_in(value.removesuffix("%").strip())
    if number is None:
        raise _NoFigure(_why_none(value))
    change = Change(metric.upper(), number, "percent" if value.endswith("%") else None)
    base, is_money = _base(cells.get("base", ""))
    return UnpublishedFigure(line, metric, change, base, is_money)


def _why_none(value: str) -> str:
    """Why a cell holds no figure, and what to write."""
    if not value:
        return "the value is missing"
    if fault := cell_fault(value):
        return fault
    if value.lower() in _YES_OR_NO:
        return f"{value!r} is no number; a flag such as OF5004 is 1 (yes) or 0 (no)"
    if negative := _IN_BRACKETS.fullmatch(value):
        return f"{value!r} is no number; write -{negative[1]}"
    return f"{value[:60]!r} is no number"


def _base(text: str) -> tuple[float | None, bool]:
    """``£450m`` as pounds, ``1,340`` as a number of people."""
    if not text:
        return None, False
    found = _BASE.fullmatch(text)
    number = number_in(found[2]) if found else None
    if found is None or not number:
        raise _NoFigure(f"the base {text[:60]!r} is no number above 0; write £450m or 1,340")
    return number * _TIMES[(found[3] or "").lower()], bool(found[1])
