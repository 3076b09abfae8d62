"""Write charts as tables: all files or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from remit.files.delimited import write_frame
from remit.files.jsons import json_text
from remit.files.whole import write_whole
from remit.model.errors import AssessmentError
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
    if out.exists() and not out.is_dir():
        raise AssessmentError(f"{out}: this is a file; --out takes a folder")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=".remit-", dir=out.parent))
    except OSError as error:
        raise AssessmentError(f"{out}: the folder cannot be made: {error.strerror}") from None
    try:
        made = _make(charts, workshop, rejections, about)
        out.mkdir(exist_ok=True)
        return [path.replace(out / path.name) for path in made]
    except OSError as error:
        raise AssessmentError(f"{out}: the files cannot be written: {error.strerror}") from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


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


def _make(
    charts: Charts, folder: Path, rejections: tuple[Rejection, ...], about: Mapping[str, Any]
) -> list[Path]:
    tables = {
        "points": charts.points.select(POINTS),
        "series": charts.series.select(SERIES),
        "rejections": _rejected(rejections),
    }
    made = []
    for name, table in tables.items():
        made.append(folder / f"{name}.csv")
        write_frame(made[-1], table)
    made.append(folder / "run.json")
    write_whole(made[-1], json_text(run_record(charts, about)) + "\n")
    return made


def _rejected(rejections: tuple[Rejection, ...]) -> pl.DataFrame:
    names = ("file", "line", "column", "value", "reason")
    schema = dict.fromkeys(names, pl.String) | {"line": pl.Int64}
    rows = [(r.file, r.line, r.column, r.value, r.reason) for r in rejections]
    return pl.DataFrame(rows, schema=schema, orient="row")
