"""``remit survey report``: a survey as pages to read, with its tables beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.output import say, say_if_sample
from remit.cli.survey.options import (
    ExportArguments,
    QuestionnaireOption,
    WaveOption,
    answers_in,
    groups_there,
    say_rejections,
)

if TYPE_CHECKING:
    from remit.surveys.writing import CountedSurvey


def report(
    exports: ExportArguments,
    questionnaire: QuestionnaireOption,
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="A group to cut by; repeatable. All groups if left out."),
    ] = None,
    min_base: Annotated[
        int, typer.Option("--min-base", min=0, help="The least base that is shown.")
    ] = 10,
    wave: WaveOption = "",
) -> None:
    """Build pages of a survey: what changed and what did not, each item by group, the method.

    "Fell" and "rose" are said only of changes that chance does not explain. Groups below the least
    base are not shown, nor what would give them away. The tables stand in data.
    """
    from remit.pages.frame.folders import check_folder
    from remit.pages.survey.survey_view import survey_home
    from remit.surveys.writing import counted
    from remit.words.sentences import count_words

    check_folder(out)
    read = answers_in(exports, questionnaire, wave)
    cuts = by or groups_there(read)
    found = counted(read, [one.split(",") for one in cuts], min_base)
    count = _write(found, out)
    home = survey_home(found)
    say(home.claim)
    for line in home.changed:
        say(f"{line.about.text}: {line.change}")
    if read.rejections:
        say(f"{count_words(len(read.rejections), 'row or cell', 'rows and cells')} left out:")
        say_rejections(read, "; see data/rejections.csv")
    say(f"{count_words(count, 'page')} written to {out}; begin with {out / 'index.html'}.")
    say_if_sample(read.fictional)


def _write(found: CountedSurvey, out: Path) -> int:
    """Write all files into a folder beside, which then takes the place of ``out``."""
    from remit.files.outputs import fresh_folder
    from remit.pages.frame.folders import SiteError, note_files
    from remit.pages.survey.survey_site import write_survey_pages
    from remit.surveys.writing import write_survey

    try:
        with fresh_folder(out.resolve()) as fresh:
            count = write_survey_pages(found, fresh)
            write_survey(found, fresh / "data")
            note_files(fresh)
    except OSError as error:
        raise SiteError(f"{out}: the pages cannot be written: {error.strerror or error}") from None
    return count
