"""``remit survey tables``: the tables of a survey, whole and by group."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import format_option, say
from remit.cli.survey.options import (
    AskedOption,
    ExportArguments,
    QuestionnaireOption,
    WaveOption,
    answers_in,
    counted_with,
    say_rejections,
)


def tables(
    exports: ExportArguments,
    questionnaire: QuestionnaireOption,
    out: Annotated[Path, typer.Option("--out", help="Folder for the tables.")],
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="A group to cut by, or several crossed: a,b; repeatable."),
    ] = None,
    min_base: Annotated[
        int, typer.Option("--min-base", min=0, help="The least base that is shown.")
    ] = 0,
    wave: WaveOption = "",
    asked: AskedOption = None,
    form: Annotated[str, format_option("csv", "parquet", "json")] = "csv",
) -> None:
    """Count a survey: items, answers, multi, numeric, weighted, groups, changes, rejections.

    Every share stands beside its base and its 95% interval, unrounded. With two waves,
    changes.csv, multi_changes.csv and numeric_changes.csv have the last against the one before;
    where the wording changed nothing is compared.
    """
    from remit.surveys.writing import write_survey
    from remit.words.sentences import count_words

    read = answers_in(exports, questionnaire, wave)
    found = counted_with(read, by or (), min_base, asked)
    names = write_survey(found, out, form)
    waves = ", ".join(
        f"{one.wave.id} ({count_words(one.count, 'respondent')})" for one in read.waves
    )
    say(f"Counted: {waves}.")
    if read.rejections:
        say(
            f"{count_words(len(read.rejections), 'row or cell is', 'rows and cells are')} left out:"
        )
        say_rejections(read, "; see rejections")
    say(f"Written to {out}: {', '.join(names)}.")
    if read.rejections:
        raise typer.Exit(DONE_WITH_FINDINGS)
