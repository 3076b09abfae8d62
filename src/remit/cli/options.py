"""Options that several commands share, and where a command's figures come from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.model.errors import AssessmentError

if TYPE_CHECKING:
    from remit.catalogue import LoadedFramework
    from remit.frames.figures import Figures

Files = Annotated[
    list[Path] | None,
    typer.Argument(help="Official files as downloaded; or use --store.", show_default=False),
]
StoreOption = Annotated[
    Path | None,
    typer.Option("--store", help="A store made by `remit ingest`. [env: REMIT_STORE]"),
]
PredecessorsOption = Annotated[
    bool,
    typer.Option(
        "--with-predecessors/--as-published",
        help="Trusts that have merged: in their successor's history, or as they were published.",
    ),
]
AsAtOption = Annotated[
    str | None,
    typer.Option("--as-at", help="Only what the store held on this day (YYYY-MM-DD)."),
]


def parse_day(text: str | None, option: str) -> date | None:
    """A day as ``YYYY-MM-DD``.

    Raises
    ------
    AssessmentError
        If it is none.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AssessmentError(
            f"{option} takes a day such as 2025-09-09 (year-month-day); got {text!r}"
        ) from None


def check_choice(value: str, allowed: Sequence[str], option: str) -> str:
    """An option's value, if it is one of those allowed.

    Raises
    ------
    AssessmentError
        If it is not.
    """
    if value not in allowed:
        raise AssessmentError(f"{option} takes one of {', '.join(allowed)}; got {value!r}")
    return value


def default_store() -> Path:
    """The store that is used where none is named; it may not be there."""
    return Path(os.environ.get("REMIT_STORE", "remit.duckdb"))


def gather_figures(
    files: Sequence[Path] | None,
    store: Path | None,
    period: str | None,
    as_at: str | None = None,
    *frameworks: LoadedFramework,
) -> Figures:
    """The figures of files, or else of the store; of a store those that frameworks use.

    Raises
    ------
    RemitError
        If neither is given, or if they cannot be read.
    """
    from remit.api import merge, read_each
    from remit.publications.files.folders import expand

    if files:
        if as_at:
            raise AssessmentError("--as-at goes with --store: files have no history")
        return merge(read_each(expand(files), period=period))
    from remit.files.database import place_of

    path = place_of(store or default_store())
    if store is None and not path.exists():
        raise AssessmentError(
            "name the files to read, or a store with --store (made by `remit ingest`)"
        )
    used = [metric for one in frameworks for metric in one.metrics.values()]
    measures = sorted({measure for metric in used for measure in metric.measures})
    return _from_store(path, parse_day(as_at, "--as-at"), measures)


def _from_store(path: Path, as_at: date | None, measures: Sequence[str]) -> Figures:
    from remit.catalogue import scored_publications
    from remit.store import Store

    with Store.open(path, read_only=True) as store:
        figures = store.figures(as_at, publications=scored_publications())
        if not measures:
            return figures
        counts = store.counts(measures, as_at)
        return figures.with_counts(counts, store.sources(as_at), store.rejections)
