"""Write an assessment: all files or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import polars as pl

from remit.assessment.result.assessment import Assessment
from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.observation import Rejection

Format = Literal["csv", "parquet", "json"]


def tables(assessment: Assessment) -> dict[str, pl.DataFrame]:
    """The tables of an assessment by the name of their file."""
    return {
        "metric_scores": assessment.metric_scores,
        "domain_scores": assessment.domain_scores,
        "standing": assessment.standing,
        "rejections": rejections_table(assessment.rejections),
    }


def rejections_table(rejections: tuple[Rejection, ...]) -> pl.DataFrame:
    """Rejected rows: ``file, line, column, value, reason``."""
    schema = {
        "file": pl.String,
        "line": pl.Int64,
        "column": pl.String,
        "value": pl.String,
        "reason": pl.String,
    }
    rows = [(r.file, r.line, r.column, r.value, r.reason) for r in rejections]
    return pl.DataFrame(rows, schema=schema, orient="row")


def run_record(assessment: Assessment) -> dict[str, Any]:
    """What was run, on what, so that somebody else can run it again."""
    cuts = assessment.cut_points
    return {
        "framework": {
            "id": assessment.framework.id,
            "version": assessment.framework.version,
            "hashes": dict(assessment.hashes),
        },
        "period": assessment.period.label,
        "mode": assessment.mode,
        "cut_points": {
            "values": list(cuts.values),
            "basis": cuts.basis,
            "origin": cuts.origin,
            "organisations": cuts.organisations,
            "expected": cuts.expected,
        },
        "likely": asdict(assessment.likely) if assessment.likely else None,
        "records": assessment.records.described(),
        "organisations": assessment.standing.height,
        "fictional": assessment.fictional,
        "notes": list(assessment.notes),
        "differences": assessment.differences().height,
        "sources": [_source(source) for source in assessment.sources.values()],
        "software": {"name": "remit", "version": version("remit")},
    }


def _source(source: Any) -> Mapping[str, Any]:
    return {
        "file": source.file_name,
        "publication": source.publication,
        "sha256": source.sha256,
        "published_on": source.published_on.isoformat() if source.published_on else None,
        "licence": source.licence,
        "rows_read": source.rows_read,
        "rows_accepted": source.rows_accepted,
        "rows_rejected": source.rows_rejected,
        "scopes": list(source.scopes),
    }


def write(assessment: Assessment, out: Path, file_format: Format = "csv") -> list[Path]:
    """Write the tables and ``run.json`` into a folder, all or none.

    Files of the same names are replaced, and tables of a former run in another format; others are
    left alone.

    Raises
    ------
    AssessmentError
        If the folder cannot be made or written.
    """
    made: dict[str, pl.DataFrame | str] = {}
    made |= {f"{name}.{file_format}": table for name, table in tables(assessment).items()}
    made["run.json"] = json_text(run_record(assessment)) + "\n"
    return write_files(out, made, package=package_of("assessment", assessment))


def package_of(output: str, *assessments: Assessment) -> Package:
    """What is told in ``datapackage.json`` of tables that are made of assessments."""
    sources = {key: one for each in assessments for key, one in each.sources.items()}
    fictional = any(one.fictional for one in assessments)
    return Package(load_output(output), list(map(PackageSource.of, sources.values())), fictional)
