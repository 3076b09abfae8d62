"""``remit movement``: why an organisation moved between two periods."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asked import Asked, asking, parse_cut_points
from remit.cli.output import TextCsvOrJson, answer, say, say_framework, say_if_sample
from remit.files.delimited import frame_csv
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.errors import AssessmentError
from remit.model.fictional import ONE

if TYPE_CHECKING:
    import polars as pl

    from remit.assessment.movement.figures import MetricPart, Movement, Waterfall
    from remit.files.datapackage import Package


@asking(without=("period", "cut_points", "judgements", "capability", "system_weight"))
def movement(
    code: Annotated[str, typer.Argument(help="The organisation's code, such as RDY.")],
    asked: Asked,
    earlier: Annotated[
        str | None, typer.Option("--from", help='The earlier quarter, such as "2025/26 Q1".')
    ] = None,
    later: Annotated[
        str | None, typer.Option("--to", help='The later quarter, such as "2025/26 Q2".')
    ] = None,
    cut_points_from: Annotated[
        str | None,
        typer.Option("--cut-points-from", help="Cut points of the earlier quarter: 2.05,2.32,2.6."),
    ] = None,
    cut_points_to: Annotated[
        str | None, typer.Option("--cut-points-to", help="Cut points of the later quarter.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="A folder for the tables, of this and of all organisations."),
    ] = None,
    output: TextCsvOrJson = "text",
) -> None:
    """Split a change of score, segment and rank into what caused it.

    The causes are own values, others' values, metrics scored or missing, cut points and the
    override. The parts sum to the change.
    """
    from remit.assessment.movement.movement import check_periods, movements
    from remit.assessment.movement.movement import movement as movement_of
    from remit.assessment.result.outputs import package_of
    from remit.assessment.run import assess
    from remit.assessment.scoring.inputs import quarter_named

    if earlier is None or later is None:
        raise AssessmentError('name two quarters: --from "2025/26 Q1" --to "2025/26 Q2"')
    asked = replace(asked, period=later)
    if asked.mode != "recomputed":
        check_periods(asked.loaded.framework, *map(quarter_named, (earlier, later)))
    figures = asked.figures()
    judged_by = asked.judged_by
    before, after = (
        assess(
            figures,
            asked.loaded,
            period,
            **{**judged_by, "cut_points": parse_cut_points(cuts)},
            replicates=None,
        )
        for period, cuts in ((earlier, cut_points_from), (later, cut_points_to))
    )
    moved = movement_of(before, after, code.upper())
    if out is not None:
        _write(moved, movements(before, after), out, package_of("movement", before, after))
    answer(
        output,
        text=lambda: _print(moved, asked.loaded.framework.name),
        csv=lambda: frame_csv(moved.table()),
        json=lambda: json_text(moved.to_dict()),
    )


def _write(moved: Movement, everybody: pl.DataFrame, out: Path, package: Package) -> None:
    tables = {
        "movement.csv": moved.table(),
        "movement_metrics.csv": moved.metrics_table(),
        "movements.csv": everybody,
    }
    write_files(out, tables, package=package)


def _print(moved: Movement, framework: str) -> None:
    say_if_sample(moved.fictional, ONE)
    say_framework(framework, f"{moved.before} and {moved.after}")
    title = f"{moved.name} ({moved.code}), {moved.before} to {moved.after}, {moved.mode} scores"
    say(title)
    say(moved.sentence)
    _print_tables(moved)
    for sentence in moved.segments.sentences:
        say(sentence)
    for note in moved.notes:
        say(note)


def _print_tables(moved: Movement) -> None:
    from remit.cli.tables import Grid

    parts = [part.label.capitalize() for part in moved.score.parts]
    figures = Grid("Figure", moved.before, *parts, moved.after)
    for figure in moved.waterfalls:
        figures.row(*_figure_cells(figure))
    metrics = Grid("Metric", "Value", "Score", "Own", "Others", "Set")
    for metric in moved.metrics:
        metrics.row(*_metric_cells(metric, moved.score.decimals))
    figures.show()
    metrics.show()


def _figure_cells(figure: Waterfall) -> list[str]:
    parts = [part.shown for part in figure.parts]
    return [figure.label, figure.shown_start, *parts, figure.shown_end]


def _metric_cells(metric: MetricPart, decimals: int) -> list[str]:
    from remit.assessment.movement.apportion import signed
    from remit.words.figures import number_words, published_words

    values = (metric.value_before, metric.value_after)
    scores = (metric.score_before, metric.score_after)
    value = " → ".join(published_words(one, metric.unit) for one in values)
    score = " → ".join(number_words(one, decimals) for one in scores)
    parts = [signed(digits, decimals) for digits in metric.digits]
    return [f"{metric.metric_id} {metric.name}", value, score, *parts]
