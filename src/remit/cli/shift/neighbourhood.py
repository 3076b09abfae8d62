"""``remit shift neighbourhood``: monthly returns of a neighbourhood programme, as rates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.shift.options import CsvOrParquet
from remit.model.errors import ActivityError


def neighbourhood(
    files: Annotated[
        list[Path],
        typer.Argument(help="Returns (.xlsx), or folders of them.", show_default=False),
    ],
    out: Annotated[Path, typer.Option("--out", help="Write rates and cells into this folder.")],
    places: Annotated[
        Path | None,
        typer.Option("--places", help="A file with the names of the places, one a line."),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option("--month", help="The month that returns are to be of: Jan 2026."),
    ] = None,
    last_counts: Annotated[
        bool,
        typer.Option(
            "--last-counts",
            help="Of two returns of a place and month, the one that is named last counts.",
        ),
    ] = False,
    output: CsvOrParquet = "csv",
) -> None:
    """Rates per 1,000 people of each place's cohort; what is suppressed stays so.

    A file that is no return is told with its reason, and the others are read.
    """
    from remit.files.reading import read_text
    from remit.publications.files.folders import meant_by
    from remit.shift.neighbourhood.checks import differences
    from remit.shift.neighbourhood.findings import findings
    from remit.shift.neighbourhood.outputs import write_neighbourhood
    from remit.shift.neighbourhood.rates import rates_of
    from remit.shift.neighbourhood.returns import read_returns

    named = read_text(places).splitlines() if places else []
    meant = meant_by(files)
    # What lies in a folder and is no table may be a return of the wrong kind: it is told.
    read = read_returns(
        [*meant.files, *meant.no_tables],
        places=[name.strip() for name in named if name.strip()],
        month=month,
        last_counts=last_counts,
    )
    if not read.returns:
        reasons = "; ".join(map(str, read.rejections[:5])) or "there are no files"
        raise ActivityError(f"no return could be taken in: {reasons}")
    rates = rates_of(read)
    differing = [
        found
        for one in read.returns
        for found in differences(
            one, [rate for rate in rates if (rate.place, rate.month) == (one.place, one.month)]
        )
    ]
    kind = cast(Literal["csv", "parquet"], output)
    written = write_neighbourhood(read, rates, differing, out, kind)
    for sentence in findings(read, rates, differing):
        say(sentence)
    say(f"Written: {', '.join(map(str, written))}.")
    raise typer.Exit(DONE_WITH_FINDINGS if read.rejections or differing else DONE)
