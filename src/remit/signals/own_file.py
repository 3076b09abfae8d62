"""A user's own file of points: every line is a point or a rejection with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Unpack

import polars as pl

from remit.files.delimited import unmarked
from remit.model.errors import PublicationError
from remit.model.observation import Rejection, Status
from remit.model.plain_text import on_one_line
from remit.publications.files.table import RawTable, load
from remit.publications.rows.cells import tidy, with_figures
from remit.publications.rows.rows import LINE, known_values, repeated_rows, sort_out
from remit.signals.dates import MONTH_FIRST, Order, Undecided, order_of, read_day
from remit.signals.dates import year_fault as fault_of_year
from remit.signals.own.asked import AskedColumns, MoreAsked
from remit.signals.own.checks import point_checks
from remit.signals.own.choosing import Chooser, Chosen, with_year_and_month
from remit.signals.own.columns import folded
from remit.signals.own.decimals import ask_of_thousands
from remit.signals.own.open_targets import OPEN, is_open, with_open_targets
from remit.signals.own.signs import SIGNED, PercentSigns, percent_signs
from remit.signals.own.tables import OwnTable, own_table
from remit.signals.own.totals import lines_without_totals
from remit.signals.own.turned import NAME as TURNED_NAME
from remit.signals.own.turned import turned
from remit.signals.own.unread import unread_keys, unread_target
from remit.signals.own.wide import wide_rows
from remit.signals.own.written import with_plain_figures
from remit.words.days import day_words
from remit.words.sentences import count_words, listed

_WORDS, _HEAD = 40, "_head"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """Points (``series, date, value`` and what else was asked for) and the lines refused.

    ``noun`` is what is counted: lines, or figures where a line has many. ``notes`` say which
    columns were taken for what, and in which form the file was; ``signs`` where per cent
    stood; ``asks_for`` which way its targets say is better, with an example.
    """

    path: Path
    sha256: str
    points: pl.DataFrame
    rejections: tuple[Rejection, ...]
    notes: tuple[str, ...] = ()
    noun: str = "line"
    signs: PercentSigns = field(default_factory=PercentSigns)
    asks_for: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows_read(self) -> int:
        """Accepted and rejected lines together; the header and blank lines are none."""
        return self.points.height + len(self.rejections)

    @property
    def has_target(self) -> bool:
        """Whether a column of it is a target."""
        return "target" in self.points.columns


def read_own_file(
    path: Path,
    series: str | Sequence[str] | None = None,
    date: str | None = None,
    value: str | None = None,
    **more: Unpack[MoreAsked],
) -> OwnFile:
    """Read a file of points: CSV with any separator, a workbook, months down or across.

    Parameters
    ----------
    path
        A file with a header; titles may stand above it.
    series, date, value
        The names of its columns, in any case. Without them ``series``, ``date`` and ``value``
        are looked for, and then guessed; ``OwnFile.notes`` say what was taken for what. A file
        without a column that tells series apart is one series, named after the file.
    **more
        ``target``, ``sheet`` and ``dates`` (:class:`remit.signals.own.asked.AskedColumns`).

    Raises
    ------
    PublicationError
        If the file cannot be read, is no table, lacks a column, or two would do as well.

    Examples
    --------
    >>> own = read_own_file(Path("waits.xlsx"), value="% within 18 weeks")  # doctest: +SKIP
    """
    return read_points(path, AskedColumns(_names(series), date, value, **more), ("value",))


def read_gaps(
    path: Path,
    series: str | Sequence[str] | None = None,
    date: str | None = None,
    value: str | None = None,
) -> OwnFile:
    """Read a file of events with the cases since the one before; two on one day are two."""
    return read_points(
        path, AskedColumns(_names(series), date, value), ("value",), one_a_date=False
    )


def read_counts(
    path: Path,
    series: str | Sequence[str] | None = None,
    date: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    **more: Unpack[MoreAsked],
) -> OwnFile:
    """Read a file of rates by their counts (``series, date, numerator, denominator``).

    A line whose numerator does not lie between 0 and its denominator is rejected too.

    Parameters
    ----------
    path, series, date
        As for :func:`read_own_file`.
    numerator, denominator
        The names of its columns of counts.
    **more
        As there.

    Examples
    --------
    >>> own = read_counts(Path("waits.csv"), numerator="Within", denominator="All")
    ... # doctest: +SKIP
    """
    asked = AskedColumns(
        _names(series), date, numerator=numerator, denominator=denominator, **more
    )  # fmt: skip
    return read_points(path, asked, ("numerator", "denominator"))


def read_events(
    path: Path, series: str | Sequence[str] | None = None, date: str | None = None
) -> OwnFile:
    """Read a file of events (``series, date``); two on one day are two lines."""
    return read_points(path, AskedColumns(_names(series), date), ())


def _names(series: str | Sequence[str] | None) -> tuple[str, ...]:
    if series is None:
        return ()
    return (series,) if isinstance(series, str) else tuple(series)


def read_points(
    path: Path, asked: AskedColumns, roles: Sequence[str], *, one_a_date: bool = True
) -> OwnFile:
    """Read a file of points, events or rates.

    Parameters
    ----------
    path
        The file.
    asked
        What is said of its columns.
    roles
        ``value``, or ``numerator`` and ``denominator``, or none for events.
    one_a_date
        Whether a series has one point on a date; events may fall on one day.

    Raises
    ------
    PublicationError
        As :func:`read_own_file`.

    Examples
    --------
    >>> own = read_points(Path("falls.csv"), AskedColumns(), ())  # doctest: +SKIP
    """
    table = own_table(load(path), asked)
    plain = with_plain_figures(table.raw, asked)
    table = replace(
        table, raw=plain.raw, notes=(*table.notes, *plain.notes), asks_for=plain.asks_for
    )
    if tuple(roles) == ("value",):
        table = turned(table, asked) or table
    if not table.across:
        return _long(path, table, asked, roles, one_a_date)
    if tuple(roles) != ("value",):
        raise PublicationError(
            f"{table.where}: months stand across the top, so that there is one figure for each; "
            "for counts or events write one line each, with a column of dates"
        )
    return _wide(path, table, asked)


# A point a line -----------------------------------------------------------------------------------


def _long(
    path: Path, table: OwnTable, asked: AskedColumns, roles: Sequence[str], one_a_date: bool
) -> OwnFile:
    columns = with_year_and_month(table.columns)
    chosen = Chooser(columns, asked, table.where, table.raw.lines).choose(roles)
    for column in filter(None, (*chosen.figures.values(), chosen.target)):
        ask_of_thousands(table, column.cells, asked)
    order = _order(table.where, chosen.date.cells, chosen.date.label, asked)
    frame, sums = lines_without_totals(_texts(table, chosen), chosen.series)
    frame, aside = _without_words(frame)
    unique = list(chosen.figures) if one_a_date else []
    called = _called(chosen, asked)
    pieces, named = [], []
    for head, part in _by_head(frame):
        made, refused = _accepted(part, list(chosen.figures), unique, order, table.raw.file.name)
        pieces.append(made)
        names = called | ({"value": head} if head else {})
        named += [replace(one, column=names[one.column]) for one in refused]
    points = pl.concat(pieces)
    rejections = sorted([*table.raw.damaged, *named], key=lambda r: r.line)
    month_first = "its dates have the month first" if order.month_first and not asked.dates else ""
    points, open_ones = with_open_targets(points)
    unread = (unread_keys(columns, chosen, asked), unread_target(columns, chosen))
    notes = (_said(table, chosen), *unread, *table.notes, *sums, month_first, aside, open_ones)
    told = tuple(note for note in notes if note)
    points, signs = percent_signs(points)
    noun = "figure" if table.is_turned else "line"
    return OwnFile(
        path, table.raw.file.sha256, points, tuple(rejections), told, noun, signs, table.asks_for
    )


def _said(table: OwnTable, chosen: Chosen) -> str:
    """What was taken for what; a table with a column a series has said the rest."""
    if not table.is_turned:
        return chosen.said
    keys = [key.label for key in chosen.series if key.name != TURNED_NAME]
    beside = f", {listed(keys)} as the series beside the columns" if keys else ""
    aim = f", {chosen.target.label} as the target" if chosen.target else ""
    return f"read {chosen.date.label} as the date{beside}{aim}"


def _by_head(frame: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """The lines by the column that their figure stood in, where several made one; else all."""
    if _HEAD not in frame.columns or frame.is_empty():
        return [("", frame.drop(_HEAD, strict=False))]
    parts = frame.partition_by(_HEAD, as_dict=True, maintain_order=True, include_key=False)
    return [(str(head), part) for (head,), part in parts.items()]


def _called(chosen: Chosen, asked: AskedColumns) -> dict[str, str]:
    """The names of columns in rejections: as the user gave them, else as they stand."""
    parts = {"date": chosen.date, **chosen.figures}
    if chosen.target:
        parts["target"] = chosen.target
    names = {
        role: getattr(asked, role) or (role if folded(column.name) == role else column.name)
        for role, column in parts.items()
    }
    series = (*asked.series, *(key.name for key in chosen.series), "series")[0]
    return {"series": series if folded(series) != "series" else "series", **names}


def _texts(table: OwnTable, chosen: Chosen) -> pl.DataFrame:
    """The chosen columns as text, a line each."""
    parts: dict[str, Sequence[str]] = {"date": chosen.date.cells}
    parts |= {role: column.cells for role, column in chosen.figures.items()}
    if chosen.target:
        parts["target"] = chosen.target.cells
    names = [key.cells for key in chosen.series]
    stem = [table.raw.file.path.stem] * len(table.raw.rows)
    series = [" · ".join(row) if all(row) else "" for row in zip(*names, strict=True)] or stem
    parts = {"series": series if names else stem} | parts
    data = {name: [on_one_line(unmarked(cell)) for cell in cells] for name, cells in parts.items()}
    frame = pl.DataFrame(data, schema=dict.fromkeys(data, pl.String))
    if table.is_turned:
        heads = next(column.cells for column in table.columns if column.name == TURNED_NAME)
        frame = frame.with_columns(pl.Series(_HEAD, heads))
    lines = pl.Series(LINE, table.raw.lines, dtype=pl.Int64)
    return frame.with_columns(lines, *(tidy(name) for name in data))


def _without_words(frame: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """Without the notes under a table: words where the date stands, and nothing beside them."""
    figures = [name for name in frame.columns if name not in {LINE, _HEAD, "series", "date"}]
    if not figures:
        return frame, ""
    is_long = pl.col("date").str.len_chars() > _WORDS
    words = is_long & pl.all_horizontal(pl.col(figures) == "")
    aside = frame.filter(words)[LINE].to_list()
    shown = ", ".join(map(str, aside[:5]))
    said = f"{count_words(len(aside), 'line')} of words beside the table passed over: {shown}"
    return frame.filter(~words), said if aside else ""


def _order(where: str, texts: Sequence[str], label: str, asked: AskedColumns) -> Order:
    try:
        return order_of(texts, asked.dates)
    except Undecided as doubt:
        first, second = (day_words(day) for day in doubt.readings)
        raise PublicationError(
            f"{where}: {doubt.text!r} in {label} could be {first} or {second}, and no other date "
            f"there tells; say --dates day-first or --dates {MONTH_FIRST}"
        ) from None


# Months across the top ----------------------------------------------------------------------------


def _wide(path: Path, table: OwnTable, asked: AskedColumns) -> OwnFile:
    heads = [table.raw.header[place] for place in table.across]
    order = _order(table.where, heads, "the columns across the top", asked)
    ask_of_thousands(table, [row[at] for row in table.raw.rows for at in table.across], asked)
    rows = wide_rows(table, asked, order)
    pieces, rejections = [], [*table.raw.damaged, *rows.rejections]
    for head, frame in rows.months.items():
        tidied = frame.with_columns(tidy(name) for name in frame.columns if name != LINE)
        points, refused = _accepted(tidied, ["value"], ["value"], order, table.raw.file.name)
        pieces.append(points)
        rejections += [replace(r, column=head if r.column != "series" else "") for r in refused]
    points = pl.concat(pieces).sort("series", "date", maintain_order=True)
    ordered = tuple(sorted(rejections, key=lambda r: r.line))
    notes = (*rows.notes, *table.notes)
    points, _ = with_open_targets(points)
    points, signs = percent_signs(points)
    return OwnFile(
        path, table.raw.file.sha256, points, ordered, notes, "figure", signs, table.asks_for
    )


# From text to points ------------------------------------------------------------------------------


def _accepted(
    frame: pl.DataFrame, figures: list[str], unique: list[str], order: Order, file_name: str
) -> tuple[pl.DataFrame, list[Rejection]]:
    """The points of a frame of texts, and what is refused; ``unique`` figures are one a date."""
    more = ["target"] if "target" in frame.columns else []
    read = _read_cells(frame, [*figures, *more], order)
    whole, unreadable = sort_out(read, point_checks(figures, more), file_name)
    whole, repeated = _once(whole, unique, file_name)
    points = whole.sort(LINE).select(
        "series",
        pl.col("day").str.to_date().alias("date"),
        *(pl.col(f"{figure}_value").alias(figure) for figure in [*figures, *more]),
        *(pl.col("value_percent").alias(SIGNED) for name in figures if name == "value"),
        *(is_open(name).alias(OPEN) for name in more),
    )
    return points, [*unreadable, *repeated]


def _once(
    frame: pl.DataFrame, figures: Sequence[str], file_name: str
) -> tuple[pl.DataFrame, list[Rejection]]:
    """Without the lines that repeat or contradict each other; events have no figure to do so."""
    if not figures:
        return frame, []
    said = frame.with_columns(
        pl.struct(f"{figure}_value" for figure in figures).alias("value"),
        pl.lit(Status.REPORTED.value).alias("status"),
    )
    return sort_out(said, repeated_rows(["series", "day"], "date"), file_name)


def columns_of(table: RawTable, wanted: Sequence[str]) -> list[int | None]:
    """Where columns stand, whatever the case of their names; None if absent.

    Raises
    ------
    PublicationError
        If a name stands twice.
    """
    names = [name.strip().lower() for name in table.header]
    for name in wanted:
        if names.count(name.strip().lower()) > 1:
            raise PublicationError(f"{table.file.path}, line 1: the column {name!r} stands twice")
    folded = [name.strip().lower() for name in wanted]
    return [names.index(name) if name in names else None for name in folded]


def _read_cells(frame: pl.DataFrame, figures: Sequence[str], order: Order) -> pl.DataFrame:
    def as_day(text: str) -> str | None:
        found = read_day(text, order)
        return found.isoformat() if found else None

    def as_fault(text: str) -> str | None:
        found = read_day(text, order)
        return fault_of_year(found) if found else None

    frame = frame.with_columns(
        known_values(frame, "date", as_day).alias("day"),
        known_values(frame, "date", as_fault).alias("year_fault"),
    )
    # What a value is counted in is not said; a numerator and a denominator are counts.
    shares = {"value", "target"}
    units = {figure: "percent" if figure in shares else "count" for figure in figures}
    return with_figures(frame, {figure: figure for figure in figures}, {}, units)
