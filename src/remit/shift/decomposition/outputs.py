"""The files that ``remit shift decompose`` writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import polars as pl

from remit.assessment.result.outputs import rejections_table
from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.errors import ActivityError
from remit.model.observation import Rejection
from remit.shift.decomposition.cells import FACTORS
from remit.shift.decomposition.decompose import ChangedUse, Decomposition
from remit.shift.decomposition.findings import findings


def effects_table(found: Decomposition) -> pl.DataFrame:
    """``commissioner, factor, effect, change``: one row a commissioner and factor."""
    rows = [
        (line.commissioner, factor, effect, line.change)
        for line in found.lines
        for factor, effect in zip(FACTORS, line.effects, strict=True)
    ]
    return pl.DataFrame(
        rows,
        schema={
            "commissioner": pl.String,
            "factor": pl.String,
            "effect": pl.Float64,
            "change": pl.Int64,
        },
        orient="row",
    )


def fifths_table(found: Decomposition) -> pl.DataFrame:
    """The same by deprivation fifth, with the effect for each 1,000 people."""
    rows = [
        (line.commissioner, line.fifth, factor, effect, line.change, _per_1000(line, effect))
        for line in found.by_fifth
        for factor, effect in zip(FACTORS, line.effects, strict=True)
    ]
    return pl.DataFrame(
        rows,
        schema={
            "commissioner": pl.String,
            "deprivation_fifth": pl.Int64,
            "factor": pl.String,
            "effect": pl.Float64,
            "change": pl.Int64,
            "effect_per_1000": pl.Float64,
        },
        orient="row",
    )


def _per_1000(line: ChangedUse, effect: float) -> float | None:
    people = line.before.people
    return 1000 * effect / people if people else None


def counts_table(found: Decomposition) -> pl.DataFrame:
    """The counts of both quarters by commissioner and fifth."""
    schema = {
        "commissioner": pl.String,
        "quarter": pl.String,
        "deprivation_fifth": pl.Int64,
        "people": pl.Int64,
        "need_thousandths": pl.Int64,
        "records": pl.Int64,
        "hospital_records": pl.Int64,
        "bed_days": pl.Int64,
    }
    rows = [
        (line.commissioner, quarter, line.fifth, counts.people, counts.need, counts.records,
         counts.hospital_records, counts.bed_days)
        for line in found.by_fifth
        for quarter, counts in zip(found.quarters, (line.before, line.after), strict=True)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def summary(found: Decomposition) -> dict[str, Any]:
    """What was found, in words and as data, with what was done on the way."""
    return {
        "from": found.quarters[0],
        "to": found.quarters[1],
        "of": "bed days of hospital records",
        "england": f"the sum of {len(found.commissioners)} commissioners",
        "commissioners": [line.commissioner for line in found.commissioners],
        "findings": list(findings(found)),
        "effects": dict(zip(FACTORS, found.england.effects, strict=True)),
        "change": found.england.change,
        "need": [
            {"quarter": quarter, "mean": float(scale.mean / 1000), "rebased": scale.rebased}
            for quarter, scale in zip(found.quarters, found.needs, strict=True)
        ],
        "left_out": [asdict(gap) for gap in found.left_out],
        "cells_left_out": [
            {"quarter": one.quarter, "cell": list(one.place), "records": one.counts.records,
             "bed_days": one.counts.bed_days}
            for one in found.unplaced
        ],
    }  # fmt: skip


def write_decomposition(
    found: Decomposition,
    out: Path,
    file_format: Literal["csv", "parquet"] = "csv",
    *,
    rejections: tuple[Rejection, ...] = (),
    sources: Sequence[Path] = (),
) -> list[Path]:
    """Write a decomposition into a folder, all files or none.

    Parameters
    ----------
    found
        What was decomposed.
    out
        The folder, which is made if need be.
    file_format
        Of the tables; rejections are CSV always.
    rejections
        Rows of the populations that were not taken in.
    sources
        The files that it stands on.

    Raises
    ------
    ActivityError
        If the folder cannot be made or written.

    Examples
    --------
    >>> write_decomposition(found, Path("out"), "parquet")  # doctest: +SKIP
    """
    files: dict[str, str | pl.DataFrame] = {
        f"decomposition.{file_format}": effects_table(found),
        f"by_fifth.{file_format}": fifths_table(found),
        f"counts.{file_format}": counts_table(found),
        "rejections.csv": rejections_table(rejections),
        "decomposition.json": json_text(summary(found)) + "\n",
    }
    package = Package(
        load_output("shift-decomposition"),
        [PackageSource(path.name) for path in sources],
    )
    return write_files(out, files, package=package, error=ActivityError)
