"""``remit what-if``: score, segment and ranks with some figures changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.asked import Asked, CodeArgument, asking, parse_cut_choice
from remit.cli.output import TextCsvOrJson, answer, say, say_framework, say_if_sample
from remit.files.delimited import frame_csv
from remit.files.jsons import json_text
from remit.model.fictional import ONE

if TYPE_CHECKING:
    from remit.assessment.improvement.what_if import WhatIf

HeldCutPointsOption = Annotated[
    str,
    typer.Option(
        "--cut-points",
        help="fixed: those of the period stay; recomputed: they move with the scores; or three "
        "averages, such as 2.05,2.32,2.60.",
    ),
]


@asking(without=("files", "mode", "cut_points", "judgements", "capability"))
def what_if(
    code: CodeArgument,
    changes_and_files: Annotated[
        list[str],
        typer.Argument(
            help="Changes, such as OF0079=0.5 or OF5004=1 (a flag), and official files; or use "
            "--store.",
            show_default=False,
        ),
    ],
    asked: Asked,
    cut_points: HeldCutPointsOption = "fixed",
    output: TextCsvOrJson = "text",
) -> None:
    """Show score, segment and everybody's rank with some figures of one organisation changed.

    Values are scored again where everybody who is ranked is at hand; other metrics keep their
    published scores.
    """
    from remit.assessment.improvement.changes import parse_change
    from remit.assessment.improvement.what_if import what_if as what_if_of

    changes = [text for text in changes_and_files if is_change(text)]
    files = [Path(text) for text in changes_and_files if not is_change(text)]
    asked = replace(asked, files=files)
    found = what_if_of(
        asked.figures(),
        code.upper(),
        [parse_change(change) for change in changes],
        framework=asked.loaded,
        period=asked.period,
        cut_points=parse_cut_choice(cut_points),
        records=asked.records(),
    )
    answer(
        output,
        text=lambda: _print(found),
        csv=lambda: frame_csv(found.others),
        json=lambda: json_text(found.to_dict()),
    )


def is_change(text: str) -> bool:
    """Whether an argument is a change rather than a file."""
    from remit.files.reading import is_there

    return "=" in text and not is_there(Path(text))


def _print(found: WhatIf) -> None:
    from remit.cli.tables import Grid

    say_if_sample(found.before.fictional, ONE)
    say_framework(found.before.framework.name, found.before.period.label)
    say(f"{found.name} ({found.code}), {found.before.period.label}")
    say(found.sentence)
    metrics = Grid("Metric", "Value", "Score", "Rank")
    for row in found.metrics.iter_rows(named=True):
        changed = (_arrow(row[n], row[f"{n}_after"]) for n in ("value", "score", "rank"))
        metrics.row(row["metric_id"], *changed)
    others = Grid("Code", "Name", "Segment", "Rank", title="Others", title_side="left")
    for row in found.others.filter(_moved()).iter_rows(named=True):
        segments = _arrow(row["final_segment_before"], row["final_segment_after"])
        ranks = _arrow(row["rank_before"], row["rank_after"])
        others.row(row["org_code"], row["org_name"], segments, ranks)
    for grid in (metrics, others):
        if not grid.is_empty:
            grid.show()
    for note in found.notes:
        say(note)


def _moved() -> Any:
    import polars as pl

    return pl.any_horizontal(
        pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after"))
        for name in ("rank", "final_segment")
    )


def _arrow(before: float | None, after: float | None) -> str:
    from remit.words.figures import published_words

    said = published_words(after)
    return f"{published_words(before)} → {said}" if before != after else said
