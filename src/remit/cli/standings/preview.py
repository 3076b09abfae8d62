"""``remit preview``: where would we stand, by figures that are not published yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.assessment.likely.defaults import DEFAULT_REPLICATES
from remit.cli.asked import Asked, CodeArgument, asking, parse_cut_choice
from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import TextOrJson, answer, say, say_if_sample
from remit.cli.standings.what_if import HeldCutPointsOption
from remit.files.jsons import json_text
from remit.model.fictional import ONE

if TYPE_CHECKING:
    from remit.assessment.improvement.preview import Preview


@asking(without=("mode", "cut_points", "judgements", "capability", "system_weight"))
def preview(
    code: CodeArgument,
    own: Annotated[
        Path,
        typer.Argument(
            help="Your figures, CSV or a workbook: metric, value and, for a percentage, base "
            "(£450m, 1,340).",
            show_default=False,
        ),
    ],
    asked: Asked,
    cut_points: HeldCutPointsOption = "fixed",
    replicates: Annotated[
        int, typer.Option("--replicates", help="How often the likely ranges are drawn.")
    ] = DEFAULT_REPLICATES,
    output: TextOrJson = "text",
) -> None:
    """Before publication: where your own figures would stand among those last published.

    Shows segment, score and rank with their likely ranges, and which metric alone would change the
    segment, and by how little. Nothing is kept: your figures enter no store. Exit code 1 says that
    a line of the file could not be used.
    """
    from remit.assessment.improvement.preview import preview as preview_of
    from remit.report.unpublished_file import read_unpublished

    read = read_unpublished(own, code.strip().upper())
    named: dict[str, Any] = {"period": asked.period} if asked.period else {}
    found = preview_of(
        asked.figures(),
        code.strip().upper(),
        read.figures,
        file_name=read.file_name,
        unread=read.unused,
        replicates=replicates,
        framework=asked.loaded,
        likely_method=asked.likely_method,  # type: ignore[arg-type]
        **named,
        cut_points=parse_cut_choice(cut_points),
        records=asked.records(),
    )
    answer(output, text=lambda: _print(found), json=lambda: json_text(found.to_dict()))
    if found.unused:
        raise typer.Exit(DONE_WITH_FINDINGS)


def _print(found: Preview) -> None:
    from remit.assessment.improvement.preview_words import preview_words

    say_if_sample(found.after.fictional, ONE)
    for sentence in preview_words(found):
        say(sentence)
