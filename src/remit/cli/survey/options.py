"""What the commands on surveys share: the exports, the questionnaire, how both are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.output import say

if TYPE_CHECKING:
    from remit.surveys.reading import SurveyRead
    from remit.surveys.reading.exports import Rejection
    from remit.surveys.writing import CountedSurvey

ExportArguments = Annotated[
    list[Path],
    typer.Argument(help="Exports of the survey tool (CSV, XLSX, ODS), one or more waves."),
]
QuestionnaireOption = Annotated[
    str,
    typer.Option(
        "--questionnaire",
        help="The questionnaire (.yaml), or the name of a ready one; `remit survey new` drafts it.",
    ),
]
WaveOption = Annotated[
    str,
    typer.Option("--wave", help="The wave of the exports, where neither name nor wording tells."),
]
AskedOption = Annotated[
    Path | None,
    typer.Option(
        "--asked",
        help="Who was asked: a list (CSV, XLSX) with a row for each, or how many of each group "
        "(a column asked). Response is told by group.",
    ),
]
CodesOption = Annotated[
    list[Path] | None,
    typer.Option("--codes", help="What a coder filled in (CSV, XLSX); repeatable."),
]
_SHOWN = 10


def answers_in(exports: Sequence[Path], questionnaire: str, wave: str) -> SurveyRead:
    """The answers of some exports; what was noticed is said."""
    from remit.surveys import load_questionnaire, load_scales, read_export, read_survey

    asked = load_questionnaire(questionnaire)
    read = read_survey([read_export(path) for path in exports], asked, load_scales(), wave)
    for note in read.notes:
        say(note)
    return read


def counted_with(
    read: SurveyRead, by: Sequence[str], min_base: int, asked: Path | None
) -> CountedSurvey:
    """All tables of a survey, response among them where a file tells who was asked.

    Parameters
    ----------
    read, min_base
        As for :func:`remit.surveys.writing.counted`.
    by
        The groups to cut by, as ``--by`` takes them; several with commas are crossed.
    asked
        The file of those asked; what of it does not fit is said.

    Examples
    --------
    >>> counted_with(read, [], 10, Path("asked.csv"))  # doctest: +SKIP
    """
    from remit.surveys import read_export
    from remit.surveys.responses import read_asked
    from remit.surveys.writing import counted

    told = read_asked(read_export(asked), read.questionnaire) if asked else None
    cuts = [[name.strip() for name in one.split(",") if name.strip()] for one in by]
    found = counted(read, cuts, min_base, told)
    if told is not None:
        for note in told.notes:
            say(f"{told.file}: {note}")
    return found


def say_unknown_units(read: SurveyRead) -> None:
    """Say of which waves nothing tells the organisation that a respondent speaks for."""
    from remit.words.sentences import listed

    unknown = [one.wave.id for one in read.waves if one.units is None]
    if not unknown:
        return
    named = read.questionnaire.respondent.unit
    why = (
        f"no column is named {listed(list(map(repr, named)), 'or')}"
        if named
        else "the questionnaire names no column of it (unit, under respondent)"
    )
    say(
        f"{listed(unknown)}: which organisation a respondent speaks for is not known: {why}. "
        "Several of one count as strangers, and quotes carry neither role nor kind."
    )


def say_rejections(read: SurveyRead, where: str = "") -> None:
    """The first rows and cells that are not counted, with the line and the reason."""
    say_cells(read.rejections, where)


def say_cells(rejections: Sequence[Rejection], where: str = "") -> None:
    """The first of some rows and cells that are not taken, with the line and the reason."""
    for one in rejections[:_SHOWN]:
        cell = f", {one.column}: {one.value!r}" if one.column else ""
        say(f"  {one.file}, line {one.line}{cell}: {one.reason}")
    if len(rejections) > _SHOWN:
        say(f"  and {len(rejections) - _SHOWN:,} more{where}")


def groups_there(read: SurveyRead) -> list[str]:
    """All groups of the questionnaire of which an export has the column."""
    there = {name for one in read.waves for name in one.cuts}
    return [group.id for group in read.questionnaire.groups if group.id in there]
