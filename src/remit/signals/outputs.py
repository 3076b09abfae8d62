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
    "who",
)
SERIES = ("series", "n", "mean", "lower_limit", "upper_limit", "variation", "assurance")


def write_charts(
    charts: Charts, out: Path, rejections: tuple[Rejection, ...], about: Mapping[str, Any]
) -> list[Path]:
    """Write ``points.csv``, ``series.csv``, ``rejections.csv`` and ``run.json`` into a folder.

    Raises
    ------
    AssessmentError
        If the folder or the files cannot be written; those that were there stay as they were.
    """
    tables = {
        "points.csv": _with_who(charts.points).select(POINTS),
        "series.csv": charts.series.select(SERIES),
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


def _with_who(points: pl.DataFrame) -> pl.DataFrame:
    """Points with who is in each; of figures of one's own nobody knows."""
    return points if "who" in points.columns else points.with_columns(pl.lit("").alias("who"))


def _rejected(rejections: tuple[Rejection, ...]) -> pl.DataFrame:
    names = ("file", "line", "column", "value", "reason")
    schema = dict.fromkeys(names, pl.String) | {"line": pl.Int64}
    rows = [(r.file, r.line, r.column, r.value, r.reason) for r in rejections]
    return pl.DataFrame(rows, schema=schema, orient="row")
