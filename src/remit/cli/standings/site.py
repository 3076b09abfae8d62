"""``remit site``: build the pages, and look at them."""

from __future__ import annotations

import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asked import Asked, asking
from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.progress import counting
from remit.model.errors import AssessmentError
from remit.model.organisation import SubjectKind
from remit.words.figures import number_words
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.assessment.improvement.route import Routes
    from remit.assessment.result.assessment import Assessment
    from remit.frames.figures import Figures
    from remit.model.framework import Framework
    from remit.pages.standings.monthly import Monthly
    from remit.pages.standings.site import SiteReport

app = typer.Typer(help="Build the pages, and look at them.", no_args_is_help=True)

MonthlyOption = Annotated[
    bool,
    typer.Option(
        "--monthly",
        help="Also the figures of the store month by month, up to the latest period: on the "
        "pages Compare and on each trust's.",
    ),
]


@app.command()
@asking(without=("period",))
def build(
    out: Annotated[
        Path,
        typer.Option("--out", help="The folder to write to; missing, empty, or an earlier site."),
    ],
    asked: Asked,
    period: Annotated[
        list[str] | None,
        typer.Option("--period", help='A quarter, such as "2025/26 Q1"; else every one there is.'),
    ] = None,
    routes: Annotated[
        bool,
        typer.Option(
            "--routes",
            help="Also find, for every trust of the latest period, single improvements that reach "
            "the next better segment, and confirm each; about a second a trust.",
        ),
    ] = False,
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            help="Two to six codes of one kind, such as ZA1,ZA2, that stand side by side on the "
            "page Compare before others are chosen.",
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            help="The folder of an earlier site: the feed tells what changed since; else the one "
            "that --out has.",
        ),
    ] = None,
    monthly: MonthlyOption = False,
) -> None:
    """Write a static site: league tables, and a page for each trust, area and metric.

    The pages need neither a server nor a network. An earlier site is replaced as a whole.
    """
    from remit.assessment.run import assess_all
    from remit.pages.standings.site import build_site

    periods = period or None
    one = periods[0] if periods and len(periods) == 1 else None
    asked = replace(asked, period=one)
    figures = asked.figures(one)
    assessments = assess_all(
        figures,
        asked.loaded,
        periods or _quarters_in_force(figures, asked.loaded.framework),
        **asked.judged_by,
    )
    ways = _routes(figures, assessments[-1]) if routes else None
    report = build_site(
        assessments,
        out,
        routes=ways,
        compare=_codes(compare),
        since=since,
        monthly=_monthly(asked, assessments[-1]) if monthly else None,
        progress=counting("pages"),
    )
    _tell(report, assessments, out)


@app.command()
def serve(
    folder: Annotated[Path, typer.Argument(help="The folder of a site.")],
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="0 takes any that is free.")
    ] = 8000,
    host: Annotated[
        str,
        typer.Option(
            "--host", help="The address of this machine, or its name, to serve the site at."
        ),
    ] = "127.0.0.1",
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the first page in a browser.")
    ] = True,
) -> None:
    """Serve a site to this machine alone, until Ctrl+C.

    With --host it is served to others too, without encryption and without asking who they are.
    """
    from remit.pages.serving import make_server
    from remit.pages.serving.request import is_loopback

    server = make_server(folder, port, host)
    address = server.url
    say(f"The site is at {address} (stop with Ctrl+C)")
    if not is_loopback(str(server.server_address[0])):
        say(
            "Everybody who reaches this machine can read the site, and it is sent unencrypted.",
            err=True,
        )
        for line in server.to_give_others():
            say(line, err=True)
    if browser:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        server.server_close()


def _tell(report: SiteReport, assessments: Sequence[Assessment], out: Path) -> None:
    """Say what was written; rows that were rejected and scores that differ are findings."""
    boards = any(SubjectKind.ICB in one.standing["kind"] for one in assessments)
    noun = "organisation" if boards else "trust"
    say(
        f"Wrote {count_words(report.pages, 'page')} on "
        f"{count_words(report.organisations, noun)} ({', '.join(report.periods)}) "
        f"in {number_words(report.seconds, 1)} s."
    )
    say(f"Open {report.start}, or run: remit site serve {out}")
    rejected = max(len(one.rejections) for one in assessments)
    differing = sum(one.differences().height for one in assessments)
    if rejected or differing:
        say(
            f"Rows rejected: {rejected}. Recomputed scores that differ from the published ones: "
            f"{differing}. See the pages Sources and Method."
        )
        raise typer.Exit(DONE_WITH_FINDINGS)


def _quarters_in_force(figures: Figures, framework: Framework) -> list[str] | None:
    """The quarters at hand that are the framework's own, the others told; all if none is."""
    from remit.assessment.scoring.inputs import quarter_named

    quarters = [quarter_named(label) for label in figures.releases()]
    own = [one.label for one in quarters if framework.in_force(one.start, one.end)]
    others = [one.label for one in quarters if one.label not in own]
    if own and others:
        say(
            f"Left out, since {framework.name} was not in force: {', '.join(others)}. Build a site "
            "of these with another --framework, or name them with --period."
        )
    return own or None


def _codes(text: str | None) -> list[str]:
    """The codes that are to be compared; none without the option."""
    if text is None:
        return []
    found = [code.strip().upper() for code in text.replace(";", ",").split(",") if code.strip()]
    if not found:
        raise AssessmentError(f"--compare {text!r} names nobody; write codes such as ZA1,ZA2")
    return found


def _monthly(asked: Asked, latest: Assessment) -> Monthly | None:
    from remit.cli.options import default_store, parse_day
    from remit.files.database import place_of
    from remit.pages.standings.monthly import monthly_of_assessment
    from remit.store import Store

    if asked.files:
        raise AssessmentError("--monthly goes with --store: files are read for their quarters")
    path = place_of(asked.store or default_store())
    with Store.open(path, read_only=True) as store:
        return monthly_of_assessment(store, latest, parse_day(asked.as_at, "--as-at"))


def _routes(figures: Figures, latest: Assessment) -> dict[str, dict[str, Routes]]:
    from remit.assessment.improvement.route import routes_one_better

    found = routes_one_better(figures, latest, progress=counting("trusts' routes"))
    return {latest.period.label: found}
