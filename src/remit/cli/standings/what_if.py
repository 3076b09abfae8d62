"""``remit what-if``: score, segment and ranks with some figures changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.options import (
    AsAtOption,
    FrameworkOption,
    MetricsOption,
    PeriodOption,
    StoreOption,
    check_choice,
    chosen_framework,
    gather_figures,
    parse_cut_points,
)
from remit.cli.output import give, say
from remit.cli.standings.records import SystemWeightOption, gather_records
from remit.files.delimited import frame_csv
from remit.files.jsons import json_text

if TYPE_CHECKING:
    from remit.assessment.improvement.starting_point import CutChoice
    from remit.assessment.improvement.what_if import WhatIf

HeldCutPointsOption = Annotated[
    str,
    typer.Option(
        "--cut-points",
        help="fixed: those of the period stay; recomputed: they move with the scores; or three "
        "averages, such as 2.05,2.32,2.60.",
    ),
]


def what_if(
    code: Annotated[str, typer.Argument(help="The organisation's code, such as RYJ.")],
    changes_and_files: Annotated[
        list[str],
        typer.Argument(
            help="Changes, such as OF0079=0.5 or OF5004=1 (a flag), and official files; or use "
            "--store.",
            show_default=False,
        ),
    ],
    store: StoreOption = None,
    framework: FrameworkOption = "nof-2025-26",
    metrics: MetricsOption = None,
    period: PeriodOption = None,
    cut_points: HeldCutPointsOption = "fixed",
    system_weight: SystemWeightOption = None,
    as_at: AsAtOption = None,
    output: Annotated[str, typer.Option("--format", help="text, csv or json.")] = "text",
) -> None:
    """Show score, segment and everybody's rank with some figures of one organisation changed.

    Values are scored again where everybody who is ranked is at hand; other metrics keep their
    published scores.
    """
    from remit.assessment.improvement.changes import parse_change
    from remit.assessment.improvement.what_if import what_if as what_if_of

    check_choice(output, ("text", "csv", "json"), "--format")
    changes = [text for text in changes_and_files if is_change(text)]
    files = [Path(text) for text in changes_and_files if not is_change(text)]
    loaded = chosen_framework(framework, metrics)
    answer = what_if_of(
        gather_figures(files, store, None, as_at, loaded),
        code.upper(),
        [parse_change(change) for change in changes],
        framework=loaded,
        period=period,
        cut_points=parse_cut_choice(cut_points),
        records=gather_records(loaded, system_weight=system_weight),
    )
    if output == "json":
        give(json_text(answer.to_dict()))
    elif output == "csv":
        give(frame_csv(answer.others))
    else:
        _print(answer)


def is_change(text: str) -> bool:
    """Whether an argument is a change rather than a file."""
    from remit.files.reading import is_there

    return "=" in text and not is_there(Path(text))


def parse_cut_choice(text: str) -> CutChoice:
    """``fixed``, ``recomputed`` or three averages.

    Raises
    ------
    AssessmentError
        If it is none of these.
    """
    if text == "fixed":
        return "fixed"
    return "recomputed" if text == "recomputed" else parse_cut_points(text) or ()


def _print(answer: WhatIf) -> None:
    from remit.cli.tables import Grid

    if answer.before.fictional:
        say("Sample data: this organisation and its figures are fictional.")
    say(f"{answer.name} ({answer.code}), {answer.before.period.label}")
    say(answer.sentence)
    metrics = Grid("Metric", "Value", "Score", "Rank")
    for row in answer.metrics.iter_rows(named=True):
        metrics.row(row["metric_id"], *(_pair(row, n) for n in ("value", "score", "rank")))
    others = Grid("Code", "Name", "Segment", "Rank", title="Others", title_side="left")
    for row in answer.others.filter(_moved()).iter_rows(named=True):
        segments = _arrow(row["final_segment_before"], row["final_segment_after"])
        ranks = _arrow(row["rank_before"], row["rank_after"])
        others.row(row["org_code"], row["org_name"], segments, ranks)
    for grid in (metrics, others):
        if not grid.is_empty:
            grid.show()
    for note in answer.notes:
        say(note)


def _moved() -> Any:
    import polars as pl

    return pl.any_horizontal(
        pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after"))
        for name in ("rank", "final_segment")
    )


def _pair(row: dict[str, Any], name: str) -> str:
    return _arrow(row[name], row[f"{name}_after"])


def _arrow(before: float | None, after: float | None) -> str:
    from remit.assessment.explaining.words import figure

    return f"{figure(before)} → {figure(after)}" if before != after else figure(after)
