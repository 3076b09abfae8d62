"""Rows on their way to becoming observations or rejections.

Each check marks the rows that fail it; the first failure of a row is the reason given. At the
end every row is in exactly one of the two heaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from remit.model.observation import Rejection
from remit.model.period import KNOWN_FORMS, Period, parse_period, parse_quarter, today
from remit.model.publication import Publication
from remit.publications.files.lean_table import LeanTable
from remit.publications.files.table import RawTable
from remit.publications.rows.cells import tidy
from remit.publications.rows.reading import ReadingContext

LINE = "line"

EMPTY = "the cell is empty"
_LINES_NAMED = 5
LONGEST_NAME = 100
"""How much of an overlong text is looked at when a reason is made."""


@dataclass(frozen=True, slots=True)
class Check:
    """Rows for which ``fails`` holds are rejected for ``reason`` (an expression of text).

    A reason that is costly to put together may be made when a row has failed.
    """

    fails: pl.Expr
    column: str
    reason: pl.Expr | Callable[[], pl.Expr]

    def why(self) -> pl.Expr:
        """The reason, made by now."""
        return self.reason if isinstance(self.reason, pl.Expr) else self.reason()


def text_frame(table: RawTable, publication: Publication) -> pl.DataFrame:
    """The table's declared columns as tidied text, and the line of each row.

    A column that is declared and absent is null throughout.
    """
    if isinstance(table, LeanTable):
        return table.frame
    places = publication.column_names(table.header)
    columns = list(zip(*table.rows, strict=True)) if table.rows else []
    data: dict[str, pl.Series] = {LINE: pl.Series(table.lines, dtype=pl.Int64)}
    for column in publication.all_columns:
        place = places.get(column.name)
        values = columns[place] if place is not None and columns else [None] * len(table.rows)
        data[column.name] = pl.Series(values, dtype=pl.String)
    frame = pl.DataFrame(data)
    return frame.with_columns(tidy(c.name) for c in publication.all_columns)


def whole_text_fits(column: str, pattern: str) -> pl.Expr:
    """Whether the whole text of a column fits a regular expression; a blank cell is empty text."""
    return pl.col(column).fill_null("").str.contains(f"^(?:{pattern})$")


def further_columns(
    frame: pl.DataFrame, table: RawTable, places: Mapping[str, int]
) -> pl.DataFrame:
    """Add columns that no declaration names, as tidied text, by their place in the header.

    The frame must have all rows of the table, in their order.
    """
    columns = {
        name: pl.Series(name, [row[place] for row in table.rows], dtype=pl.String)
        for name, place in places.items()
    }
    return frame.with_columns(**columns).with_columns(tidy(name) for name in columns)


def sort_out(
    frame: pl.DataFrame, checks: Sequence[Check], file_name: str
) -> tuple[pl.DataFrame, list[Rejection]]:
    """Part the rows that pass every check from those that fail one."""
    if not checks:
        return frame, []
    first = pl.coalesce([pl.when(check.fails).then(place) for place, check in enumerate(checks)])
    failed = frame.select(first.alias("failed"))["failed"]
    rejections = [
        rejection
        for place in failed.unique().drop_nulls().sort()
        for rejection in _rejections(frame, failed == place, checks[place], file_name)
    ]
    return frame.filter(failed.is_null()), rejections


def _rejections(
    frame: pl.DataFrame, failed: pl.Series, check: Check, file_name: str
) -> Iterator[Rejection]:
    """The rows that one check refuses; reasons are made for these only."""
    told = frame.select(LINE, pl.col(check.column), check.why().alias("reason")).filter(failed)
    for line, value, reason in told.iter_rows():
        yield Rejection(file_name, line, check.column, (value or "")[:200], reason)


def known_values(
    frame: pl.DataFrame, column: str, interpret: Callable[[str], str | None]
) -> pl.Expr:
    """A column's texts interpreted once each; null where the interpretation is None."""
    texts = frame[column].unique().drop_nulls().to_list()
    meaning = {text: found for text in texts if (found := interpret(text)) is not None}
    return pl.col(column).replace_strict(meaning, default=None, return_dtype=pl.String)


def explained(frame: pl.DataFrame, column: str, explain: Callable[[str], str]) -> pl.Expr:
    """A reason for each text of a column, made once for each.

    Only the beginning of an overlong text is explained: to look for what is like it takes long.
    """
    texts = frame[column].unique().drop_nulls().to_list()
    return pl.col(column).replace_strict(
        {text: explain(text[:LONGEST_NAME]) if text else EMPTY for text in texts},
        default=EMPTY,
        return_dtype=pl.String,
    )


def release_column(
    frame: pl.DataFrame, publication: Publication, context: ReadingContext
) -> tuple[pl.DataFrame, list[Check], Period | None]:
    """Add ``release``, the quarter each row was published for.

    It comes from the Quarter column, else from the rows that the publication names in
    ``release_from``, else from the context.

    Returns
    -------
    tuple
        The frame, the check, and the one release of the file (None where it has several).
    """
    if frame["Quarter"].is_not_null().any():
        release = known_values(frame, "Quarter", _quarter_label)
        reason = pl.lit("this is no quarter such as Q1 2025/26")
        with_release = frame.with_columns(release.alias("release"))
        found = with_release["release"].unique().drop_nulls().to_list()
        single = parse_quarter(found[0]) if len(found) == 1 else None
        return with_release, [Check(pl.col("release").is_null(), "Quarter", reason)], single
    single = _stated_release(frame, publication) or _quarter(context.release)
    label = single.label if single else None
    return frame.with_columns(pl.lit(label, dtype=pl.String).alias("release")), [], single


def _quarter_label(text: str) -> str | None:
    period = parse_quarter(text)
    return period.label if period else None


def _quarter(period: Period | None) -> Period | None:
    return parse_quarter(period.label) if period else None


def _stated_release(frame: pl.DataFrame, publication: Publication) -> Period | None:
    if "Metric_ID" not in frame.columns:
        return None
    rows = frame.filter(pl.col("Metric_ID").is_in(list(publication.release_from)))
    labels = [parse_quarter(text) for text in rows["Reporting_date"].drop_nulls().to_list()]
    found = {period for period in labels if period is not None}
    return found.pop() if len(found) == 1 else None


def period_columns(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Check]]:
    """Add ``period_label, period_start, period_end`` from the reporting date and the release."""
    pairs = frame.select("Reporting_date", "release").unique()
    periods = [
        {"Reporting_date": text, "release": release, **_period_cells(text, release)}
        for text, release in pairs.iter_rows()
    ]
    schema = {
        "Reporting_date": pl.String,
        "release": pl.String,
        "period_label": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
    }
    parsed = pl.DataFrame(periods, schema=schema)
    joined = frame.join(
        parsed,
        on=["Reporting_date", "release"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    reason = pl.lit(f"this is no period that Remit knows; known forms: {KNOWN_FORMS}")
    unknown = pl.col("period_start").is_null() & pl.col("release").is_not_null()
    return joined, [Check(unknown, "Reporting_date", reason), not_begun("Reporting_date")]


def not_begun(column: str) -> Check:
    """Rows of a period that begins later than today, of which there can be no figures."""
    day = today()
    later = (pl.col("period_start") > day).fill_null(value=False)
    said = f"this is later than today ({day.isoformat()}); there are no figures of it yet"
    return Check(later, column, pl.lit(said))


def _period_cells(text: str | None, release: str | None) -> dict[str, object]:
    quarter = parse_quarter(release) if release else None
    period = parse_period(text or "", quarter)
    if period is None:
        return {"period_label": None, "period_start": None, "period_end": None}
    label = text or period.label
    return {"period_label": label, "period_start": period.start, "period_end": period.end}


def repeated_rows(key: Sequence[str], column: str) -> list[Check]:
    """Reject a row that repeats an earlier one, and all rows that contradict each other.

    Rows with the same ``key`` speak of the same thing; they agree if ``value`` and ``status`` do.
    """
    first = pl.col(LINE).first().over(key)
    contradict = pl.struct("value", "status").n_unique().over(key) > 1
    few = pl.col(LINE).head(_LINES_NAMED).cast(pl.String).str.join(", ")
    more = pl.when(pl.len() > _LINES_NAMED).then(pl.lit(" and more")).otherwise(pl.lit(""))
    lines = (few + more).over(key)
    what = pl.concat_str([pl.col(name).fill_null("") for name in key], separator=" ")
    return [
        Check(
            contradict,
            column,
            pl.format("lines {} give different figures for the same thing ({})", lines, what),
        ),
        Check(
            (pl.col(LINE) != first) & ~contradict,
            column,
            pl.format("the row repeats line {}", first),
        ),
    ]
