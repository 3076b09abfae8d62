"""The options of ``remit report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

BodyArgument = Annotated[str, typer.Argument(help="An ICB, a trust or a region, such as QHM.")]
FolderOption = Annotated[
    Path,
    typer.Option("--out", help="The folder to write to; missing, empty, or an earlier report."),
]
EndOption = Annotated[
    str | None,
    typer.Option("--period", help='Such as "Jun 2025"; else the newest month that is held.'),
]
FormatsOption = Annotated[
    str, typer.Option("--formats", help="Any of pages,xlsx,pptx,docx, with commas.")
]
MetricsOption = Annotated[
    Path | None,
    typer.Option("--metrics", help="A file of your own that names metrics, one a line."),
]
ChartRulesOption = Annotated[
    str, typer.Option("--rules", help="Rules of the charts: a name, or a YAML file.")
]
ChartYearsOption = Annotated[int, typer.Option("--years", help="How many years a chart holds.")]
ChartsOption = Annotated[int, typer.Option("--charts", help="Most charts in slides and document.")]
LengthOption = Annotated[
    str,
    typer.Option(
        "--length",
        help="Slides and document: short (what matters, at most 12 slides) or full (everything).",
    ),
]
TemplateOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--template",
        help="Your own template of slides (.pptx, .potx) or of a document (.docx, .dotx). One of "
        "each may be given.",
        show_default=False,
    ),
]
KeepOption = Annotated[
    bool,
    typer.Option("--keep-template", help="Keep what stands in the templates, before the report."),
]
PeersOption = Annotated[
    str | None,
    typer.Option(
        "--peers",
        help="Compare with these: codes with commas, a CSV file with a column code, or a YAML "
        "list.",
    ),
]
CommentaryOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--commentary",
        help="Comments and actions, CSV or a workbook: month, metric, organisation, what happened, "
        "action, owner, due, status. May be repeated.",
        show_default=False,
    ),
]
AnnotationsOption = Annotated[
    Path | None,
    typer.Option(
        "--annotations",
        help="A CSV file of notes on charts: date, note, series (RYJ · ae.four-hours).",
    ),
]
OwnRebaseOption = Annotated[
    Path | None,
    typer.Option(
        "--rebase", help="A CSV file of re-basings: date, reason, series (RYJ · ae.four-hours)."
    ),
]
BoardOption = Annotated[
    str | None,
    typer.Option(
        "--board",
        help="The day of the board (YYYY-MM-DD); today if left out. Of one that is over: late is "
        "what was late then.",
    ),
]
NextBoardOption = Annotated[
    str | None,
    typer.Option(
        "--next-board", help="The day of the next board: what is published before it is listed."
    ),
]
