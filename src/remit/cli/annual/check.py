"""``remit annual check``: what an assessment does not cover, bear out or answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.annual.options import FolderArgument, checked, struck_words
from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.options import StoreOption
from remit.cli.output import say, say_if_sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from remit.annual.checks import AnnualFault
    from remit.annual.folder import AnnualFolder

_SHOWN = 20


def check(
    folder: FolderArgument,
    out: Annotated[
        Path | None, typer.Option("--out", help="A folder for faults.csv, all faults in one list.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Find what an assessment lacks: headings and duties without a finding, figures that differ
    from the stored ones or lie outside the year, phrases above their evidence, concerns of last
    year that nobody answers, different words for the same evidence, findings without a source,
    and sentences of letters without a finding. Ends with 1 where there is a fault.

    With a store the frozen figures are held against it, and evidence may use figures of it that
    are not frozen.
    """
    from remit.annual.outputs import write_faults
    from remit.annual.personal import without_people

    read, faults = checked(folder, store)
    _say_read(read)
    _say_faults(faults)
    _say_views(read)
    if places := without_people(read).places:
        say(f"In what is passed on, {struck_words(places, 'are')}.")
    if out is not None:
        write_faults(read, faults, out)
        say(f"Written to {out}: faults.csv, coverage.csv.")
    say_if_sample(read.head.fictional, "the ICBs and findings of this assessment are")
    if faults:
        raise typer.Exit(DONE_WITH_FINDINGS)


def _say_read(read: AnnualFolder) -> None:
    from remit.words.sentences import count_words, listed

    counts = [
        count_words(len(read.icbs), "ICB"),
        count_words(len(read.findings), "finding"),
        count_words(len(read.evidence), "item of evidence", "items of evidence"),
        count_words(len(read.concerns), "concern"),
        count_words(len(read.letters), "letter"),
    ]
    say(f"{read.year.name}: {listed(counts)}.")
    if read.year.guidance != "found":
        say(read.year.guidance_note)
    for name in read.missing:
        say(f"There is no list of {name} ({name}.yaml or {name}.csv): none is taken for granted.")
    if without := [code for code in read.icbs if code not in read.letters]:
        say(f"No letter in letters/ of {listed(without)}: no sentence of theirs is checked.")


def _say_faults(faults: Sequence[AnnualFault]) -> None:
    from remit.annual.checks import KINDS
    from remit.words.sentences import count_words

    if not faults:
        say("No fault was found.")
        return
    say(f"{count_words(len(faults), 'fault')}:")
    for kind, means in KINDS.items():
        if count := sum(one.kind == kind for one in faults):
            say(f"  {kind} ({count}): {means}")
    for one in faults[:_SHOWN]:
        say(f"  {one.icb}, {one.where}: {one.message}")
    if len(faults) > _SHOWN:
        say(f"  and {len(faults) - _SHOWN:,} more; --out writes all of them")


def _say_views(read: AnnualFolder) -> None:
    """Say whose views are asked and not recorded, those that the law wants first."""
    from remit.annual.views import missing_views
    from remit.words.sentences import listed

    lacking: dict[tuple[bool, str], list[str]] = {}
    for code in read.icbs:
        for one in missing_views(read, code):
            lacking.setdefault((one.by_law, one.body), []).append(code)
    for by_law, said in (
        (True, "The law wants views that are not recorded"),
        (False, "Other views that are asked and not recorded"),
    ):
        bodies = [
            f"{body} ({', '.join(codes)})"
            for (law, body), codes in lacking.items()
            if law == by_law
        ]
        if bodies:
            say(f"{said}: of {listed(bodies)}.")
