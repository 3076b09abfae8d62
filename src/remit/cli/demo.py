"""``remit demo``: the whole way from files to pages, on the fictional sample."""

from __future__ import annotations

import io
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.run import run
from remit.files.extras import installed, missing
from remit.model.errors import StoreError

if TYPE_CHECKING:
    from remit.assessment.result.assessment import Assessment
    from remit.pages.standings.site import SiteReport
    from remit.publications.rows.reading import Reading
    from remit.store import IngestReport


def demo(
    out: Annotated[
        Path, typer.Option("--out", help="The folder to write to; made if it is missing.")
    ] = Path("demo"),
) -> None:
    """Try everything on the fictional sample: write its files, ingest, assess, build, report.

    The sample is an invented region with two systems and twenty trusts, with what one of them is
    asked; a few of its rows are wrong on purpose.
    """
    _clear_earlier_demo(out / "remit.duckdb")
    say(f"Writing the fictional sample to {out}")
    readings = list(_readings(out))
    say(f"Reading {len(readings)} files into {out / 'remit.duckdb'}")
    taken = _ingest(readings, out / "remit.duckdb")
    say(
        f"  rows read {taken.rows_read:,} = accepted {taken.rows_accepted:,} "
        f"+ rejected {taken.rows_rejected:,} (the sample has them wrong on purpose)"
    )
    assessments = _assess(out / "remit.duckdb")
    report = _build(assessments, out)
    say(f"Built {report.pages} pages: {out / 'site'}")
    say("Running, as you would on your own files:")
    for command in _commands(out, with_packs=installed("packs")):
        _repeat(command)
    if not installed("packs"):
        say(f"Left out: {missing('packs', 'spreadsheets, slides, letters and the oversight plan')}")
    web = _make_instance(out / "web", out / "remit.duckdb")
    say(f"To look at the pages: remit site serve {out / 'site'}")
    if web:
        opening = shlex.join(["remit", "web", "serve", str(web), "--debug"])
        say(f"To sign in as one of its invented people: {opening}")


def _readings(out: Path) -> Iterator[Reading]:
    """The sample's publications, read one by one, each with its day of publication."""
    from remit.api import read_each
    from remit.sample import (
        write_activity,
        write_assessed,
        write_correspondence,
        write_monthly,
        write_own_files,
        write_people,
        write_practice_register,
        write_returns,
        write_sample,
        write_spread,
        write_staff_survey,
    )

    write_assessed(out / "annual")
    write_spread(out / "practice")
    write_practice_register(out / "practice" / "register")
    write_activity(out / "shift")
    write_returns(out / "neighbourhood")
    write_correspondence(out / "asks")
    write_people(out / "people")
    write_staff_survey(out / "people")
    write_own_files(out / "own")
    files = write_sample(out / "files")
    for path in files.paths:
        yield from read_each([path], published_on=files.published_on(path))
    for file in write_monthly(out / "monthly"):
        yield from read_each([file.path], published_on=file.published_on)


def _ingest(readings: list[Reading], path: Path) -> IngestReport:
    from remit.store import Store

    with Store.open(path) as store:
        return store.ingest(readings)


def _clear_earlier_demo(path: Path) -> None:
    """Begin anew, but never at the cost of a store that holds anything but the sample.

    Raises
    ------
    StoreError
        If it does.
    """
    from remit.store import Store

    if not path.exists():
        return
    with Store.open(path, read_only=True) as store:
        names = [source.file_name for source in store.sources(all_vintages=True)]
    if not all(name.startswith("sample-") for name in names):
        raise StoreError(
            f"{path}: this store holds other files than the sample; name another folder with --out"
        )
    path.unlink()


def _assess(path: Path) -> list[Assessment]:
    from remit.assessment.run import assess_all
    from remit.catalogue import scored_publications
    from remit.store import Store

    with Store.open(path, read_only=True) as store:
        figures = store.figures(publications=scored_publications())
    assessments = assess_all(figures)
    for one in assessments:
        say(f"Assessing {one.period.label}: {one.standing.height} trusts")
    return assessments


def _build(assessments: list[Assessment], out: Path) -> SiteReport:
    from remit.pages.standings.monthly import monthly_of_assessment
    from remit.pages.standings.site import build_site
    from remit.store import Store

    with Store.open(out / "remit.duckdb", read_only=True) as store:
        monthly = monthly_of_assessment(store, assessments[-1])
    return build_site(assessments, out / "site", monthly=monthly)


# The other commands ------------------------------------------------------------------------------


def _commands(out: Path, *, with_packs: bool) -> Iterator[list[str]]:
    """A report for the board of a system; what its largest trust is asked, and by whose remit."""
    from remit.sample.correspondence import ASKED, ASKS, DIARY
    from remit.sample.own_files import REPORTED, own_options
    from remit.sample.survey import ASKED as INVITED
    from remit.sample.survey import CODES, QUESTIONNAIRE, WAVES

    asks, diary = str(out / "asks" / ASKS), str(out / "asks" / DIARY)
    winter = ["--from", "2026-01-01", "--to", "2026-03-31"]

    def to(folder: str) -> list[str]:
        return ["--out", str(out / folder)]

    held = ["--store", str(out / "remit.duckdb")]
    forms = [] if with_packs else ["--formats", "pages"]
    said = [*own_options(out / "own"), "--board", "2026-05-14", "--next-board", "2026-07-09"]
    yield ["report", REPORTED, "--period", "Mar 2026", *held, *said, *forms, *to("report")]
    yield ["asks", "match", asks, *held, *to("match")]
    yield ["asks", "calendar", diary, *winter, *to("diary")]
    day = ["--on", "2026-01-31", "--next-board", "2026-03-12"]
    if with_packs:
        yield ["oversight", "plan", ASKED, "--asks", asks, *day, *to("plan")]
    yield ["who", "pages", "--to", ASKED, *to("who")]
    waves = [str(out / "people" / name) for name in WAVES]
    asked = ["--questionnaire", str(out / "people" / QUESTIONNAIRE), "--by", "trust_type"]
    asked += ["--asked", str(out / "people" / INVITED)]
    asked += ["--codes", str(out / "people" / CODES)]
    yield ["survey", "report", *waves, *asked, *to("survey")]
    yield ["survey", "staff", str(out / "people" / "sample-staff-survey.xlsx"), *to("staff")]
    yield from _of_records(out / "shift")
    yield from _of_a_practice(out / "practice")
    yield from _of_a_year(out / "annual", with_packs=with_packs)


def _of_records(folder: Path) -> Iterator[list[str]]:
    """Where care takes place, what its change is made of, and whether a service helped."""
    from remit.sample.activity import POPULATIONS, RECORDS
    from remit.sample.care import SERVICE

    records, beside = str(folder / RECORDS), ["--populations", str(folder / POPULATIONS)]
    winters = ["--from", "2023/24 Q4", "--to", "2025/26 Q4"]
    yield ["shift", "records", records, "--out", str(folder / "records")]
    yield ["shift", "decompose", records, *beside, *winters, "--out", str(folder / "decomposed")]
    served = ["--service", SERVICE, "--from", "2024-04-01"]
    yield ["shift", "effect", records, *served, "--out", str(folder / "effect")]


def _repeat(arguments: list[str]) -> None:
    """Say a command and run it; what it prints is left out, what goes wrong is not."""
    say(f"  remit {shlex.join(arguments)}")
    with redirect_stdout(io.StringIO()):
        code = run(arguments)
    if code > DONE_WITH_FINDINGS:
        raise typer.Exit(code)


def _make_instance(web: Path, store: Path) -> Path | None:
    """A demonstration of the web application, in processes of its own: Django is set up once."""
    if not installed("web"):
        say(f"Left out: {missing('web', 'the web application')}")
        return None
    _repeat_apart(["web", "init", str(web), "--demo"])
    _repeat_apart(["web", "publish", str(store), str(web)])
    return web


def _repeat_apart(command: list[str]) -> None:
    say(f"  remit {shlex.join(command)}")
    told = subprocess.run(
        [sys.executable, "-m", "remit", *command],
        check=False, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    if told.returncode:
        say(told.stderr.strip(), err=True)
        raise typer.Exit(told.returncode)


def _of_a_year(folder: Path, *, with_packs: bool) -> Iterator[list[str]]:
    """What an assessment of ICBs lacks, its letters, and the summary of two years."""
    now = str(folder / "now")
    yield ["annual", "check", now, "--out", str(folder / "faults")]
    if with_packs:
        yield ["annual", "letter", now, "--out", str(folder / "letters")]
    yield ["annual", "rollup", now, "--out", str(folder / "summary")]


def _of_a_practice(folder: Path) -> Iterator[list[str]]:
    """Whether a practice that spread did any good, and who has which."""
    from remit.sample.spread import ADOPTION, FIGURES, WORKS

    figures, adoption = str(folder / FIGURES), str(folder / ADOPTION)
    asked = ["--input", figures, "--adoption", adoption, "--practice", WORKS]
    yield ["practices", "effect", *asked, "--out", str(folder / "effect")]
    shown = [str(folder / "register"), "--on", "2026-03-31", "--effect", str(folder / "effect")]
    yield ["practices", "report", *shown, "--out", str(folder / "pages")]
