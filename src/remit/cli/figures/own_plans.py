"""The option of a user's own plans, for all commands that set them beside figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

TrajectoriesOption = Annotated[
    Path | None,
    typer.Option(
        "--trajectories",
        help="A file of your own plans for declared metrics: organisation, metric, month, value.",
    ),
]
