"""Options of commands that count activity records."""

from __future__ import annotations

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
