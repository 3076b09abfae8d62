"""Write the tables of the published shift with what was run: all files or none."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import polars as pl

from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.shift.published.run import PublishedShift
from remit.shift.published.words import said_of

Format = Literal["csv", "parquet"]


def write_published(
    made: PublishedShift, tables: dict[str, pl.DataFrame], out: Path, file_format: Format = "csv"
) -> list[Path]:
    """Write the tables and ``run.json`` into a folder.

    Parameters
    ----------
    made
        What was made.
    tables
        Its tables (:func:`remit.shift.published.tables.tables_of`).
    out
        The folder.
    file_format
        ``csv`` or ``parquet``.

    Raises
    ------
    AssessmentError
        If the folder cannot be made or written.

    Examples
    --------
    ``write_published(made, tables_of(made), Path("shift"))``
    """
    files: dict[str, str | bytes | pl.DataFrame] = {
        f"{name}.{file_format}": table for name, table in tables.items()
    }
    files["run.json"] = json_text(run_record(made)) + "\n"
    sources = [PackageSource.of(one) for one in made.sources]
    return write_files(
        out, files, package=Package(load_output("shift-published"), sources, made.fictional)
    )


def run_record(made: PublishedShift) -> dict[str, Any]:
    """What was run, on what."""
    return {
        "frameworks": [one.id for one in made.frameworks],
        "year": made.year.label,
        "measures": len(made.measures),
        "read": [name for name, of in made.found.items() if of.passes],
        "withheld": {name: of.reason for name, of in made.found.items() if not of.passes},
        "without_figure": [one.id for one in made.without_figure],
        "not_read": [one.id for one in made.not_read],
        "people_of": made.people.heads_from,
        "need_of": made.people.need_from,
        "fictional": made.fictional,
        "notes": list(said_of(made)),
        "sources": [{"file": one.file_name, "sha256": one.sha256} for one in made.sources],
        "software": {"name": "remit", "version": version("remit")},
    }
