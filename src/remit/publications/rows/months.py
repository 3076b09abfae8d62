"""The period of each row of a publication that comes by the month, the day or the year."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from remit.files.sheet_xml import NOT_CALCULATED
from remit.model.errors import PublicationError
from remit.model.excel_day import excel_day
from remit.model.layout import PeriodPlace
from remit.model.period import Period, financial_year_of, month, parse_period, quarter_of
from remit.publications.files.table import RawTable
from remit.publications.rows.cells import why_unreadable
from remit.publications.rows.reading import ReadingContext
from remit.publications.rows.rows import Check, known_values
from remit.publications.rows.total_rows import SEVERAL_PERIODS, with_period_of_total

_NAMED = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s_–-]*(20\d\d|\d\d)(?!\d)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(20\d\d)-([a-z]{3,9})", re.IGNORECASE)
_BRITISH = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?: 00:00(?::00)?)?")
_AMERICAN = re.compile(r"(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/\d{4}")
_SLASHED = r"^\d\d?/\d\d?/\d{4}$"
_MONTH_FIRST = (
    "days of this column are written with the month first; write them as 2024-04-30 or 30/04/2024"
)
_ISO = re.compile(r"(20\d\d)-(\d\d)(?:-(\d\d))?(?:[ T]00:00:00)?")
_MONTH_OF_YEAR = re.compile(r"(20\d\d)[-/](?:20)?\d\d (?:RTT-)?([a-z]+)\W*", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(20\d\d)(?:[.]0)? (\d\d?)(?:[.]0)?")
_YEARS = re.compile(r"(20\d\d)\D?(\d\d)(?!\d)")
_FIRST_QUARTER = date(2010, 6, 30)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Interpret = Callable[[str], Period | None]


def month_in(text: str) -> Period | None:
    """The month that a text names: ``MSitAE-APRIL-2021``, ``2019-APR``, ``2025-04-01``.

    A workbook saved as CSV has its days as Excel shows them here: ``01/04/2025``.
    """
    if british := _BRITISH.fullmatch(text.strip()):
        text = f"{british[3]}-{int(british[2]):02}-{int(british[1]):02}"
    if iso := _ISO.fullmatch(text.strip()):
        number = int(iso[2])
        return month(int(iso[1]), number) if 1 <= number <= 12 else None
    if year_first := _YEAR_FIRST.fullmatch(text.strip()):
        text = f"{year_first[2]} {year_first[1]}"
    named = _NAMED.search(text)
    if named is None:
        return None
    year = int(named[2])
    return month(year if year > 99 else 2000 + year, _MONTHS.index(named[1].lower()) + 1)


def day_in(text: str) -> Period | None:
    """The day that a text gives: ``2025-06-30`` or ``30/06/2025``; its label is the ISO date."""
    parts = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00:00)?", text.strip())
    british = _BRITISH.fullmatch(text.strip())
    if parts is None and british is None:
        return None
    numbers = parts.groups() if parts else british.groups()[::-1] if british else ()
    try:
        day = date(*(int(number) for number in numbers))
    except ValueError:
        return None
    return Period(day, day, day.isoformat())


def period_from(
    frame: pl.DataFrame, column: str, interpret: Interpret = month_in
) -> tuple[pl.DataFrame, list[Check]]:
    """Add ``period_label, period_start, period_end`` from a column; refuse what is no period."""
    found = _periods_in(frame, column, interpret)
    schema = {
        column: pl.String,
        "period_label": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
    }
    rows = [(text, p.label, p.start, p.end) for text, p in found.items()]
    table = pl.DataFrame(rows, schema=schema, orient="row")
    joined = frame.join(table, on=column, how="left", maintain_order="left")
    is_american = any(map(_AMERICAN.fullmatch, frame[column].drop_nulls().unique()))
    american = pl.lit(is_american) & pl.col(column).str.contains(_SLASHED)
    reason = (
        pl.when(pl.col(column) == NOT_CALCULATED)
        .then(why_unreadable(column))
        .when(american)
        .then(pl.lit(_MONTH_FIRST))
        .otherwise(pl.lit("this is no period of the kind that this publication is for"))
    )
    unsaid = pl.col("period_label").is_null() | american.fill_null(value=False)
    return joined, [Check(unsaid, column, reason)]


def _periods_in(frame: pl.DataFrame, column: str, interpret: Interpret) -> dict[str, Period]:
    """The texts of a column that say a period, each interpreted once."""
    texts = frame[column].unique().drop_nulls().to_list()
    return {text: period for text in texts if (period := _period_of(text, interpret)) is not None}


def _period_of(text: str, interpret: Interpret) -> Period | None:
    """The period that a cell says; a day that lost its format is a number, and meant as a day."""
    day = excel_day(text)
    return interpret(text) or (interpret(day.isoformat()) if day else None)


def with_period(frame: pl.DataFrame, period: Period) -> pl.DataFrame:
    """One period for all rows of a table."""
    return frame.with_columns(
        pl.lit(period.label).alias("period_label"),
        pl.lit(period.start).alias("period_start"),
        pl.lit(period.end).alias("period_end"),
    )


def stated_period(
    table: RawTable,
    context: ReadingContext,
    *,
    label: str = "Period:",
    interpret: Interpret = month_in,
) -> Period:
    """The period of a whole table: beside a label above it, in a title above it, or as given.

    Raises
    ------
    PublicationError
        If the table says its period nowhere and the context does not either.
    """
    texts = [table.beside(label), *(cell for _, row in table.above for cell in row)]
    found = next((period for text in texts if text and (period := interpret(text))), None)
    if found or context.release:
        return found or context.release  # type: ignore[return-value]
    sheet = f", sheet {table.sheet}" if table.sheet else ""
    raise PublicationError(
        f"{table.file.path}{sheet}: nothing above the table says which period it is "
        'of; say it with --period, for instance --period "Jun 2025"'
    )


def any_period(text: str) -> Period | None:
    """A month in any of its spellings, or another period that Remit knows."""
    return month_in(text) or parse_period(text)


def month_of_day(text: str) -> Period | None:
    """The month that a day is in, or that is named."""
    day = day_in(text)
    return month(day.start.year, day.start.month) if day else month_in(text)


def month_of_year(text: str) -> Period | None:
    """A month of a financial year: ``2017-18 AUGUST``, ``2017-18 JANUARY`` (of 2018)."""
    found = _MONTH_OF_YEAR.fullmatch(text.strip())
    if found is None or found[2][:3].lower() not in _MONTHS:
        return None
    number = _MONTHS.index(found[2][:3].lower()) + 1
    return month(int(found[1]) + (number < 4), number)


def month_number(text: str) -> Period | None:
    """A month by its number: ``2022 9``."""
    found = _MONTH_NUMBER.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    return month(int(found[1]), int(found[2]))


def quarter_of_year(text: str) -> Period | None:
    """The quarter of a financial year that ends with a month: ``2024-25 March``."""
    last = month_of_year(text)
    return quarter_end(last.end.isoformat()) if last else None


def quarter_end(text: str) -> Period | None:
    """The quarter, before 2010/11 the financial year, that ends on a day."""
    day = day_in(text)
    if day is None:
        return None
    yearly = day.start < _FIRST_QUARTER
    period = financial_year_of(day.start) if yearly else quarter_of(day.start)
    return period if period.end == day.end else None


def year_named(text: str) -> Period | None:
    """The financial year that a text names: ``icb_allocation_2025_26``."""
    named = _YEARS.search(text)
    return parse_period(f"{named[1]}/{named[2]}") if named else None


INTERPRETERS: Mapping[str, Interpret] = {
    "any": any_period,
    "month": month_in,
    "day": day_in,
    "month_of_day": month_of_day,
    "month_of_year": month_of_year,
    "month_number": month_number,
    "quarter_end": quarter_end,
    "quarter_of_year": quarter_of_year,
    "financial_year": year_named,
}
"""How a period is written, as a publication declares it."""


def declared_period(
    table: RawTable, frame: pl.DataFrame, place: PeriodPlace, context: ReadingContext
) -> tuple[pl.DataFrame, list[Check]]:
    """Add the period of each row from where a publication declares that it stands.

    Parameters
    ----------
    table
        What the rows come from.
    frame
        The rows, with ``org_code`` and ``org_kind``.
    place
        What is declared.
    context
        It says the period where the file does not.

    Raises
    ------
    PublicationError
        If one period is meant for the whole table and nothing says it.
    """
    interpret = INTERPRETERS[place.of]
    if place.above:
        period = stated_period(table, context, label=place.above, interpret=interpret)
        return with_period(frame, period), []
    if place.file_name or place.sheet_name:
        return with_period(frame, _named_period(table, place, context)), []
    column = place.column or place.columns[-1]
    if place.columns:
        frame = frame.with_columns(pl.concat_str(place.columns, separator=" ").alias(column))
    if place.of_total == "the others":
        frame = with_period_of_total(frame, column, _periods_in(frame, column, interpret))
    frame, checks = period_from(frame, column, interpret)
    if place.of_total == "the others":
        checks = [_unsaid_total(column), *checks]
    if place.replaced_by == "month":
        month_name = known_values(frame, "period_label", _month_label)
        frame = frame.with_columns(month_name.alias("release"))
    return frame, checks


def _month_label(day: str) -> str | None:
    found = month_of_day(day)
    return found.label if found else None


def _named_period(table: RawTable, place: PeriodPlace, context: ReadingContext) -> Period:
    """What a sheet's name says of it, or what the user says of a file before its name does."""
    interpret = INTERPRETERS[place.of]
    if place.sheet_name:
        # A sheet that was saved as a file of its own has lost its name; the file may bear it.
        period = interpret(table.sheet) or context.release
        if period is None and not table.sheet:
            period = interpret(table.file.name)
    else:
        period = context.release or interpret(table.file.name)
    if period is None:
        where = "sheet" if place.sheet_name else "file"
        what, example = ("period", '"Jun 2025"')
        if place.of == "financial_year":
            what, example = ("year", "2025/26")
        raise PublicationError(
            f"{table.file.path}: neither the {where} nor its name says which {what} it is of; say "
            f"it with --period, for instance --period {example}"
        )
    return period


def _unsaid_total(column: str) -> Check:
    is_total = (pl.col("org_kind") == "england").fill_null(value=False)
    unsaid = is_total & pl.col("period_label").is_null()
    return Check(unsaid, column, pl.lit(SEVERAL_PERIODS))
