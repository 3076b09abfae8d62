"""``remit survey staff``: the NHS Staff Survey by ICB and kind of trust."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.options import Files, StoreOption, default_store, gather_figures, parse_day
from remit.cli.output import say, say_if_sample
from remit.model.errors import SurveyError

if TYPE_CHECKING:
    from datetime import date

    from remit.model.observation import Rejection
    from remit.surveys.staff import StaffSurvey


def staff(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    files: Files = None,
    store: StoreOption = None,
    metric: Annotated[
        str,
        typer.Option(
            "--metric",
            help="What the pages are about: a staff-survey metric of the catalogue; the tables "
            "hold all.",
        ),
    ] = "staff-survey.engagement",
    year: Annotated[
        str | None, typer.Option("--year", help="Such as 2024; the last there is if left out.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            help="The day whose ICBs and kinds of trust count (YYYY-MM-DD); the last of the year "
            "if left out.",
        ),
    ] = None,
) -> None:
    """Scores of the NHS Staff Survey by ICB and kind of trust, with who is in and on what base.

    An ICB's score is the mean of its trusts', each weighted by its responses; its own staff are
    told apart. Writes pages, and in data organisations, groups and rejections. With rows rejected
    the exit code is 1.
    """
    from remit.pages.frame.folders import check_folder
    from remit.surveys.staff import staff_groups
    from remit.surveys.staff.words import staff_claim, staff_leads
    from remit.words.sentences import count_words

    check_folder(out)
    survey, rejections = _survey(files, store, year, parse_day(on, "--on"))
    if metric not in survey.metrics:
        raise SurveyError(
            f"there is no figure of {metric!r} in {survey.year}; "
            f"there is {', '.join(survey.metrics)}"
        )
    count = _write(survey, metric, rejections, out)
    groups = staff_groups(survey, metric)
    for sentence in filter(None, (staff_claim(survey, metric, groups), staff_leads(groups))):
        say(sentence)
    say(f"{count_words(count, 'page')} written to {out}; begin with {out / 'index.html'}.")
    say_if_sample(survey.fictional)
    if rejections:
        said = count_words(len(rejections), "row was", "rows were")
        say(f"{said} not taken in; data/rejections.csv says which and why.")
        raise typer.Exit(DONE_WITH_FINDINGS)


def _survey(
    files: list[Path] | None, store: Path | None, year: str | None, on: date | None
) -> tuple[StaffSurvey, tuple[Rejection, ...]]:
    """The year's scores from files, or from a store, whose rejections `remit sources` lists."""
    from remit.store import Store
    from remit.surveys.staff import staff_survey

    if files:
        figures = gather_figures(files, None, None)
        return staff_survey(figures, year=year, on=on), tuple(figures.rejections)
    with Store.open(store or default_store(), read_only=True, must_exist=True) as held:
        return staff_survey(held, year=year, on=on), ()


def _write(survey: StaffSurvey, metric: str, rejections: tuple[Rejection, ...], out: Path) -> int:
    """Write all files into a folder beside, which then takes the place of ``out``."""
    from remit.assessment.result.outputs import rejections_table
    from remit.files.outputs import fresh_folder
    from remit.pages.frame.folders import SiteError, note_files
    from remit.pages.survey.staff_site import write_staff_pages
    from remit.surveys.staff import write_staff

    try:
        with fresh_folder(out.resolve()) as fresh:
            count = write_staff_pages(survey, metric, fresh)
            write_staff(survey, fresh / "data", rejections_table(rejections))
            note_files(fresh)
    except OSError as error:
        raise SiteError(f"{out}: the pages cannot be written: {error.strerror or error}") from None
    return count
