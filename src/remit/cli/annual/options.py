"""What the commands on annual assessments share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.output import say

if TYPE_CHECKING:
    from remit.annual.folder import AnnualFolder

FolderArgument = Annotated[
    Path, typer.Argument(help="The folder of an assessment, as `remit annual new` writes it.")
]
OutFolder = Annotated[Path, typer.Option("--out", help="The folder to write to.")]
_NAMED = 8


def say_names(read: AnnualFolder) -> None:
    """Say which words look like names of people, before something is passed on."""
    from remit.annual.personal import words_like_names

    found = words_like_names(read)
    if found:
        told = ", ".join(f"{one.word} ({one.where})" for one in found[:_NAMED])
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        say(f"Words that look like names of people; write roles instead: {told}{more}.", err=True)
