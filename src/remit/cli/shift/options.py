"""Options of commands that count activity records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from remit.cli.output import format_option

RecordFiles = Annotated[
    list[Path],
    typer.Argument(help="Parquet or CSV files, folders of them, Delta or Iceberg tables."),
]
EngineOption = Annotated[
    str, typer.Option("--engine", help="What counts: duckdb (in this process) or spark.")
]
MasterOption = Annotated[
    str | None,
    typer.Option("--master", help="Which Spark: local[2], or spark://host:7077. Else local[2]."),
]
MemoryOption = Annotated[
    str | None, typer.Option("--memory", help="How much memory may be used, such as 2GB.")
]
MappingOption = Annotated[
    str | None,
    typer.Option(
        "--mapping",
        help="Where the columns stand: apc, outpatient, ecds, csds, mhsds, gp, or a YAML file.",
    ),
]
CsvOrParquet = Annotated[str, format_option("csv", "parquet")]


def keep_records_apart(files: Sequence[Path], out: Path, output: str) -> None:
    """Refuse a folder of output in which tables would lie among the records.

    Parameters
    ----------
    files
        What the user named as records.
    out
        The folder.
    output
        The identifier of what is written into it.

    Raises
    ------
    ActivityError
        If it is such a folder.

    Examples
    --------
    >>> keep_records_apart([Path("records")], Path("shift"), "shift-records")
    """
    from remit.catalogue.outputs import load_output
    from remit.engine.listing import keep_apart

    keep_apart(files, out, list(load_output(output).files))
