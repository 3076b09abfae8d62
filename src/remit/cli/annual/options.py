"""What the commands on annual assessments share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FolderArgument = Annotated[
    Path, typer.Argument(help="The folder of an assessment, as `remit annual new` writes it.")
]
OutFolder = Annotated[Path, typer.Option("--out", help="The folder to write to.")]
