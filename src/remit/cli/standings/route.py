"""``remit route``: the smallest sets of improvements that reach a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asked import Asked, CodeArgument, asking, parse_cut_choice
from remit.cli.output import TextCsvOrJson, answer, say, say_framework, say_if_sample
from remit.cli.standings.what_if import HeldCutPointsOption
from remit.files.delimited import frame_csv
from remit.files.jsons import json_text
from remit.model.fictional import ONE

if TYPE_CHECKING:
    from remit.assessment.improvement.route import Routes
    from remit.model.framework import Framework


@asking(without=("mode", "cut_points", "judgements", "capability", "system_weight"))
def route(
    code: CodeArgument,
    to_segment: Annotated[
        int, typer.Option("--to-segment", help="The segment to reach; 1 is the best.")
    ],
    asked: Asked,
    max_metrics: Annotated[
        int, typer.Option("--max-metrics", help="The most metrics that a route changes, 1 to 3.")
    ] = 2,
    limit: Annotated[
        int, typer.Option("--limit", help="How many routes of each size to show.")
    ] = 3,
    cut_points: HeldCutPointsOption = "fixed",
    output: TextCsvOrJson = "text",
) -> None:
    """Find the smallest improvements that bring an organisation to a segment.

    No value goes beyond the best that a peer has reached, and every route is confirmed by a
    fresh assessment of the changed figures.
    """
    from remit.assessment.improvement.route import find_routes

    found = find_routes(
        asked.figures(),
        code.upper(),
        to_segment,
        framework=asked.loaded,
        period=asked.period,
        max_metrics=max_metrics,
        limit=limit,
        cut_points=parse_cut_choice(cut_points),
    )
    answer(
        output,
        text=lambda: _print(found, asked.loaded.framework),
        csv=lambda: frame_csv(found.table()),
        json=lambda: json_text(found.to_dict()),
    )


def _print(found: Routes, framework: Framework) -> None:
    from remit.assessment.improvement.route_words import not_changed, route_lines, summary

    say_if_sample(found.fictional, ONE)
    say_framework(framework.name, found.period)
    for line in summary(found):
        say(line)
    for number, way in enumerate(found.routes, start=1):
        for line in route_lines(number, way, framework.rounding):
            say(line)
    for line in (*not_changed(found), *found.notes):
        say(line)
