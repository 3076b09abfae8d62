"""``remit survey themes``: what people say in their own words, by theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say, say_if_sample
from remit.cli.survey.options import (
    CodesOption,
    ExportArguments,
    QuestionnaireOption,
    WaveOption,
    answers_in,
    groups_there,
    say_cells,
)

if TYPE_CHECKING:
    from remit.surveys.themes.themed import ThemedSurvey

CodebookOption = Annotated[
    str,
    typer.Option("--codebook", help="The codebook (.yaml), or the name of a ready one."),
]


def themes(
    exports: ExportArguments,
    questionnaire: QuestionnaireOption,
    out: Annotated[Path, typer.Option("--out", help="Folder for the tables.")],
    codebook: CodebookOption = "oversight",
    codes: CodesOption = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="A group to cut by; repeatable. All groups if left out."),
    ] = None,
    min_base: Annotated[
        int, typer.Option("--min-base", min=0, help="The least base that is shown.")
    ] = 10,
    wave: WaveOption = "",
) -> None:
    """Suggest themes for comments, take a person's codes instead, count them, and screen quotes.

    A coder fills in codes and quote of suggestions.csv, and hands it back with --codes: their
    codes win. Names of people, organisations, places and posts are taken out of every comment.
    """
    from remit.surveys.themes.loading import load_codebook
    from remit.surveys.themes.themed import themed, write_themes

    read = answers_in(exports, questionnaire, wave)
    book = load_codebook(codebook)
    cuts = by if by is not None else groups_there(read)
    files = codes or []
    found = themed(read, book, files, by=[one.split(",") for one in cuts], min_base=min_base)
    names = write_themes(found, out, files)
    _say_what_is_there(found)
    say(f"Written to {out}: {', '.join(names)}.")
    say_if_sample(read.fictional)
    if found.coding.rejections:
        say("Not every code is counted:")
        say_cells(found.coding.rejections, "; see rejections.csv")
        raise typer.Exit(DONE_WITH_FINDINGS)


def _say_what_is_there(found: ThemedSurvey) -> None:
    from remit.surveys.themes.quotes import Quote
    from remit.words.sentences import count_words

    comments = len(found.said.comments)
    none = sum(not one.themes for one in found.codes.values())
    say(
        f"{count_words(comments, 'comment')}, {found.coded} coded by a person; "
        f"{none} without a theme."
    )
    if found.coding.quotes:
        shown = sum(isinstance(one, Quote) for one in found.quotes)
        say(
            f"{count_words(len(found.coding.quotes), 'quote')} chosen, {shown} shown; "
            "withheld.csv says why."
        )
    else:
        say("Nobody has chosen a quote: fill in the column quote of suggestions.csv.")
