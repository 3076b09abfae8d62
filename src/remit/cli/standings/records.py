"""Options for what a user brings beside the figures, shared by the commands that assess."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.options import default_store, gather_figures

if TYPE_CHECKING:
    from remit.assessment.judgement.records import Records
    from remit.catalogue import LoadedFramework
    from remit.frames.figures import Figures

JudgementsOption = Annotated[
    Path | None,
    typer.Option(
        "--judgements",
        help="A YAML file of segments by judgement; see `remit framework new-judgements`.",
    ),
]
CapabilityOption = Annotated[
    Path | None,
    typer.Option(
        "--capability", help="A YAML file of capability records; see `remit capability new`."
    ),
]
SystemWeightOption = Annotated[
    float | None,
    typer.Option("--system-weight", help="The system's share of an ICB's score, from 0 to 1."),
]


def gather_judged(
    files: Sequence[Path] | None,
    store: Path | None,
    period: str | None,
    as_at: str | None,
    judgements: Path | None,
    *frameworks: LoadedFramework,
) -> Figures:
    """The figures of files or a store; none where there are only judgements to go by."""
    from remit.frames.figures import Figures
    from remit.frames.observations import empty_observations

    if judgements is not None and not files and store is None and not default_store().exists():
        return Figures(empty_observations())
    return gather_figures(files, store, period, as_at, *frameworks)


def gather_records(
    loaded: LoadedFramework,
    judgements: Path | None = None,
    capability: Path | None = None,
    system_weight: float | None = None,
) -> Records:
    """Read the files that the options name.

    Raises
    ------
    RemitError
        If a file is faulty or a weight has no use.
    """
    from remit.assessment.judgement.records import read_records
    from remit.register import load_register

    return read_records(
        loaded.framework,
        load_register(),
        judgements=judgements,
        capability=capability,
        system_weight=system_weight,
    )
