"""A user's own trajectory: what each organisation plans to reach in each month, checked first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

import polars as pl

from remit.catalogue import targets_of
from remit.files.numbers import number_in
from remit.model.errors import PublicationError, UnknownCode
from remit.model.metric import Frequency, Metric
from remit.publications.files.table import load
from remit.register import Register
from remit.series.areas import ENGLAND
from remit.signals.dates import Order, Undecided, no_date, order_of, period_in, year_fault
from remit.signals.line_faults import LineFault, told_faults
from remit.signals.own.asked import AskedColumns
from remit.signals.own.tables import ONE_SHEET, OwnTable, own_table
from remit.words.days import month_words
from remit.words.nearest import nearest
from remit.words.sentences import listed

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organisation": ("organisation", "org", "org_code", "organisation code", "code"),
    "metric": ("metric", "metric_id"),
    "month": ("month", "period", "date"),
    "value": ("value", "trajectory", "plan"),
}
"""The columns of a file, each with the names that it may have."""

_COUNTED = frozenset({"count", "contacts"})
"""Units of what is counted; an average of them alone can have a fraction."""

_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_YEAR = 366
_LONGEST = {
    Frequency.DAY: (31, "month"), Frequency.MONTH: (31, "month"), Frequency.QUARTER: (92, "quarter")
}  # fmt: skip
"""How many days what is planned for can have, at most, and what it is."""

_HUNDREDFOLD = (50.0, 200.0)
"""A fraction among percentages is a hundredth of the others, give or take a factor of two."""

_SHAPE = {
    "org_code": pl.String,
    "metric_id": pl.String,
    "month": pl.Date,
    "trajectory": pl.Float64,
}


@dataclass(frozen=True, slots=True)
class PlannedFigure:
    """What an organisation plans to reach in a month, and the line where that stands."""

    org_code: str
    metric_id: str
    month: date
    value: float
    line: int


@dataclass(frozen=True, slots=True)
class Trajectories:
    """All trajectories of a file."""

    file_name: str
    sha256: str
    figures: tuple[PlannedFigure, ...]

    def beside(self, points: pl.DataFrame, start: str, cut: pl.Expr) -> pl.DataFrame:
        """Points with a column ``trajectory``; groups of people have none.

        Parameters
        ----------
        points
            With ``org_code, metric_id`` and the first day of each point's period.
        start
            The name of the column of first days.
        cut
            Whether a point is of everybody.

        Examples
        --------
        ``plans.beside(points, "date", pl.col("cut") == "everybody")``
        """
        rows = [(one.org_code, one.metric_id, one.month, one.value) for one in self.figures]
        planned = pl.DataFrame(rows, schema=_SHAPE, orient="row").with_columns(
            pl.lit(True).alias("_everybody")
        )
        keys = ["org_code", "metric_id", "month", "_everybody"]
        made = (
            points.with_columns(pl.col(start).alias("month"), cut.alias("_everybody"))
            .join(planned, on=keys, how="left", maintain_order="left")
            .drop("month", "_everybody")
        )
        self._check_unit(made)
        return made

    def _check_unit(self, points: pl.DataFrame) -> None:
        """Refuse a trajectory that is a hundredth of the figures beside it, month by month.

        Raises
        ------
        PublicationError
            If there is one; what is asked for in the metric did not show it.
        """
        low, high = _HUNDREDFOLD
        both = points.filter(pl.col("trajectory") > 0, pl.col("value") > 0)
        off = both.group_by("org_code", "metric_id").agg(
            (pl.col("trajectory").max() <= 1) & (pl.col("value") / pl.col("trajectory"))
            .is_between(low, high).all()
        )  # fmt: skip
        for code, metric, _ in off.filter(pl.col("trajectory")).sort("org_code").iter_rows():
            raise PublicationError(
                f"{self.file_name}: the trajectory of {code}, {metric} is about a hundredth of its "
                "figures; write percentages, such as 78, and no fractions"
            )

    def place_of(self, code: str, metric: str) -> str:
        """The file and the lines in which a trajectory stands; empty where there is none.

        Examples
        --------
        ``plans.csv, lines 2, 4 and 5``
        """
        lines = sorted(
            {one.line for one in self.figures if (one.org_code, one.metric_id) == (code, metric)}
        )
        if not lines:
            return ""
        if len(lines) == 1:
            return f"{self.file_name}, line {lines[0]}"
        if len(lines) == lines[-1] - lines[0] + 1 > 2:
            return f"{self.file_name}, lines {lines[0]} to {lines[-1]}"
        return f"{self.file_name}, lines {listed([str(line) for line in lines])}"

    def used(self, codes: Iterable[str], metrics: Iterable[str]) -> int:
        """How many of its values are of some organisations and metrics."""
        ours, theirs = set(codes), set(metrics)
        return sum(one.org_code in ours and one.metric_id in theirs for one in self.figures)


def read_trajectories(
    path: Path, metrics: Mapping[str, Metric], register: Register
) -> Trajectories:
    """Read a file of trajectories: ``organisation, metric, month, value``.

    Parameters
    ----------
    path
        A CSV file or a workbook, a value a line or months across the top; an organisation is given
        by code or name, a metric by its identifier.
    metrics
        The metrics that are known, by identifier.
    register
        The organisations.

    Raises
    ------
    PublicationError
        If the file cannot be read, lacks a column, or has a line that cannot be used; every such
        line is named with its reason, so that none is left out in silence.

    Examples
    --------
    ``read_trajectories(Path("plans.csv"), load_computed_metrics(), load_register())``
    """
    table = own_table(load(path), AskedColumns(), several=ONE_SHEET)
    faults = [f"line {one.line}: {one.reason}" for one in table.raw.damaged]
    found: list[PlannedFigure] = []
    lines = list(_lines(table))
    order = _order(cells["month"] for _, cells in lines)
    for line, cells in lines:
        try:
            found.append(_planned(line, cells, order, metrics, register))
        except LineFault as fault:
            faults.append(f"line {line}: {fault}")
    among = (*_twice(found), *_fractions(found, metrics))
    faults += [f"line {line}: {said}" for line, said in among]
    if faults:
        raise PublicationError(told_faults(path, sorted(faults, key=_line_of)))
    if not found:
        raise PublicationError(f"{path}: there is no line below the header")
    return Trajectories(table.raw.file.name, table.raw.file.sha256, tuple(found))


def _lines(table: OwnTable) -> Iterator[tuple[int, dict[str, str]]]:
    """The line number and the four cells of each plan; months may stand across the top."""
    raw = table.raw
    header = [name.strip().lower() for name in raw.header]
    wanted = ("organisation", "metric") if table.across else tuple(COLUMNS)
    places = {name: _place(table, header, name) for name in wanted}
    for line, row in zip(raw.lines, raw.rows, strict=True):
        cells = {name: row[place].strip() for name, place in places.items()}
        # A blank value plans nothing, in a line as under a month across the top.
        if not table.across and cells["value"]:
            yield line, cells
        for place in table.across:
            if value := row[place].strip():
                yield line, {**cells, "month": raw.header[place], "value": value}


def _place(table: OwnTable, header: Sequence[str], wanted: str) -> int:
    found = [place for place, name in enumerate(header) if name in COLUMNS[wanted]]
    if len(found) == 1:
        return found[0]
    if found:
        raise PublicationError(f"{table.where}: two columns are the {wanted}; leave one")
    raise PublicationError(
        f"{table.where}: there is no column {wanted!r}; the header has "
        f"{', '.join(table.raw.header)}"
    )


def _order(months: Iterable[str]) -> Order:
    """Whether days or months stand first; days, as in Britain, where the file does not tell."""
    try:
        return order_of(months)
    except Undecided:
        return Order()


def _planned(
    line: int,
    cells: Mapping[str, str],
    order: Order,
    metrics: Mapping[str, Metric],
    register: Register,
) -> PlannedFigure:
    metric = metrics.get(cells["metric"])
    if metric is None:
        near = nearest(cells["metric"], metrics)
        raise LineFault(f"there is no metric {cells['metric'][:60]!r}; nearest: {near}")
    month = _month(cells["month"], order, metric)
    return PlannedFigure(
        _organisation(cells["organisation"], month, register),
        metric.id,
        month,
        _value(cells["value"], metric),
        line,
    )


def _organisation(text: str, on: date, register: Register) -> str:
    if text.upper() in {ENGLAND, "ENGLAND"}:
        return ENGLAND
    if not text:
        raise LineFault("the organisation is missing")
    try:
        return register.named(text, on).code
    except UnknownCode as fault:
        raise LineFault(str(fault)) from None


def _month(text: str, order: Order, metric: Metric) -> date:
    period = period_in(text, order)
    if period is None:
        raise LineFault(no_date(text, "no month"))
    if fault := year_fault(period.start):
        raise LineFault(f"{text!r}: {fault}")
    longest, noun = _LONGEST.get(metric.frequency or Frequency.MONTH, (_YEAR, "year"))
    if (period.end - period.start).days >= longest:
        raise LineFault(f"{text!r} is no {noun}, and {metric.id} has a figure each {noun}")
    return period.start.replace(day=1)


def _value(text: str, metric: Metric) -> float:
    number = number_in(text.removesuffix("%"))
    if number is None:
        raise LineFault(f"{text[:60]!r} is no number")
    if text.endswith("%") and metric.unit != "percent":
        raise LineFault(f"{text!r} is a percentage, and {metric.id} is counted in {metric.unit}")
    if metric.unit == "percent" and not 0 <= number <= 100:
        raise LineFault(f"{text!r} is no percentage, and {metric.id} is one")
    if metric.unit in _COUNTED:
        _check_count(text, number, metric)
    return number


def _check_count(text: str, number: float, metric: Metric) -> None:
    """Refuse what no count can be: below 0, a part of one, or a point that may part thousands.

    Raises
    ------
    LineFault
        If it is one of these.
    """
    if number < 0:
        raise LineFault(f"{text!r} is below 0, and {metric.id} is a count")
    if _THOUSANDS.fullmatch(text):
        plain = text.replace(".", "")
        raise LineFault(
            f"{text!r} could be {plain} or {number:g}, and {metric.id} is a count; write it "
            "without a point"
        )
    averaged = bool(metric.denominator) or metric.over_time == "mean"
    if not (averaged or number.is_integer()):
        raise LineFault(f"{text!r} has a fraction, and {metric.id} is a count")


def _twice(found: Sequence[PlannedFigure]) -> Iterator[tuple[int, str]]:
    """Lines whose month another line has given already."""
    first: dict[tuple[str, str, date], PlannedFigure] = {}
    for one in found:
        before = first.setdefault((one.org_code, one.metric_id, one.month), one)
        if before is not one:
            when = month_words(one.month)
            said = f"{one.org_code}, {one.metric_id}, {when} stands in line {before.line} already"
            yield one.line, f"{said}; leave one"


def _fractions(
    found: Sequence[PlannedFigure], metrics: Mapping[str, Metric]
) -> Iterator[tuple[int, str]]:
    """Fractions of 1 where the others, or what is asked for, are percentages."""
    low, high = _HUNDREDFOLD
    by_metric: dict[str, list[PlannedFigure]] = defaultdict(list)
    for one in found:
        if metrics[one.metric_id].unit == "percent":
            by_metric[one.metric_id].append(one)
    for metric, figures in by_metric.items():
        usual = _usual(figures, metrics[metric])
        for one in figures:
            if usual and 0 < one.value <= 1 and low <= usual / one.value <= high:
                said = f"{one.value:g} is a fraction, and {metric} is told in percentages"
                yield one.line, f"{said}; write {100 * one.value:g}"


def _usual(figures: Sequence[PlannedFigure], metric: Metric) -> float | None:
    """The middle of the values that are no fractions, else of what is asked for."""
    asked = (target.number(metric.better) for target in targets_of(metric))
    whole = [one.value for one in figures if one.value > 1]
    known = whole or [number for number in asked if number is not None]
    return median(known) if known else None


def _line_of(fault: str) -> int:
    return int(fault.removeprefix("line ").partition(":")[0])
