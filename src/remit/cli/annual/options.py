"""What the commands on annual assessments share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from remit.annual.checks import AnnualFault
    from remit.annual.folder import AnnualFolder
    from remit.annual.personal import StruckFolder

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


def checked(folder: Path, store: Path | None) -> tuple[AnnualFolder, list[AnnualFault]]:
    """An assessment with all that a check finds, held against a store where one is named."""
    from remit.annual.checks import check_assessment
    from remit.annual.folder import read_assessment

    read = read_assessment(folder)
    if store is None:
        return read, check_assessment(read)
    from remit.annual.from_store import held_against
    from remit.store import Store

    with Store.open(store, read_only=True, must_exist=True) as held:
        read, differing = held_against(held, read)
    return read, check_assessment(read, differing)


def to_pass_on(
    read: AnnualFolder, faults: Sequence[AnnualFault]
) -> tuple[AnnualFolder, list[AnnualFault]]:
    """An assessment and its faults without names of people; says how many were struck."""
    struck = struck_and_told(read)
    return struck.folder, struck.faults(faults)


def struck_and_told(read: AnnualFolder) -> StruckFolder:
    """An assessment without names of people; says how many were struck and who may be named."""
    from remit.annual.personal import without_people

    struck = without_people(read)
    if struck.places:
        say(f"{struck_words(struck.places)}.", err=True)
        say(
            "Write roles instead; who holds a public office may be named under `public_names` in "
            "assessment.yaml.",
            err=True,
        )
    if named := [f"{one.name} ({one.office})" for one in read.head.public_names]:
        say(f"Named, since they hold a public office: {', '.join(named)}.")
    return struck


def struck_words(places: Mapping[str, int], verb: str = "were") -> str:
    """How many names were struck, and where."""
    told = ", ".join(f"{where} ({count})" for where, count in list(places.items())[:_NAMED])
    more = f" and {len(places) - _NAMED} more places" if len(places) > _NAMED else ""
    return f"{sum(places.values()):,} names of people {verb} struck: {told}{more}"
