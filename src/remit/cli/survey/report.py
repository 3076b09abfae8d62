"""``remit survey report``: a survey as pages to read, with its tables beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say, say_if_sample
from remit.cli.survey.options import (
    AskedOption,
    CodesOption,
    ExportArguments,
    QuestionnaireOption,
    WaveOption,
    answers_in,
    counted_with,
    groups_there,
    say_cells,
    say_rejections,
)

if TYPE_CHECKING:
    from remit.surveys.themes.themed import ThemedSurvey
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
    asked: AskedOption = None,
    codebook: Annotated[
        str, typer.Option("--codebook", help="Add a page of comments by the themes of a codebook.")
    ] = "",
    codes: CodesOption = None,
) -> None:
    """Build pages, a spreadsheet and a document: what changed and what did not, by group, method.

    "Fell" and "rose" are said only of changes that chance does not explain. Groups below the least
    base are not shown, nor what would give them away. The tables stand in data. The spreadsheet
    and the document need the extra packs. Ends with 1 where a row, a cell or a coder's code is left
    out.
    """
    from remit.pages.frame.folders import check_folder
    from remit.surveys.findings import survey_findings
    from remit.surveys.writing import publishable
    from remit.words.sentences import count_words

    check_folder(out)
    read = answers_in(exports, questionnaire, wave)
    cuts = by or groups_there(read)
    found = publishable(counted_with(read, cuts, min_base, asked))
    themes = _themes(found, cuts, codebook, codes or [])
    count = _write(found, out, themes)
    said = survey_findings(found)
    say(said.claim)
    for one in said.items:
        if one.standing == "changed":
            say(f"{one.wording}: {one.change}")
    if read.rejections:
        say(f"{count_words(len(read.rejections), 'row or cell', 'rows and cells')} left out:")
        say_rejections(read, "; see data/rejections.csv")
    if themes is not None and themes.coding.rejections:
        say("Not every code is counted:")
        say_cells(themes.coding.rejections, "; see data/comments/rejections.csv")
    say(f"{count_words(count, 'page')} written to {out}; begin with {out / 'index.html'}.")
    say_if_sample(read.fictional)
    if read.rejections or (themes is not None and themes.coding.rejections):
        raise typer.Exit(DONE_WITH_FINDINGS)


_OFFERED = (("Spreadsheet (xlsx)", "survey.xlsx"), ("Document (docx)", "survey.docx"))


def _themes(
    found: CountedSurvey, by: Sequence[str], codebook: str, codes: Sequence[Path]
) -> ThemedSurvey | None:
    """The comments by theme, where a codebook is named or somebody coded."""
    if not codebook and not codes:
        return None
    from remit.surveys.themes.loading import READY, load_codebook
    from remit.surveys.themes.themed import themed

    book = load_codebook(codebook or READY)
    return themed(
        found.read, book, codes, by=[one.split(",") for one in by], min_base=found.min_base
    )


def _write(found: CountedSurvey, out: Path, themes: ThemedSurvey | None) -> int:
    """Write all files into a folder beside, which then takes the place of ``out``."""
    from remit.files.extras import installed, missing
    from remit.files.outputs import fresh_folder
    from remit.pages.frame.folders import SiteError, note_files
    from remit.pages.survey.survey_site import write_survey_pages
    from remit.surveys.themes.themed import SHOWN, write_themes
    from remit.surveys.writing import write_survey

    office = installed("packs")
    if not office:
        say(f"{missing('packs', 'Spreadsheet and document')}; the pages are made without them.")
    try:
        with fresh_folder(out.resolve()) as fresh:
            count = write_survey_pages(found, fresh, _OFFERED if office else (), themes)
            write_survey(found, fresh / "data")
            if themes is not None:
                write_themes(themes, fresh / "data" / "comments", only=SHOWN)
            if office:
                _write_office(found, fresh)
            note_files(fresh)
    except OSError as error:
        raise SiteError(f"{out}: the pages cannot be written: {error.strerror or error}") from None
    return count


def _write_office(found: CountedSurvey, folder: Path) -> None:
    from remit.exports.survey_document import write_survey_document
    from remit.exports.survey_sheets import write_survey_sheets

    (_, sheets), (_, document) = _OFFERED
    write_survey_sheets(found, folder / sheets)
    write_survey_document(found, folder / document)
