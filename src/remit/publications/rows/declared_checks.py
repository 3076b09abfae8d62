"""What a plain publication prints twice, held against itself as it declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from remit.model.layout import PrintedRate
from remit.model.observation import Status, TotalCheck
from remit.model.publication import Publication
from remit.publications.rows.cells import with_figures
from remit.publications.rows.measures import Measured
from remit.publications.rows.rows import LINE
from remit.publications.rows.sums import cut_checks
from remit.publications.rows.totals import metrics_like, total_checks

_HAIR = 1e-9
_UNITS = {"rate": "percent", "over": "count", "under": "count"}


def declared_checks(
    piece: Measured, frame: pl.DataFrame, publication: Publication
) -> Iterator[TotalCheck]:
    """England's totals, each organisation's totals of its parts, and the printed rates.

    Parameters
    ----------
    piece
        What was taken of one table.
    frame
        The rows that it was taken of.
    publication
        Its ``totals``, ``cuts`` and ``printed_rates`` say what is held against what.
    """
    totals, name = publication.totals, piece.table.file.name
    summable = piece.observations
    if totals.but:
        summable = summable.filter(~metrics_like(summable, totals.but))
    if totals.england:
        yield from total_checks(summable, name)
    if publication.cuts and totals.cuts:
        # A measure with a cut of its own tells totals from parts another way.
        parted = [measure.metric for measure in publication.measures if measure.cut]
        counts = summable.filter(~pl.col("metric_id").is_in(parted))
        is_part = pl.col("cut").is_not_null()
        yield from cut_checks(counts.filter(~is_part), counts.filter(is_part), name)
    taken = frame.filter(pl.col(LINE).is_in(piece.observations["source_row"].unique().implode()))
    for rate in publication.printed_rates:
        yield from _rate_checks(taken, rate, publication.marks, name)


def _rate_checks(
    frame: pl.DataFrame, rate: PrintedRate, marks: Mapping[str, Status], name: str
) -> Iterator[TotalCheck]:
    """The printed rates that the row's own counts do not give."""
    columns = {"rate": rate.column, "over": rate.numerator, "under": rate.denominator}
    figures = with_figures(frame, columns, marks, _UNITS)
    made = rate.scale * pl.col("over_value") / pl.col("under_value")
    rounding = 0.5 * 10**-rate.decimals + _HAIR
    differ = (made - pl.col("rate_value")).abs() > rounding
    rows = figures.with_columns(made.alias("made")).filter(differ & (pl.col("under_value") > 0))
    told = rows.select(LINE, "org_code", "period_label", "rate_value", "made")
    for line, code, period, printed, summed in told.iter_rows():
        yield TotalCheck(name, line, rate.column, f"rate · {code} · {period}", printed, summed)
