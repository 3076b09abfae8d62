"""The period of each row of a publication that comes by the month, the day or the year."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import polars as pl

from remit.model.errors import PublicationError
from remit.model.period import Period, month, parse_period
from remit.publications.files.table import RawTable
from remit.publications.rows.reading import ReadingContext
from remit.publications.rows.rows import Check

_NAMED = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s_–-]*(20\d\d|\d\d)(?!\d)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(20\d\d)-(\d\d)(?:-(\d\d))?(?:[ T]00:00:00)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Interpret = Callable[[str], Period | None]


def month_in(text: str) -> Period | None:
    """The month that a text names: ``MSitAE-APRIL-2021``, ``August 2024``, ``2025-04-01``."""
    if iso := _ISO.fullmatch(text.strip()):
        number = int(iso[2])
        return month(int(iso[1]), number) if 1 <= number <= 12 else None
    named = _NAMED.search(text)
    if named is None:
        return None
    year = int(named[2])
    return month(year if year > 99 else 2000 + year, _MONTHS.index(named[1].lower()) + 1)


def day_in(text: str) -> Period | None:
    """The day that a text gives: ``2025-06-30`` or ``30/06/2025``; its label is the ISO date."""
    parts = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00:00)?", text.strip())
    british = re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text.strip())
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
    texts = frame[column].unique().drop_nulls().to_list()
    found = {text: period for text in texts if (period := interpret(text)) is not None}
    schema = {
        column: pl.String,
        "period_label": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
    }
    rows = [(text, p.label, p.start, p.end) for text, p in found.items()]
    table = pl.DataFrame(rows, schema=schema, orient="row")
    joined = frame.join(table, on=column, how="left", maintain_order="left")
    reason = pl.lit("this is no period of the kind that this publication is for")
    return joined, [Check(pl.col("period_label").is_null(), column, reason)]


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
    raise PublicationError(
        f"{table.file.path}, sheet {table.sheet}: nothing above the table says which period it is "
        'of; say it with --period, for instance --period "Jun 2025"'
    )


def any_period(text: str) -> Period | None:
    """A month in any of its spellings, or another period that Remit knows."""
    return month_in(text) or parse_period(text)
