"""Totals that a file does not print, made of its rows and traced to the first of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from remit.model.observation import Status, TotalCheck
from remit.model.publication import Publication

_SUMMED = ("value", "status", "source_row", "source_column", "member_of")


def summed(parts: pl.DataFrame, *, of_one: bool = True) -> pl.DataFrame:
    """Add up the observations that are alike in all but value and row.

    Parameters
    ----------
    parts
        Observations; set the columns in which the parts differ (``cut``, ``org_code`` …) to
        those of the whole beforehand.
    of_one
        Whether the whole of a single part is called a sum too.

    Returns
    -------
    polars.DataFrame
        One observation for each whole, in the columns of the parts. It has a value only where
        all its parts have one; ``source_row`` is the first part's, and ``source_column`` says
        of how many rows it is the sum.
    """
    key = [name for name in parts.columns if name not in _SUMMED]
    reported = Status.REPORTED.value
    lacking = pl.col("status").filter(pl.col("status") != reported).first()
    whole = parts.group_by(key, maintain_order=True).agg(
        pl.when(pl.col("value").is_not_null().all()).then(pl.col("value").sum()).alias("value"),
        lacking.fill_null(reported).alias("status"),
        pl.col("source_row").min(),
        pl.when(pl.lit(of_one) | (pl.len() > 1))
        .then(pl.format("{} (sum of {} rows)", pl.col("source_column").first(), pl.len()))
        .otherwise(pl.col("source_column").first())
        .alias("source_column"),
        # Of parts that are named under several areas the whole is under none.
        pl.when(pl.col("member_of").n_unique() == 1).then(pl.col("member_of").first()),
    )
    return whole.select(parts.columns)


def with_wholes(observations: pl.DataFrame, publication: Publication) -> pl.DataFrame:
    """Add the sum of an organisation's parts where a publication that prints wholes lacks it."""
    names = [re.escape(cut.name) for cut in publication.cuts if cut.make_whole]
    if not names:
        return observations
    is_part = pl.col("cut").str.contains(f"^(?:{'|'.join(names)}): ").fill_null(value=False)
    key = ["org_code", "metric_id", "period_label"]
    lacking = observations.filter(is_part).join(
        observations.filter(pl.col("cut").is_null()), on=key, how="anti"
    )
    made = summed(
        lacking.with_columns(
            pl.lit(None, dtype=pl.String).alias("cut"),
            pl.col("scope").str.replace_all(f" · by (?:{'|'.join(names)})", ""),
            pl.col("source_column").str.replace(r" \(sum of \d+ rows\)$", ""),
        )
    ).with_columns(pl.col("source_column").str.replace(r"rows\)$", "parts)"))
    return pl.concat([observations, made])


def cut_checks(
    observations: pl.DataFrame, parts: pl.DataFrame, file_name: str, what: Sequence[str] = ()
) -> tuple[TotalCheck, ...]:
    """Where an organisation's printed total is not the sum of its parts.

    Parameters
    ----------
    observations
        The totals.
    parts
        The parts, in the same columns.
    file_name
        Of the file.
    what
        Further columns in which total and parts agree, beside organisation, metric and period.

    Returns
    -------
    tuple of TotalCheck
        Only those that differ: a file has a total for each of several hundred organisations.
    """
    key = ["org_code", "metric_id", "period_label", *what]
    sums = parts.group_by(key).agg(
        pl.col("value").sum().alias("summed"), pl.col("value").is_not_null().any().alias("any")
    )
    joined = observations.filter(pl.col("value").is_not_null()).join(
        sums.filter("any"), on=key, how="inner", nulls_equal=True, maintain_order="left"
    )
    differing = joined.filter((pl.col("value") - pl.col("summed")).abs() > 1e-6)
    return tuple(
        TotalCheck(
            file=file_name,
            line=row["source_row"],
            column=row["source_column"],
            name=" · ".join(str(row[name]) for name in key if row[name] is not None),
            printed=row["value"],
            summed=row["summed"],
        )
        for row in differing.iter_rows(named=True)
    )
