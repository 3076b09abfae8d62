"""``remit survey new``: draft a questionnaire from an export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from remit.cli.output import say
from remit.cli.survey.options import ExportArguments
from remit.cli.writing import write_new


def new(
    exports: ExportArguments,
    out: Annotated[Path, typer.Option("--out", help="The questionnaire to be written (.yaml).")],
    name: Annotated[str, typer.Option("--name", help="Its identifier.")] = "my-survey",
) -> None:
    """Draft a questionnaire from an export: items, scales, groups and waves are guessed.

    Each guess is marked in the file with its reason: look at every one, and say of each item
    whether agreement is good news. With exports of several waves, wordings that are alike are
    named, so that you can make them one item.
    """
    from remit.catalogue.declared import parse_own
    from remit.model.questionnaire import Questionnaire
    from remit.surveys import draft_questionnaire, load_scales, read_export
    from remit.surveys.drafting import kinds_of
    from remit.words.sentences import count_words, listed

    text = draft_questionnaire([read_export(path) for path in exports], load_scales(), name)
    drafted = parse_own(text, str(out)).validate(Questionnaire)
    write_new(text, out)
    kinds = [count_words(n, kind) for kind, n in sorted(kinds_of(drafted.items).items())]
    groups = listed([group.id for group in drafted.groups]) if drafted.groups else "none"
    say(f"{count_words(len(drafted.items), 'item')} ({listed(kinds)}); groups: {groups}.")
    say("Each guess is marked “guessed”: look at it before you rely on it.")
