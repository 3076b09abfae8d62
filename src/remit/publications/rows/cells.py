"""What a cell says: a figure, a mark such as ``*``, or nothing that can be read.

All functions work on whole columns (polars expressions).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import polars as pl

from remit.catalogue import load_figure_limits
from remit.files.sheet_xml import ERRORS, MERGED, NOT_CALCULATED, UNKNOWN_ERROR
from remit.model.figure_limits import FigureLimit
from remit.model.metric import SHARE_RANGE
from remit.model.observation import Status

# Commas, blanks of any width or apostrophes part thousands, one of them throughout.
_BLANK = r"[ \x{a0}\x{2009}\x{202f}]"
_GROUPS = rf"(,[0-9]{{3}})+|({_BLANK}[0-9]{{3}})+|(['’][0-9]{{3}})+"
_GROUPED = rf"^[+-]?[0-9]{{1,3}}({_GROUPS})([.][0-9]+)?$"
_PARTS = rf"[,'’]|{_BLANK}"
_NUMBER = r"^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$"
_POINTS_IN = r"^[+-]?[0-9]{1,3}([.][0-9]{3}){2,}$"
_WORDS = {"yes": "1", "y": "1", "true": "1", "no": "0", "n": "0", "false": "0"}

_POWER_OF_TEN = r"[eE][+]?[0-9]"
_NO_FIGURE = "this is no figure and no known mark"
_NO_VALUE = (
    "the file holds no value of this formula; open it in Excel, save it and take it in again"
)
_OF_SEVERAL = (
    "the cell is merged with others, and a figure of several rows or columns is none of one; "
    "unmerge it and write in each cell what holds there"
)
_ERROR = "the cell holds an error of the spreadsheet and no figure"
_OTHER_DIGITS = "the figure is not written with the digits 0 to 9"
_PERCENT_SIGN = "a percent sign on a figure that is not a percentage"
_SEVERAL_POINTS = "the points part thousands; write the figure without them: 1204300"
_VAST = "no figure is that large; the file is damaged"


def tidy(column: str) -> pl.Expr:
    """A text column without outer blanks (non-breaking ones included)."""
    return pl.col(column).str.replace_all("\u00a0", " ").str.strip_chars()


def with_figures(
    frame: pl.DataFrame,
    columns: Mapping[str, str],
    marks: Mapping[str, Status],
    units: Mapping[str, pl.Expr | str],
) -> pl.DataFrame:
    """Read tidied text columns as figures.

    Thousands separators are allowed, and one trailing percent sign where the unit is one of those
    that have it (``percent_sign`` in ``declarations/limits``); a minus may be typographic.
    A mark (compared without case) gives the status that the publication declares for it.

    Parameters
    ----------
    frame
        The frame that holds the columns.
    columns
        The name of a figure → the text column that it stands in.
    marks
        What stands in a cell instead of a figure → what it means.
    units
        The name of a figure → its unit, of all rows or row by row.

    Returns
    -------
    polars.DataFrame
        The frame with ``<name>_value``, ``<name>_status`` and ``<name>_readable`` for each name
        (and, for their making, ``<name>_mark``, ``<name>_plain`` and
        ``<name>_percent``).
    """
    meaning = {written.lower(): str(status.value) for written, status in marks.items()}
    if frame.height and all(isinstance(unit, str) for unit in units.values()):
        return _by_one_column(frame, columns, meaning, units)
    # In two steps, for polars would work the parts out anew for each column that is made of them.
    parts = [part for name, column in columns.items() for part in _parts(name, column, meaning)]
    figures = [figure for name in columns for figure in _figure(name, units[name])]
    return frame.with_columns(parts).with_columns(figures)


def _by_one_column(
    frame: pl.DataFrame,
    columns: Mapping[str, str],
    meaning: Mapping[str, str],
    units: Mapping[str, pl.Expr | str],
) -> pl.DataFrame:
    """All columns read as one, below each other: to ask for each by itself takes far longer."""
    if not columns:
        return frame
    texts = pl.concat([frame[column].rename("text") for column in columns.values()])
    kinds = [str(units[name]) for name in columns]
    unit = pl.Series("unit", kinds).gather(
        pl.arange(len(kinds), eager=True).repeat_by(frame.height).explode()
    )
    below = pl.DataFrame([texts, unit]).with_columns(_parts("one", "text", meaning))
    below = below.with_columns(_figure("one", pl.col("unit")))
    made = [name for name in below.columns if name.startswith("one_")]
    return frame.with_columns(
        below[part].slice(at * frame.height, frame.height).rename(name + part.removeprefix("one"))
        for at, name in enumerate(columns)
        for part in made
    )


def _parts(name: str, column: str, meaning: Mapping[str, str]) -> Iterator[pl.Expr]:
    text = pl.col(column).str.replace("−", "-")
    mark = text.str.to_lowercase().replace_strict(meaning, default=None, return_dtype=pl.String)
    yield mark.alias(f"{name}_mark")
    yield plain_number(text).alias(f"{name}_plain")
    yield text.str.ends_with("%").fill_null(value=False).alias(f"{name}_percent")


def _figure(name: str, unit: pl.Expr | str) -> Iterator[pl.Expr]:
    mark, plain = pl.col(f"{name}_mark"), pl.col(f"{name}_plain")
    fits = ~pl.col(f"{name}_percent") | _has_percent_sign(unit)
    number = pl.when(fits).then(plain.cast(pl.Float64, strict=False))
    can_be = number.is_finite() & (number.abs() <= load_figure_limits().other)
    readable = mark.is_not_null() | (plain.str.contains(_NUMBER) & can_be)
    yield pl.when(mark.is_null()).then(number).alias(f"{name}_value")
    yield mark.fill_null(Status.REPORTED.value).alias(f"{name}_status")
    yield readable.fill_null(value=False).alias(f"{name}_readable")


def _has_percent_sign(unit: pl.Expr | str) -> pl.Expr:
    """Whether figures of a unit may be written with one."""
    units = [limit.unit for limit in load_figure_limits().limits if limit.percent_sign]
    if isinstance(unit, str):
        return pl.lit(unit in units)
    return unit.is_in(units).fill_null(value=False)


def yes_no(column: str) -> pl.Expr:
    """A text column with Yes and No (any case) as 1 and 0; other texts as they are."""
    folded = pl.col(column).str.to_lowercase()
    return folded.replace_strict(_WORDS, default=pl.col(column), return_dtype=pl.String)


def plain_number(text: pl.Expr) -> pl.Expr:
    """A text without thousands separators and percent sign, as a number can be read from it."""
    bare = text.str.strip_suffix("%").str.strip_chars()
    grouped = bare.str.contains(_GROUPED)
    return pl.when(grouped).then(bare.str.replace_all(_PARTS, "")).otherwise(bare)


def why_unreadable(column: str, wanted: str = "figure", *, remedy: str = "") -> pl.Expr:
    """Why the text of a column is no figure: an error of the spreadsheet told for what it is.

    Parameters
    ----------
    column
        The text column.
    wanted
        What should stand there.
    remedy
        How to write it, where there are no marks.
    """
    what = f"this is no {wanted}; {remedy}" if remedy else _NO_FIGURE.replace("figure", wanted)
    text = pl.col(column).str.strip_chars()
    plain = plain_number(text)
    size = plain.cast(pl.Float64, strict=False).abs()
    return (
        pl.when(text == NOT_CALCULATED)
        .then(pl.lit(_NO_VALUE))
        .when(text == MERGED)
        .then(pl.lit(_OF_SEVERAL))
        .when(text.is_in(sorted(ERRORS | {UNKNOWN_ERROR})))
        .then(pl.lit(_ERROR))
        .when(text.str.contains(r"\p{Nd}") & ~text.str.contains("[0-9]"))
        .then(pl.lit(_OTHER_DIGITS))
        .when(plain.str.contains(_POINTS_IN))
        .then(pl.lit(_SEVERAL_POINTS))
        .when(plain.str.contains(_NUMBER) & (size > load_figure_limits().other))
        .then(pl.lit(_VAST))
        .when(plain.str.contains(_NUMBER) & text.str.ends_with("%"))
        .then(pl.lit(_PERCENT_SIGN))
        .otherwise(pl.lit(what))
    )


def out_of_range(unit: pl.Expr | str, value: pl.Expr, plain: pl.Expr) -> pl.Expr:
    """Whether a figure cannot be one of its unit (a score beyond 1 to 4, a half segment).

    Parameters
    ----------
    unit
        The unit, row by row, or the one of all rows (which is quicker).
    value
        The figure.
    plain
        The figure as it is written, ``<name>_plain`` of :func:`with_figures`.

    Examples
    --------
    >>> frame = pl.DataFrame({"plain": ["12", "-1"]}).with_columns(value=pl.Series([12.0, -1.0]))
    >>> frame.select(out_of_range("count", pl.col("value"), pl.col("plain"))).to_series()[1]
    True
    """
    impossible = pl.lit(value=False)
    for limit in load_figure_limits().limits:
        if isinstance(unit, pl.Expr):
            impossible |= (unit == limit.unit) & _outside(limit, value, plain)
        elif unit == limit.unit:
            impossible = _outside(limit, value, plain)
    return impossible.fill_null(value=False)


def _outside(limit: FigureLimit, value: pl.Expr, plain: pl.Expr) -> pl.Expr:
    outside = (value < limit.low) | (value > limit.high)
    if limit.whole:
        outside |= value != value.floor()
    if limit.written_out:
        outside |= value.is_not_null() & plain.str.contains(_POWER_OF_TEN)
    return outside


_LEAST_SHARE, _WHOLE = SHARE_RANGE
NO_SHARE = f"a part of a whole must be from {_LEAST_SHARE:g} to {_WHOLE:g} percent"


def beyond_a_share(
    metric: pl.Expr, unit: pl.Expr, value: pl.Expr, shares: Collection[str]
) -> pl.Expr:
    """Whether a figure that is a part of a whole lies outside 0 to 100 per cent.

    Parameters
    ----------
    metric, unit, value
        The figure.
    shares
        The metrics that are parts of a whole.

    Examples
    --------
    >>> frame = pl.DataFrame({"m": ["A", "B"], "u": ["percent"] * 2, "v": [101.0, 101.0]})
    >>> beyond = beyond_a_share(pl.col("m"), pl.col("u"), pl.col("v"), {"A"})
    >>> frame.select(beyond).to_series().to_list()
    [True, False]
    """
    is_share = metric.is_in(list(shares)) & (unit == "percent")
    return (is_share & ((value < _LEAST_SHARE) | (value > _WHOLE))).fill_null(value=False)


def limits_in_words() -> dict[str, str]:
    """For each unit with limits, what a figure in it must be."""
    return {limit.unit: _in_words(limit) for limit in load_figure_limits().limits}


def _in_words(limit: FigureLimit) -> str:
    digits = "; it is written out in digits, without a power of ten" if limit.written_out else ""
    return f"{limit.in_words}{digits}"
