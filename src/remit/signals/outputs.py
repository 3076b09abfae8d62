"""Write charts as tables: all files or none."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.observation import Rejection
from remit.signals.charts import Charts
from remit.signals.series_in_words import ToldTables

POINTS = (
    "series",
    "date",
    "value",
    "mean",
    "lower_limit",
    "upper_limit",
    "near_lower",
    "near_upper",
    "special_cause",
    "kind",
    "rule",
    "target",
    "trajectory",
    "who",
)
SERIES = ("series", "n", "mean", "lower_limit", "upper_limit", "variation", "assurance")


def write_charts(
    charts: Charts,
    told: ToldTables,
    out: Path,
    rejections: tuple[Rejection, ...],
    about: Mapping[str, Any],
) -> list[Path]:
    """Write the tables of charts and ``run.json`` into a folder.

    Parameters
    ----------
    charts
        What the rules flag.
    told
        What is drawn and said.
    out
        The folder.
    rejections
        Lines that are no points.
    about
        What was asked for, as it goes into ``run.json``.

    Examples
    --------
    ``write_charts(charts, told_all(charts, tell), Path("charts"), (), {"file": "waits.csv"})``

    Raises
    ------
    AssessmentError
        If the folder or the files cannot be written; those that were there stay as they were.
    """
    tables = {
        # Row by row: both are in the order of the points, of which events can share a date.
        "points.csv": _in_full(charts.points).select(POINTS).hstack(told.drawn.select("drawn_as")),
        "series.csv": charts.series.select(SERIES),
        "said.csv": told.said,
        "rejections.csv": _rejected(rejections),
    }
    named = PackageSource(str(about.get("file", about.get("store"))))
    package = Package(load_output("charts"), [named], fictional="note" in about)
    files = {**tables, "run.json": json_text(run_record(charts, about)) + "\n"}
    return write_files(out, files, package=package)


def run_record(charts: Charts, about: Mapping[str, Any]) -> dict[str, Any]:
    """What was run, on what, so that somebody else can run it again."""
    return {
        **about,
        "rules": charts.rules.model_dump(mode="json", by_alias=True),
        "baseline": charts.baseline,
        "rebases": [
            {"date": r.on.isoformat(), "reason": r.reason, "series": r.series}
            for r in charts.rebases
        ],
        "software": {"name": "remit", "version": version("remit")},
    }


def _in_full(points: pl.DataFrame) -> pl.DataFrame:
    """Points with what only those of the catalogue have: who is in each, and a trajectory."""
    absent = {"who": pl.lit(""), "trajectory": pl.lit(None, pl.Float64)}
    return points.with_columns(
        value.alias(name) for name, value in absent.items() if name not in points.columns
    )


def _rejected(rejections: tuple[Rejection, ...]) -> pl.DataFrame:
    names = ("file", "line", "column", "value", "reason")
    schema = dict.fromkeys(names, pl.String) | {"line": pl.Int64}
    rows = [(r.file, r.line, r.column, r.value, r.reason) for r in rejections]
    return pl.DataFrame(rows, schema=schema, orient="row")
