"""``remit route``: the smallest sets of improvements that reach a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.options import (
    AsAtOption,
    Files,
    FrameworkOption,
    MetricsOption,
    PeriodOption,
    StoreOption,
    check_choice,
    chosen_framework,
    gather_figures,
)
from remit.cli.output import give, say
from remit.cli.standings.what_if import HeldCutPointsOption, parse_cut_choice
from remit.files.delimited import frame_csv
from remit.files.jsons import json_text

if TYPE_CHECKING:
    from remit.assessment.improvement.route import Routes
    from remit.model.framework import Rounding


def route(
    code: Annotated[str, typer.Argument(help="The organisation's code, such as RYJ.")],
    to_segment: Annotated[
        int, typer.Option("--to-segment", help="The segment to reach; 1 is the best.")
    ],
    files: Files = None,
    store: StoreOption = None,
    framework: FrameworkOption = "nof-2025-26",
    metrics: MetricsOption = None,
    period: PeriodOption = None,
    max_metrics: Annotated[
        int, typer.Option("--max-metrics", help="The most metrics that a route changes, 1 to 3.")
    ] = 2,
    limit: Annotated[
        int, typer.Option("--limit", help="How many routes of each size to show.")
    ] = 3,
    cut_points: HeldCutPointsOption = "fixed",
    as_at: AsAtOption = None,
    output: Annotated[str, typer.Option("--format", help="text, csv or json.")] = "text",
) -> None:
    """Find the smallest improvements that bring an organisation to a segment.

    No value goes beyond the best that a peer has reached, and every route is confirmed by a
    fresh assessment of the changed figures.
    """
    from remit.assessment.improvement.route import find_routes

    check_choice(output, ("text", "csv", "json"), "--format")
    loaded = chosen_framework(framework, metrics)
    found = find_routes(
        gather_figures(files, store, None, as_at, loaded),
        code.upper(),
        to_segment,
        framework=loaded,
        period=period,
        max_metrics=max_metrics,
        limit=limit,
        cut_points=parse_cut_choice(cut_points),
    )
    if output == "json":
        give(json_text(found.to_dict()))
    elif output == "csv":
        give(frame_csv(found.table()))
    else:
        _print(found, loaded.framework.rounding)


def _print(found: Routes, rounding: Rounding) -> None:
    from remit.assessment.improvement.route_words import not_changed, route_lines, summary

    if found.fictional:
        say("Sample data: this organisation and its figures are fictional.")
    for line in summary(found):
        say(line)
    for number, way in enumerate(found.routes, start=1):
        for line in route_lines(number, way, rounding):
            say(line)
    for line in (*not_changed(found), *found.notes):
        say(line)
