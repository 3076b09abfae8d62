"""``remit annual check``: what an assessment does not cover, bear out or answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.annual.options import FolderArgument
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
    from remit.annual.checks import check_assessment
    from remit.annual.folder import read_assessment
    from remit.annual.outputs import write_faults

    read = read_assessment(folder)
    if store is None:
        faults = check_assessment(read)
    else:
        from remit.annual.from_store import held_against
        from remit.store import Store

        with Store.open(store, read_only=True, must_exist=True) as held:
            read, differing = held_against(held, read)
        faults = check_assessment(read, differing)
    _say_read(read)
    _say_faults(faults)
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
